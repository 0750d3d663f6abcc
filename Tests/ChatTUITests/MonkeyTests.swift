import ChatTesting
import Foundation
import Testing

@Suite("A monkey at the keyboard", .serialized)
struct MonkeyTests {
    @Test("twenty thousand keys crash nothing, hang nothing and leave no garbage", arguments: [20_261_123] as [UInt64])
    func monkey(seed: UInt64) throws {
        let folder = try TemporaryFolder.make("obrol-monkey")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try ServerProcess(dataDirectory: folder + "/server", arguments: ["--requests-per-second", "0"])
        let others = try WireClient(port: server.port)
        try others.join(as: "firman")
        try others.ask("room_join roomname=progjar")
        var homes = 0
        /// Somebody whom the monkey has not logged out yet.
        func somebodyNew() throws -> TerminalUser {
            homes += 1
            let user = try TerminalUser(server.port, home: folder + "/home-\(homes)")
            user.register("monyet-\(homes)")
            return user
        }
        var user = try somebodyNew()
        var monkey = Monkey(seed: seed)
        var struck = 0
        var restarts = 0
        while struck < 20_000 {
            for _ in 0..<10 {
                let burst = monkey.burst()
                user.terminal.send(burst.flatMap(\.utf8))
                struck += burst.count
            }
            if let size = monkey.size() { user.terminal.resize(columns: size.columns, rows: size.rows) }
            try others.ask(
                "send destination=\(monkey.bool() ? "monyet-\(homes)" : "%23progjar")&message=\(monkey.messageOfAnother())")
            let isAlive = user.answers()
            if let exit = user.terminal.exit {
                // It struck the keys that quit; what came after them reached a terminal that sends signals again.
                #expect([.code(0), .signal(2), .signal(3)].contains(exit))
                #expect(user.terminal.modesAreRestored)
                restarts += 1
                user = try TerminalUser(server.port, home: user.homeFolder)
                #expect(user.terminal.waitFor("monyet", timeout: .seconds(20)))
            }
            // Logged out, or in the line client, which has no screen to be tried.
            if user.terminal.screen.contains("reader?") || !user.terminal.screen.isAlternateScreen {
                restarts += 1
                user = try somebodyNew()
                continue
            }
            try #require(isAlive, "hangs after \(struck) keys:\n\(user.terminal.screen.picture)")
            #expect(user.garbage.isEmpty, "\(user.garbage) after \(struck) keys:\n\(user.terminal.screen.picture)")
        }
        #expect(restarts < 200)
        // What it left behind can still be worked with.
        user.terminal.sendSignal(15)
        #expect(user.terminal.waitForExit(timeout: .seconds(20)) == .code(0))
        let again = try TerminalUser(server.port, home: user.homeFolder)
        #expect(again.sees("monyet"))
    }
}

extension TerminalUser {
    /// Whether the program still draws when it is asked to. What was typed before may have left it amid a sequence or a
    /// paste, which end by themselves after a moment: it is asked again.
    fileprivate func answers() -> Bool {
        for _ in 0..<5 {
            _ = terminal.waitForSilence(.milliseconds(60), timeout: .seconds(20))
            let before = terminal.output.count
            terminal.sendControl("l")
            let isDrawn = terminal.waitUntil(timeout: .seconds(4)) {
                terminal.exit != nil || String(decoding: terminal.output[before...], as: UTF8.self).contains("[?2026l")
            }
            if isDrawn { return true }
        }
        return false
    }

    /// What no cell of ours may hold.
    fileprivate var garbage: [String] {
        terminal.screen.lines.flatMap { line in
            line.unicodeScalars.filter { $0.properties.generalCategory == .control || $0 == "\u{FFFD}" }.map {
                "U+\(String($0.value, radix: 16))"
            }
        }
    }
}

/// Strikes keys at random, and the same ones for the same seed.
private struct Monkey {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func bool() -> Bool { Bool.random(using: &generator) }

    mutating func burst() -> [String] { (0..<Int.random(in: 1...30, using: &generator)).map { _ in key() } }

    /// Now and then another size of the window, also ones that are too small.
    mutating func size() -> (columns: Int, rows: Int)? {
        guard Int.random(in: 0..<4, using: &generator) == 0 else { return nil }
        return (Int.random(in: 12...130, using: &generator), Int.random(in: 4...40, using: &generator))
    }

    mutating func messageOfAnother() -> String {
        [
            "halo", "%40monyet-1", "%E6%97%A5%E6%9C%AC%E8%AA%9E", "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
            "a%0Ab%0Ac",
        ]
        .randomElement(using: &generator) ?? "x"
    }

    private mutating func key() -> String {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<30: pick(Self.text)
        case 30..<55: pick(Self.named)
        case 55..<75: control()
        case 75..<83: "\u{1B}" + pick(Self.text)
        case 83..<90: mouse()
        case 90..<94: pick(Self.commands)
        case 94..<96: "\u{1B}[200~" + pick(Self.pastes) + "\u{1B}[201~"
        default: pick(Self.broken)
        }
    }

    private mutating func pick(_ keys: [String]) -> String { keys.randomElement(using: &generator) ?? "" }

    /// All but ^Z: nobody is there to continue what it stops.
    private mutating func control() -> String {
        let code = UInt8.random(in: 0...31, using: &generator)
        return code == 26 ? "\u{0B}" : String(UnicodeScalar(code))
    }

    private mutating func mouse() -> String {
        let button = [0, 1, 2, 32, 64, 65].randomElement(using: &generator) ?? 0
        let column = Int.random(in: 1...130, using: &generator)
        let row = Int.random(in: 1...40, using: &generator)
        return "\u{1B}[<\(button);\(column);\(row)\(bool() ? "M" : "m")"
    }

    private static let text = ["a", "z", " ", "halo", "@", "#", "/", ":", "~", "日", "é", "e\u{301}", "👍🏽", "👨‍👩‍👧", "\u{202E}", "ꙮ"]
    private static let named = [
        "\r", "\n", "\t", "\u{1B}[Z", "\u{1B}", "\u{7F}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[H", "\u{1B}[F",
        "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[3~", "\u{1B}OP", "\u{1B}OQ", "\u{1B}OR", "\u{1B}OS", "\u{1B}[17~", "\u{1B}[19~",
        "\u{1B}[1;3A", "\u{1B}[1;3B", "\u{1B}[1;5C", "\u{1B}[1;5D", "\u{1B}[I", "\u{1B}[O",
    ]
    private static let commands = [
        "/chat firman\r", "/join #progjar\r", "/join monyet\r", "/leave\r", "/who\r", "/rooms\r", "/help\r", "/theme mono\r",
        "/theme obrol-dark\r", "/log\r", "/tidakada\r", "//x\r", "/chat \r",
    ]
    private static let pastes = ["satu\r\ndua", "\u{1B}[31mmerah\u{07}", String(repeating: "x", count: 300), "/etc/hostname", ""]
    /// Beginnings without ends, and bytes that are no text once they stand alone.
    private static let broken = [
        "\u{1B}[", "\u{1B}O", "\u{1B}[99;", "\u{1B}]0;x", "\u{1B}[>1;2c", "\u{9B}", "\u{1B}P", "\u{1B}[38;5;1m",
    ]
}
