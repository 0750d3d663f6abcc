import ChatTesting
import Foundation
import Testing

/// The line client as people use it: on a terminal.
@Suite("On a terminal", .serialized)
struct TerminalTests {
    private func start(port: Int, home: String, locale: String = "C.UTF-8") throws -> PseudoTerminal {
        try PseudoTerminal(
            try BuiltProgram.path("obrol-line"), arguments: ["127.0.0.1:\(port)"],
            environment: LineProcess.environment(home: home, locale: locale))
    }

    private func answer(_ terminal: PseudoTerminal, _ prompt: String, _ text: String) {
        #expect(terminal.waitFor(prompt), "\(terminal.screen.picture)")
        terminal.send(text + "\n")
    }

    @Test("it asks for everything, hides the password, and shows what arrives before the next prompt")
    func dialog() async throws {
        try await withServer { port, folder in
            let terminal = try start(port: port, home: folder + "/alam")
            #expect(terminal.waitFor(">"))
            terminal.send("register\n")
            answer(terminal, "Username:", "alam")
            answer(terminal, "Password:", "rahasia")
            answer(terminal, "Name:", "Alam")
            answer(terminal, "Nationality:", "Indonesia")
            #expect(terminal.waitFor("User berhasil dibuat"))
            #expect(!terminal.screen.contains("rahasia"))
            // The next prompt comes when everything is known.
            #expect(terminal.waitUntil { terminal.screen.lines.last { !$0.isEmpty }?.hasPrefix(">") == true })

            let firman = try WireClient(port: port)
            try firman.join(as: "firman", name: "Firman")
            try firman.ask("send destination=alam&message=halo")
            #expect(terminal.waitFor("from Firman: halo"), "\(terminal.screen.picture)")
            terminal.send("inbox\n")
            #expect(terminal.waitFor("1 messages incoming."), "\(terminal.screen.picture)")
            terminal.send("chat\n")
            answer(terminal, "Recipient username:", "firman")
            answer(terminal, "Message:", "halo juga")
            #expect(terminal.waitFor("Message Sent to user [firman]."))
            terminal.send("quit\n")
            #expect(terminal.waitForExit() == .code(0))
        }
    }

    @Test("it asks and answers an Indonesian in Indonesian, and a pipe as ever")
    func indonesian() async throws {
        try await withServer { port, folder in
            let terminal = try start(port: port, home: folder + "/alam", locale: "id_ID.UTF-8")
            #expect(terminal.waitFor(">"))
            terminal.send("register\n")
            answer(terminal, "Nama pengguna:", "alam")
            answer(terminal, "Kata sandi:", "rahasia")
            answer(terminal, "Nama:", "Alam")
            answer(terminal, "Kewarganegaraan:", "Indonesia")
            #expect(terminal.waitFor("User berhasil dibuat"))
            terminal.send("chat\n")
            answer(terminal, "Nama pengguna penerima:", "alam")
            answer(terminal, "Pesan:", "catatan")
            #expect(terminal.waitFor("Pesan terkirim ke [alam]."), "\(terminal.screen.picture)")
            terminal.send("inbox\n")
            #expect(terminal.waitFor("0 pesan masuk."), "\(terminal.screen.picture)")
            terminal.send("quit\n")
            #expect(terminal.waitForExit() == .code(0))

            let words = "printf 'chat alam\\nlagi\\n' | '\(try BuiltProgram.path("obrol-line"))' 127.0.0.1:\(port) --user alam"
            let pipe = try PipedProcess(
                "/bin/sh", arguments: ["-c", words],
                environment: LineProcess.environment(home: folder + "/alam", locale: "id_ID.UTF-8"))
            #expect(try await pipe.end().lines == ["Login [alam] telah berhasil", "Message Sent to user [alam]."])
        }
    }

    @Test("the password is asked for and hidden also when the output goes elsewhere")
    func hiddenBesidePipe() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            let program = try BuiltProgram.path("obrol-line")
            let terminal = try PseudoTerminal(
                "/bin/sh", arguments: ["-c", "'\(program)' 127.0.0.1:\(port) | tee '\(folder)/log'"],
                environment: LineProcess.environment(home: folder + "/alam"))
            terminal.send("login alam\n")
            answer(terminal, "Password:", "rahasia")
            #expect(terminal.waitFor("Login [alam] telah berhasil"), "\(terminal.screen.picture)")
            #expect(!terminal.screen.contains("rahasia"))
            #expect(terminal.modesAreRestored)
            terminal.sendControl("d")
            #expect(terminal.waitForExit() == .code(0))
            #expect(try String(contentsOfFile: folder + "/log", encoding: .utf8) == "Login [alam] telah berhasil\n")
        }
    }

    @Test("the password's end by ^C leaves a terminal that shows what is typed")
    func interrupted() async throws {
        try await withServer { port, folder in
            let terminal = try start(port: port, home: folder + "/alam")
            #expect(terminal.waitFor(">"))
            terminal.send("login alam\n")
            #expect(terminal.waitFor("Password:"))
            #expect(!terminal.modesAreRestored)
            terminal.sendControl("c")
            #expect(terminal.waitForExit() == .signal(2))
            #expect(terminal.modesAreRestored)
        }
    }

    @Test("a room has its own prompt, and talk of others appears above it")
    func room() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/alam")
            let terminal = try PseudoTerminal(
                try BuiltProgram.path("obrol-line"), arguments: ["127.0.0.1:\(port)", "--user", "alam"],
                environment: LineProcess.environment(home: folder + "/alam"))
            #expect(terminal.waitFor("Login [alam] telah berhasil"))
            terminal.send("join room foo\n")
            #expect(terminal.waitFor("#foo>"), "\(terminal.screen.picture)")
            let firman = try WireClient(port: port)
            try firman.join(as: "firman", name: "Firman")
            try firman.ask("room_join roomname=foo")
            try firman.ask("room_chat roomname=foo&message=halo+semua")
            #expect(terminal.waitFor("Firman: halo semua"), "\(terminal.screen.picture)")
            terminal.send("halo juga\n")
            let event = try firman.event("broadcast")
            #expect(event["messages"] as? String == "halo juga")
            terminal.send("/leave\n")
            #expect(terminal.waitFor("Telah keluar dari ruangan [foo]"))
            terminal.sendControl("d")
            #expect(terminal.waitForExit() == .code(0))
        }
    }

    @Test("what is said while there is no connection is announced to go out later, and does")
    func saidOffline() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/alam")
            let firman = try WireClient(port: port)
            try firman.join(as: "firman", name: "Firman")
            try firman.ask("room_join roomname=foo")
            let relay = try await Relay(to: port)
            let terminal = try start(port: relay.port, home: folder + "/alam")
            #expect(terminal.waitFor(">"))
            terminal.send("login alam\n")
            answer(terminal, "Password:", "rahasia")
            #expect(terminal.waitFor("Login [alam] telah berhasil"))
            terminal.send("join room foo\n")
            #expect(terminal.waitFor("#foo>"), "\(terminal.screen.picture)")
            relay.hold(.up, after: 0)
            relay.cut()
            #expect(terminal.waitFor("Offline:"), "\(terminal.screen.picture)")
            terminal.send("halo\n")
            #expect(terminal.waitFor("this is sent as soon as there is a connection"), "\(terminal.screen.picture)")
            terminal.send("/who\n")
            #expect(terminal.waitFor("No connection:"), "\(terminal.screen.picture)")
            relay.release()
            relay.cut()
            #expect(terminal.waitFor("Online again"), "\(terminal.screen.picture)")
            var said = ""
            while said != "halo" { said = try firman.event("broadcast").text("messages") ?? "" }
            terminal.sendControl("d")
            #expect(terminal.waitForExit() == .code(0))
            // The shell's prompt stands in a line of its own.
            #expect(terminal.screen.cursor.column == 0)
            try await relay.close()
        }
    }

    @Test("where there is no server it says so, and a person may go on")
    func noServer() async throws {
        let folder = try TemporaryFolder.make("obrol-line")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let terminal = try start(port: 1, home: folder)
        #expect(terminal.waitFor("no server runs at that address"), "\(terminal.screen.picture)")
        terminal.send("help\n")
        #expect(terminal.waitFor("join room"))
        terminal.send("quit\n")
        #expect(terminal.waitForExit() == .code(0))
    }
}
