import ChatTesting
import Foundation
import Testing

/// The line client as scripts use it.
@Suite("From a pipe", .serialized)
struct PipeTests {
    @Test("the dialogs of the first client, word for word and without prompts")
    func dialogs() async throws {
        try await withServer { port, folder in
            let firman = try await LineProcess.run(
                port: port, home: folder + "/firman", "register", "alam", "rahasia", "Alam", "Indonesia", "register", "firman",
                "rahasia",
                "Firman", "Indonesia", "login", "firman", "rahasia", "chat", "alam", "halo", "chat alam", "apa kabar?")
            #expect(
                firman.lines == [
                    "User berhasil dibuat", "User berhasil dibuat", "Login [firman] telah berhasil",
                    "Message Sent to user [alam].",
                    "Message Sent to user [alam].",
                ])
            #expect(firman.status == 0)
            #expect(firman.errors.isEmpty)

            let alam = try await LineProcess.run(
                port: port, home: folder + "/alam", "login", "alam", "rahasia", "inbox", "inbox", "logout")
            #expect(
                alam.lines == [
                    "Login [alam] telah berhasil", "2 messages incoming.", "from Firman: halo", "from Firman: apa kabar?",
                    "0 messages incoming.", "Berhasil keluar",
                ])
            #expect(alam.status == 0)
        }
    }

    @Test("what a full server has no room for says so, and is kept")
    func noRoom() async throws {
        let folder = try TemporaryFolder.make("obrol-line")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try await TestServer.startSmall(dataDirectory: folder + "/server")
        let filler = try WireClient(port: server.port)
        try filler.join(as: "alam")
        try filler.fillDatabase(as: "alam")
        let alam = try LineProcess(port: server.port, home: folder + "/alam", arguments: ["--patience", "3"])
        alam.type("login alam", "rahasia", "chat alam", "masih muat?")
        let ending = try await alam.end(timeout: .seconds(60))
        #expect(ending.status == 5)
        #expect(ending.errors.contains("disk is full") && ending.errors.contains("Messages kept: 1."))
        #expect(!ending.errors.contains("does not answer"))

        try Data("halo".utf8).write(to: URL(fileURLWithPath: folder + "/a.txt"))
        let again = try LineProcess(
            port: server.port, home: folder + "/alam", arguments: ["--user", "alam", "--patience", "1"])
        again.type("send file alam \(folder)/a.txt")
        let second = try await again.end(timeout: .seconds(60))
        #expect(second.status == 5)
        #expect(second.errors.contains("a.txt does not get on") && second.errors.contains("disk is full"))
        #expect(!second.errors.contains("does not answer"))
        try await server.stop()
    }

    @Test("patience has bounds, and says so", arguments: ["0", "999999", "9223372036854775807"])
    func patience(seconds: String) async throws {
        let folder = try TemporaryFolder.make("obrol-line")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ending = try await LineProcess.run(port: 1, home: folder, arguments: ["--patience", seconds])
        #expect(ending.status == 64)
        #expect(ending.errors.contains("--patience takes 1 to 86400 seconds."))
    }

    @Test("an earlier session is resumed, and what was read stays read")
    func resumed() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            try await register(["firman"], port: port, home: folder + "/firman")
            _ = try await LineProcess.run(port: port, home: folder + "/alam", "login", "alam", "rahasia")
            let sent = try await LineProcess.run(
                port: port, home: folder + "/firman", arguments: ["--user", "firman"], "chat alam", "satu")
            #expect(sent.lines == ["Login [firman] telah berhasil", "Message Sent to user [alam]."])
            let first = try await LineProcess.run(port: port, home: folder + "/alam", arguments: ["--user", "alam"], "inbox")
            #expect(first.lines == ["Login [alam] telah berhasil", "1 messages incoming.", "from Firman: satu"])
            let elsewhere = try await LineProcess.run(port: port, home: folder + "/other", "login alam", "rahasia", "inbox")
            #expect(elsewhere.lines.last == "0 messages incoming.")
        }
    }

    @Test("two people talk in a room and fetch its files")
    func room() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            let alam = try LineProcess(port: port, home: folder + "/alam")
            let firman = try LineProcess(port: port, home: folder + "/firman")
            alam.type("login", "alam", "rahasia", "join room", "foo")
            try await alam.waitFor("Telah bergabung ke ruangan [foo]")
            firman.type("login", "firman", "rahasia", "join room foo")
            try await firman.waitFor("Telah bergabung ke ruangan [foo]")
            try await alam.waitFor("Firman joined")
            alam.type("halo semua", "", " \t ", "inbox", "//bukan perintah", "/inbox")
            try await firman.waitFor("Alam: halo semua\nAlam: inbox\nAlam: /bukan perintah\n")
            try await alam.waitFor("0 messages incoming.")

            let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            try content.write(to: URL(fileURLWithPath: folder + "/lap oran.bin"))
            firman.type("$ send \(folder)/lap oran.bin", "sudah")
            try await alam.waitFor("Firman: [file] lap oran.bin")
            try await alam.waitFor("Firman: sudah")
            alam.type("$ get lap oran.bin", "/leave", "join room bar", "/join foo", "/leave", "leave room bar", "rooms")
            try await alam.waitFor("Telah keluar dari ruangan [foo]")
            try await firman.waitFor("Alam left")
            let ending = try await alam.end()
            #expect(ending.status == 0)
            #expect(ending.lines.suffix(3) == ["Telah keluar dari ruangan [bar]", "#bar  0 members", "#foo  1 member"])
            let hints = ["foo", "bar", "foo"].map {
                "Every line is said in #\($0), but for commands: /leave leaves, /help lists them.\n"
            }
            #expect(ending.errors == hints.joined())
            let place = folder + "/alam/Downloads/lap oran.bin"
            #expect(ending.output.contains(place))
            #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == content)
            #expect(try await firman.end().status == 0)
        }
    }

    @Test("files go to people and come from them")
    func files() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            try Data("isi".utf8).write(to: URL(fileURLWithPath: folder + "/bab3.txt"))
            let alam = try await LineProcess.run(
                port: port, home: folder + "/alam", "login alam", "rahasia", "send file", "firman", folder + "/bab3.txt",
                "send file firman /nowhere")
            #expect(alam.lines.contains { $0.contains("bab3.txt") })
            #expect(alam.status == 1)
            #expect(alam.errors.contains("/nowhere"))
            let firman = try await LineProcess.run(
                port: port, home: folder + "/firman", "login firman", "rahasia", "inbox", "list file", "get file", "bab3.txt",
                "get file bab3.txt",
                "get file tiada")
            #expect(firman.lines.contains("from Alam: [file] bab3.txt"))
            #expect(firman.lines.contains("bab3.txt  3 B  alam"))
            #expect(firman.status == 1)
            for name in ["bab3.txt", "bab3 (2).txt"] {
                #expect(try String(contentsOfFile: folder + "/firman/Downloads/" + name, encoding: .utf8) == "isi")
            }
        }
    }

    @Test("what a room was told before the input ended has all arrived, in order")
    func manyLines() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            let firman = try LineProcess(port: port, home: folder + "/firman")
            firman.type("login firman", "rahasia", "join room foo")
            try await firman.waitFor("Telah bergabung")
            let alam = try LineProcess(port: port, home: folder + "/alam")
            alam.type("login alam", "rahasia", "join room foo")
            for number in 1...300 { alam.type("baris \(number)") }
            #expect(try await alam.end().status == 0)
            try await firman.waitFor("Alam: baris 300\n")
            let said = try await firman.end().lines.filter { $0.hasPrefix("Alam: baris") }
            #expect(said == (1...300).map { "Alam: baris \($0)" })
        }
    }

    @Test("what was for a room that was not joined is not said, and not taken for commands")
    func missedRoom() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            for join in ["join room a b", "join room\na b"] {
                let home = folder + "/" + join.count.description
                let alam = try await LineProcess.run(
                    port: port, home: home, "login alam", "rahasia", join, "chat firman", "quit", "halo", "$ send \(folder)",
                    "/who",
                    "/rooms", "/leave", "chat firman", "sesudahnya")
                #expect(alam.lines == ["Login [alam] telah berhasil", "Message Sent to user [firman]."])
                #expect(alam.errors.components(separatedBy: "was not joined").count == 6, "\(alam)")
                #expect(alam.status == (join.contains("\n") ? 1 : 2), "\(alam)")
            }
            let outside = try await LineProcess.run(
                port: port, home: folder + "/z", "join room foo", "chat firman", "halo", "rooms")
            #expect(outside.status == 1 && outside.output.isEmpty, "\(outside)")

            // Where one room was joined and the next was not, the first does not hear what was for the next.
            let moved = try await LineProcess.run(
                port: port, home: folder + "/y", "login alam", "rahasia", "join room foo", "satu", "/join a/b", "dua",
                "/join foo",
                "tiga")
            #expect(moved.status != 0 && moved.errors.contains("was not joined"), "\(moved)")
            let reader = try WireClient(port: port)
            try reader.logIn(as: "alam")
            let said = try reader.ask("history conversation=%23foo&limit=10").list("entries").compactMap { $0.text("msg") }
            #expect(said.filter { !$0.isEmpty } == ["satu", "tiga"])
            let receiver = try WireClient(port: port)
            try receiver.logIn(as: "firman")
            let got = try receiver.ask("history conversation=%40alam&limit=10").list("entries").compactMap { $0.text("msg") }
            #expect(got == ["sesudahnya", "sesudahnya"])
        }
    }

    @Test("the exit status says what went wrong")
    func statuses() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            let home = folder + "/alam"
            #expect(try await LineProcess.run(port: port, home: home).status == 0)
            #expect(try await LineProcess.run(port: port, home: home, "login", "alam", "salah", "inbox").status == 1)
            #expect(try await LineProcess.run(port: port, home: home, "chat", "alam", "halo").status == 1)
            #expect(try await LineProcess.run(port: port, home: home, "login alam", "rahasia", "chat nobody", "halo").status == 1)
            #expect(try await LineProcess.run(port: port, home: home, "register", "alam", "x", "A", "").status == 1)
            // A message of one who is not logged in is no command.
            #expect(try await LineProcess.run(port: port, home: home, "chat alam", "quit", "dance").status == 2)
            #expect(try await LineProcess.run(port: port, home: home, "dance").status == 2)
            #expect(try await LineProcess.run(port: port, home: home, "login").status == 2)
            #expect(try await LineProcess.run(port: port, home: home, "login alam", "rahasia", "join room", "a b").status == 1)
            #expect(try await LineProcess.run(port: port, home: home, arguments: ["--dance"]).status == 64)
        }
    }

    @Test("without a server every command that needs one says so, and not that nobody is logged in")
    func noServer() async throws {
        let folder = try TemporaryFolder.make("obrol-line")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for line in ["inbox", "rooms", "who", "chat firman\nhalo", "list file", "logout", "login alam\nrahasia"] {
            let ending = try await LineProcess.run(port: 1, home: folder, line)
            #expect(ending.status == 3, "\(line): \(ending)")
            #expect(ending.errors == "No connection: no server runs at that address\n", "\(line)")
        }
    }

    @Test("hostile text comes out harmless, and cannot pretend to come from another")
    func hostile() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            let mallory = try WireClient(port: port)
            try mallory.join(as: "mallory", name: "Mallory")
            try mallory.ask("send destination=alam&message=satu%0Afrom+Firman:+palsu%0A%E2%80%AEmirror")
            let eve = try WireClient(port: port)
            try eve.join(as: "eve", name: "Firman:+palsu")
            try eve.ask("send destination=alam&message=dua")
            try eve.ask("room_join roomname=foo")
            let alam = try LineProcess(port: port, home: folder + "/alam")
            alam.type("login alam", "rahasia", "inbox", "join room foo")
            try await alam.waitFor("Telah bergabung")
            try eve.ask("room_chat roomname=foo&message=tiga")
            try eve.ask("room_leave roomname=foo")
            try await alam.waitFor("left\n")
            let ending = try await alam.end()
            let name = "eve (Firman: palsu)"
            for line in ["from Mallory: satu", "from \(name): dua", "\(name): tiga", "\(name) left"] {
                #expect(ending.lines.contains(line), "\(line)")
            }
            #expect(!ending.lines.contains { $0.hasPrefix("Firman") || $0.hasPrefix("from Firman") })
            #expect(!ending.output.unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test("what is not text is not sent")
    func notText() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            let program = try BuiltProgram.path("obrol-line")
            let input = "printf 'login alam\\nrahasia\\nchat alam\\ncaf\\351\\ninbox\\n'"
            let shell = try PipedProcess(
                "/bin/bash", arguments: ["-c", "\(input) | '\(program)' 127.0.0.1:\(port)"],
                environment: LineProcess.environment(home: folder + "/alam"))
            let ending = try await shell.end()
            #expect(ending.lines == ["Login [alam] telah berhasil", "0 messages incoming."])
            #expect(ending.errors == "A line of the input is not UTF-8 text.\n")
            #expect(ending.status == 2)
        }
    }

    @Test("a reader that goes away ends the program, not with a signal")
    func brokenPipe() async throws {
        try await withServer { port, folder in
            let program = try BuiltProgram.path("obrol-line")
            let script = "yes help | '\(program)' 127.0.0.1:\(port) | head -1 >/dev/null; exit ${PIPESTATUS[1]}"
            let shell = try PipedProcess(
                "/bin/bash", arguments: ["-c", script], environment: LineProcess.environment(home: folder + "/x"))
            #expect(try await shell.end().status == 4)
        }
    }
}
