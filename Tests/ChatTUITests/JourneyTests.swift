import ChatTesting
import Foundation
import Testing

/// What people do in a day, with the real program on a real pseudo-terminal and a real server.
@Suite("Journeys", .serialized)
struct JourneyTests {
    /// Runs a test with a server process that can be killed, and removes what it left.
    private func withServer(_ arguments: [String] = [], _ body: (ServerProcess, String) throws -> Void) throws {
        let folder = try TemporaryFolder.make("obrol-journey")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(try ServerProcess(dataDirectory: folder + "/server", arguments: arguments), folder)
    }

    /// The same, with two people who have just registered.
    private func withTwo(
        _ arguments: [String] = [], _ body: (ServerProcess, String, TerminalUser, TerminalUser) throws -> Void
    ) throws {
        try withServer(arguments) { server, folder in
            let alam = try TerminalUser(server.port)
            let firman = try TerminalUser(server.port)
            defer {
                alam.removeHome()
                firman.removeHome()
            }
            alam.register("alam")
            firman.register("firman")
            try body(server, folder, alam, firman)
        }
    }

    @Test("a first start leads from the form into the chat, and says what is wrong beside the field")
    func firstStart() throws {
        try withServer { server, _ in
            let alam = try TerminalUser(server.port)
            defer { alam.removeHome() }
            try alam.see("Nationality")
            alam.terminal.send("al am\t\tAlam\r")
            // The caret goes to the first that is wrong.
            try alam.see("letters, digits")
            try alam.see("needed")
            alam.terminal.sendControl("u")
            alam.terminal.send("alam\trahasia\r")
            try alam.see("alam ● ")
            try alam.see("Nothing unread")
            try alam.see("Start a chat")
        }
    }

    @Test("who logs in from another machine finds everything; a wrong password is said")
    func logIn() throws {
        try withServer { server, _ in
            let wire = try WireClient(port: server.port)
            try wire.join(as: "alam")
            try wire.ask("send destination=alam&message=catatan+lama")
            let alam = try TerminalUser(server.port, arguments: ["--user", "alam"])
            defer { alam.removeHome() }
            try alam.see("New here?")
            alam.terminal.send("salah\r")
            try alam.see("wrong user name or password")
            alam.terminal.sendControl("u")
            alam.terminal.send("rahasia\r")
            try alam.see("alam ● ")
            try alam.see("notes to myself")
        }
    }

    @Test("the inbox is a snapshot, mentions first, read by moving past, and opened where the choice is")
    func inboxTriage() throws {
        try withServer { server, _ in
            let alam = try TerminalUser(server.port, columns: 100, rows: 30)
            defer { alam.removeHome() }
            alam.register("alam")
            let firman = try WireClient(port: server.port)
            try firman.join(as: "firman")
            try firman.ask("room_join roomname=progjar")
            let dewi = try WireClient(port: server.port)
            try dewi.join(as: "dewi")
            try dewi.ask("room_join roomname=progjar")
            alam.submit("/join progjar")
            try alam.see("the beginning")
            alam.submit("/chat alam")
            try alam.see("to notes to myself")
            for number in 1...3 { try firman.ask("send destination=alam&message=kabar+\(number)") }
            try dewi.ask("send destination=%23progjar&message=%40alam+tolong+cek")
            try alam.see("4 unread")
            alam.terminal.sendKey(.escape)
            try alam.see("kabar 1")
            let mention = try #require(alam.row(of: "@alam tolong cek"))
            let direct = try #require(alam.row(of: "kabar 1"))
            #expect(mention < direct)
            // What comes now joins its section, and what stood there stays.
            try firman.ask("send destination=alam&message=kabar+4")
            try alam.see("kabar 4")
            #expect(alam.row(of: "kabar 1") == direct)
            // From compose to the entries, and past the mention and the first message.
            alam.terminal.sendKey(.shiftTab)
            alam.terminal.sendKey(.home)
            alam.terminal.sendKey(.down)
            alam.terminal.sendKey(.down)
            try alam.see("3 unread")
            alam.terminal.sendKey(.enter)
            try alam.see("to firman")
            #expect(alam.terminal.waitUntil { !alam.terminal.screen.contains("unread ·") })
            alam.terminal.sendKey(.escape)
            try alam.see("Nothing unread")
        }
    }

    @Test("somebody never met is found by typing in the contacts")
    func meeting() throws {
        try withTwo { server, _, alam, firman in
            try alam.see("firman")
            // Somebody new begins in the contacts.
            alam.terminal.send("firm")
            try alam.see("Chat with firm")
            alam.terminal.sendKey(.enter)
            try alam.see("to firman")
            alam.submit("kenalan dong")
            try alam.see("✓")
            try firman.see("1 unread")
            firman.terminal.sendKey(.f8)
            try firman.see("kenalan dong")
        }
    }

    @Test("a room is made from the contacts after asking, and joined by another from its list")
    func rooms() throws {
        try withTwo { server, _, alam, firman in
            alam.terminal.send("#kls")
            try alam.see("Create #kls")
            alam.terminal.sendKey(.end)
            alam.terminal.sendKey(.enter)
            try alam.see("There is no room #kls")
            alam.terminal.sendKey(.enter)
            try alam.see("to #kls")
            firman.submit("/join kls")
            try firman.see("to #kls")
            firman.submit("hadir")
            try alam.see("hadir")
            try alam.see("firman joined")
        }
    }

    @Test("many pasted lines are one message, shown before it is sent, without the controls that came along")
    func pasting() throws {
        try withServer { server, _ in
            let alam = try TerminalUser(server.port)
            defer { alam.removeHome() }
            alam.register("alam")
            alam.submit("/chat alam")
            try alam.see("to notes to myself")
            alam.terminal.paste("satu\r\ndua\u{1B}]0;judul\u{07}\rtiga")
            try alam.see("tiga")
            try alam.see("dua]0;judul")
            #expect(!alam.terminal.screen.contains("✓"))
            alam.terminal.sendKey(.enter)
            try alam.see("✓")
            let wire = try WireClient(port: server.port)
            try wire.ask("auth username=alam&password=alam-password")
            let history = try wire.ask("history conversation=%40alam")
            let texts = (history["entries"] as? [[String: Any]])?.compactMap { $0["msg"] as? String }
            #expect(texts == ["satu\ndua]0;judul\ntiga"])
        }
    }

    @Test("a storm of resizes ends in a whole screen, and what was typed is there")
    func resizing() throws {
        try withServer { server, _ in
            let alam = try TerminalUser(server.port)
            defer { alam.removeHome() }
            alam.register("alam")
            alam.submit("/chat alam")
            try alam.see("to notes to myself")
            alam.terminal.send("日本語 dan ")
            var generator = SeededGenerator(seed: 7)
            for _ in 0..<60 {
                alam.terminal.resize(
                    columns: Int.random(in: 10...140, using: &generator), rows: Int.random(in: 3...45, using: &generator))
            }
            alam.terminal.resize(columns: 12, rows: 4)
            try alam.see("needs")
            alam.terminal.send("é")
            alam.terminal.resize(columns: 80, rows: 24)
            try alam.see("日本語 dan é")
            #expect(alam.seesWholeFrame())
        }
    }

    @Test("twenty megabytes arrive whole though the server is killed midway")
    func bigUpload() throws {
        // So slow that there is a midway.
        let slow = ["--requests-per-second", "20"]
        try withTwo(slow) { server, folder, alam, firman in
            alam.submit("/chat firman")
            try alam.see("to firman")
            var generator = SeededGenerator(seed: 20)
            let words = (0..<20 * 1024 * 1024 / 8).map { _ in generator.next() }
            let data = words.withUnsafeBytes { Data($0) }
            try data.write(to: URL(fileURLWithPath: alam.homeFolder + "/besar.bin"))
            alam.submit("/upload ~/besar.bin")
            try alam.see("Send besar.bin")
            alam.terminal.sendKey(.enter)
            let isMidway = alam.terminal.waitUntil(timeout: .seconds(30)) {
                alam.terminal.screen.text(row: 0).firstMatch(of: /↑[1-7]\d%/) != nil
            }
            #expect(isMidway, "\(alam.terminal.screen.picture)")
            server.kill()
            try alam.see("Offline")
            let again = try ServerProcess(dataDirectory: folder + "/server", port: server.port, arguments: slow)
            #expect(again.port == server.port)
            firman.submit("/chat alam")
            #expect(firman.terminal.waitFor("↓ besar.bin", timeout: .seconds(60)), "\(alam.terminal.screen.picture)")
            firman.terminal.sendKey(.shiftTab)
            firman.terminal.sendKey(.enter)
            try firman.see("Get the file")
            firman.terminal.sendKey(.enter)
            #expect(firman.terminal.waitFor("Saved as", timeout: .seconds(60)), "\(firman.terminal.screen.picture)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: firman.homeFolder + "/Downloads/besar.bin")) == data)
            #expect(firman.terminal.screen.lines.count { $0.contains("↓ besar.bin") } == 1)
        }
    }

    @Test("what is written while the server is dead goes out once, in order, when it is back")
    func offlineAndBack() throws {
        try withTwo { server, folder, alam, firman in
            alam.submit("/chat firman")
            try alam.see("to firman")
            firman.submit("/chat alam")
            try firman.see("to alam")
            server.kill()
            try alam.see("Offline")
            for number in 1...3 { alam.submit("antre \(number)") }
            try alam.see("antre 3")
            #expect(alam.terminal.waitUntil { alam.terminal.screen.lines.count { $0.contains("◌") } == 3 })
            // The client dies too, as hard; what was written is on its disk.
            alam.terminal.sendSignal(SIGKILL)
            #expect(alam.terminal.waitForExit() == .signal(9))
            let again = try ServerProcess(dataDirectory: folder + "/server", port: server.port)
            let back = try TerminalUser(again.port, home: alam.homeFolder)
            try back.see("alam ● ")
            try firman.see("antre 3")
            let shown = firman.terminal.screen.lines.compactMap { $0.firstMatch(of: /antre \d/).map { String($0.output) } }
            #expect(shown == ["antre 1", "antre 2", "antre 3"])
            // While one waits for its answer, leaving asks first.
            back.submit("/chat firman")
            try back.see("✓")
            back.terminal.sendControl("q")
            #expect(back.terminal.waitForExit() == .code(0))
        }
    }
}
