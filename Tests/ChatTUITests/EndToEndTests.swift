import ChatTesting
import Foundation
import Glibc
import Testing

/// The real program on a real pseudo-terminal, against a real server.
@Suite("The program on a terminal", .serialized)
struct EndToEndTests {
    @Test("two people register, see each other and chat live, both ways")
    func chat() async throws {
        try await TestServer.withAlamAndFirman { _, alam, firman in
            alam.submit("/chat firman")
            #expect(alam.sees("to firman"))
            alam.submit("halo **firman**, 日本語 é 👍🏽")
            #expect(alam.sees("✓"))
            #expect(firman.sees("1 unread"))
            firman.submit("/chat alam")
            #expect(firman.sees("halo **firman**, 日本語 é 👍"))
            firman.submit("halo juga")
            #expect(alam.sees("halo juga"))
            // While it waits for its answer, leaving asks first.
            #expect(firman.sees("✓"))
            for person in [alam, firman] { #expect(person.seesWholeFrame()) }
            firman.terminal.sendControl("q")
            #expect(firman.terminal.waitForExit() == .code(0))
            #expect(alam.sees("○ firman"))
        }
    }

    @Test("who comes back goes on where they were, drafts and unread messages included")
    func comingBack() async throws {
        try await TestServer.with { server in
            let first = try TerminalUser(server.port)
            defer { first.removeHome() }
            first.register("alam")
            let other = try TerminalUser(server.port)
            defer { other.removeHome() }
            other.register("firman")
            #expect(first.sees("● firman"))
            first.submit("/chat firman")
            #expect(first.sees("to firman"))
            first.terminal.send("belum selesai")
            #expect(first.sees("belum selesai"))
            first.terminal.sendControl("q")
            #expect(first.terminal.waitForExit() == .code(0))
            other.submit("/chat alam")
            other.submit("di mana?")
            #expect(other.sees("✓"))

            let again = try TerminalUser(server.port, home: first.homeFolder)
            #expect(again.sees("di mana?"))
            #expect(again.sees("belum selesai"))
            again.terminal.sendControl("q")
            #expect(again.terminal.waitForExit() == .code(0))
        }
    }

    @Test("two rooms' worth of people meet in a room and pass a file")
    func roomAndFile() async throws {
        try await TestServer.withAlamAndFirman { _, alam, firman in
            alam.submit("/join #progjar")
            #expect(alam.sees("There is no room #progjar"))
            alam.terminal.sendKey(.enter)
            #expect(alam.sees("to #progjar"))
            #expect(firman.sees("alam"))
            firman.submit("/join progjar")
            #expect(firman.sees("to #progjar"))
            let path = alam.homeFolder + "/tugas.txt"
            try "isi tugas".write(toFile: path, atomically: true, encoding: .utf8)
            alam.submit("/upload ~/tugas.txt")
            #expect(alam.sees("Send tugas.txt (9 B) to #progjar?"))
            alam.terminal.sendKey(.enter)
            #expect(firman.sees("↓ tugas.txt"))
            firman.terminal.sendKey(.shiftTab)
            firman.terminal.sendKey(.enter)
            #expect(firman.sees("Get the file"))
            firman.terminal.sendKey(.enter)
            #expect(firman.sees("Saved as"))
            let saved = try String(contentsOfFile: firman.homeFolder + "/Downloads/tugas.txt", encoding: .utf8)
            #expect(saved == "isi tugas")
        }
    }

    @Test("a path that is pasted asks, goes up on Enter, and what arrives is the file")
    func pastedPath() async throws {
        try await TestServer.withAlamAndFirman { _, alam, firman in
            let path = alam.homeFolder + "/bab 3\u{202E}.txt"
            try "isi bab".write(toFile: path, atomically: true, encoding: .utf8)
            alam.submit("/chat firman")
            #expect(alam.sees("to firman"))
            alam.terminal.paste("'\(path)' ")
            #expect(alam.sees("Send bab 3.txt (7 B) to firman?"))
            alam.terminal.sendKey(.escape)
            #expect(alam.sees("3.txt'"))
            alam.terminal.sendControl("u")
            alam.terminal.paste("file://" + path.replacingOccurrences(of: " ", with: "%20"))
            #expect(alam.sees("Send bab 3.txt (7 B) to firman?"))
            alam.terminal.sendKey(.enter)
            firman.submit("/chat alam")
            #expect(firman.sees("↓ bab 3_.txt"))
            firman.terminal.sendKey(.shiftTab)
            firman.terminal.sendKey(.enter)
            #expect(firman.sees("Get the file"))
            firman.terminal.sendKey(.enter)
            #expect(firman.sees("Saved as"))
            let saved = try String(contentsOfFile: firman.homeFolder + "/Downloads/bab 3_.txt", encoding: .utf8)
            #expect(saved == "isi bab")
        }
    }

    @Test("a file is found by Tab and in the folder list")
    func completedPath() async throws {
        try await TestServer.withAlam { _, alam in
            try FileManager.default.createDirectory(atPath: alam.homeFolder + "/tugas akhir", withIntermediateDirectories: false)
            for name in ["bab 1.txt", "bab 2.txt"] {
                try "isi".write(toFile: alam.homeFolder + "/tugas akhir/" + name, atomically: true, encoding: .utf8)
            }
            alam.submit("/chat alam")
            #expect(alam.sees("notes to myself"))
            alam.terminal.send("/upload ~/tug\t")
            #expect(alam.sees("/upload ~/tugas akhir/"))
            alam.terminal.send("\t")
            #expect(alam.sees("/upload ~/tugas akhir/bab"))
            #expect(alam.sees("bab 2.txt"))
            alam.terminal.send("1\u{7F}1.txt\r")
            #expect(alam.sees("Send bab 1.txt (3 B)"))
            alam.terminal.sendKey(.enter)
            #expect(alam.sees("↓ bab 1.txt"))
            alam.terminal.sendControl("o")
            #expect(alam.sees("/tugas akhir "))
            #expect(alam.sees("bab 2.txt"))
            alam.terminal.send("2\r")
            #expect(alam.sees("Send bab 2.txt (3 B)"))
            alam.terminal.sendKey(.enter)
            #expect(alam.sees("↓ bab 2.txt"))
        }
    }

    @Test("hostile text shows harmlessly, and nothing of it reaches the terminal as a command")
    func hostile() async throws {
        try await TestServer.withAlam { server, alam in
            let evil = try WireClient(port: server.port)
            let session = try evil.join(as: "mallory")
            // Controls are refused by the server; what Unicode offers is not.
            _ = try evil.ask(
                "send session=\(session)&destination=alam&message=awal%E2%80%AEkabur%F3%A0%80%81akhir%E2%80%8B%EF%B8%8F")
            alam.submit("/chat mallory")
            #expect(alam.sees("awalkaburakhir"))
            let output = String(decoding: alam.terminal.output, as: UTF8.self)
            #expect(!output.unicodeScalars.contains("\u{202E}"))
            #expect(!output.unicodeScalars.contains("\u{E0001}"))
            alam.terminal.paste("satu\u{1B}[31m\u{07}dua")
            #expect(alam.sees("satu[31mdua"))
        }
    }

    // MARK: Leaving

    enum WayOut: String, CaseIterable, Sendable {
        case quitKey, endOfFile, terminated, hungUp, crashed, fromForm

        var expected: PseudoTerminal.Exit {
            self == .crashed ? .signal(Int(SIGSEGV)) : .code(0)
        }
    }

    @Test("whichever way it ends, the terminal is as it was", arguments: WayOut.allCases)
    func restores(way: WayOut) async throws {
        try await TestServer.with { server in
            let alam = try TerminalUser(server.port)
            defer { alam.removeHome() }
            if way == .fromForm {
                #expect(alam.sees("Nationality"))
            } else {
                alam.register("alam")
                alam.terminal.send("x")
                #expect(alam.sees("x"))
            }
            #expect(alam.terminal.isRaw)
            switch way {
            case .quitKey, .fromForm: alam.terminal.sendControl("q")
            // From the contacts to compose, and out.
            case .endOfFile: alam.terminal.send("\u{7F}\t\t\u{04}")
            case .terminated: alam.terminal.sendSignal(SIGTERM)
            case .hungUp: alam.terminal.sendSignal(SIGHUP)
            case .crashed: alam.terminal.sendSignal(SIGSEGV)
            }
            #expect(alam.terminal.waitForExit(timeout: .seconds(20)) == way.expected)
            #expect(alam.terminal.modesAreRestored)
            let output = String(decoding: alam.terminal.output, as: UTF8.self)
            for mode in ["2004", "1004", "1049"] {
                let on = output.range(of: "\u{1B}[?\(mode)h", options: .backwards)
                let off = output.range(of: "\u{1B}[?\(mode)l", options: .backwards)
                #expect(on.map { on in off.map { $0.lowerBound > on.lowerBound } ?? false } ?? true, "mode \(mode) is left on")
            }
        }
    }

    @Test("another size is drawn for, down to the least and back")
    func resizing() async throws {
        try await TestServer.withAlam { _, alam in
            alam.terminal.resize(columns: 19, rows: 5)
            #expect(alam.sees("needs 20×6"))
            alam.terminal.resize(columns: 20, rows: 6)
            // Who is new begins in the contacts.
            #expect(alam.sees("Contacts"))
            alam.terminal.resize(columns: 120, rows: 36)
            #expect(alam.sees("Files"))
        }
    }

    @Test("where there can be no full screen the line client starts, and says so", arguments: ["dumb", "unknown-terminal"])
    func fallback(type: String) async throws {
        try await TestServer.with { server in
            let alam = try TerminalUser(server.port, type: type)
            defer { alam.removeHome() }
            #expect(alam.sees("cannot show the full screen"))
            alam.submit("quit")
            #expect(alam.terminal.waitForExit() == .code(0))
        }
    }

    @Test("for a screen reader the line client starts at once, or from the first line of the form")
    func reader() async throws {
        try await TestServer.with { server in
            let alam = try TerminalUser(server.port, arguments: ["--reader"])
            defer { alam.removeHome() }
            alam.submit("quit")
            #expect(alam.terminal.waitForExit() == .code(0))
            #expect(!String(decoding: alam.terminal.output, as: UTF8.self).contains("\u{1B}[?1049h"))

            let firman = try TerminalUser(server.port)
            defer { firman.removeHome() }
            #expect(firman.sees("Screen reader?"))
            firman.terminal.sendKey(.shiftTab)
            firman.terminal.sendKey(.enter)
            #expect(firman.terminal.waitUntil { firman.terminal.modesAreRestored || !firman.terminal.isRaw })
            #expect(firman.sees("\"help\" lists the commands"))
            // The line client is as it would have been at once: it leaves ^C to the terminal.
            firman.terminal.sendControl("c")
            #expect(firman.terminal.waitForExit() == .signal(Int(SIGINT)))
        }
    }

    @Test("in Indonesian it speaks Indonesian")
    func indonesian() async throws {
        try await TestServer.with { server in
            let alam = try TerminalUser(server.port, language: "id_ID.UTF-8")
            defer { alam.removeHome() }
            #expect(alam.sees("Kewarganegaraan"))
            #expect(alam.sees("Indonesia"))
            #expect(alam.sees("Buat akun"))
        }
    }

    @Test("without a server it says so, and comes to itself when there is one")
    func offline() async throws {
        let server = try await TestServer.start()
        let alam = try TerminalUser(server.port)
        defer { alam.removeHome() }
        alam.register("alam")
        try await server.stop()
        #expect(alam.sees("Offline"))
        let again = try await TestServer.start(dataDirectory: server.dataDirectory, port: server.port)
        #expect(alam.sees("● online"))
        try await again.stop()
        try server.removeData()
    }
}
