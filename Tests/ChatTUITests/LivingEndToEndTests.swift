import ChatTesting
import Foundation
import Testing

/// What goes through the shell: themes, notifications and finding in the real program.
@Suite("Themes, notifications and finding in the program", .serialized)
struct LivingEndToEndTests {
    private static let trueColor = ["COLORTERM": "truecolor", "OBROL_THEMES": ThemeTests.shipped]

    private static func count(_ text: String, in output: [UInt8], from start: Int = 0) -> Int {
        String(decoding: output[start...], as: UTF8.self).components(separatedBy: text).count - 1
    }

    /// Whether a ground of 24 bits was asked for since then.
    private static func usesDirectColor(_ output: [UInt8], from start: Int) -> Bool {
        count("[48:2:", in: output, from: start) + count(";48:2:", in: output, from: start)
            + count("48;2;", in: output, from: start) > 0
    }

    @Test("a theme is put on live, with 24 bits and back to the user's own colours, and is there at the next start")
    func themes() async throws {
        try await TestServer.withAlam(variables: Self.trueColor) { server, alam in
            alam.submit("/theme gruvbox-dark")
            #expect(alam.sees("Theme: gruvbox-dark"))
            #expect(Self.usesDirectColor(alam.terminal.output, from: 0))
            var before = alam.terminal.output.count
            alam.submit("/theme terminal16")
            #expect(alam.sees("Theme: terminal16"))
            #expect(!Self.usesDirectColor(alam.terminal.output, from: before))
            #expect(alam.terminal.screen.isAlternateScreen)
            before = alam.terminal.output.count
            alam.submit("/theme")
            #expect(alam.sees("catppuccin-mocha"))
            alam.terminal.sendKey(.up)
            #expect(alam.terminal.waitUntil { Self.usesDirectColor(alam.terminal.output, from: before) })
            // As Esc does, but whatever follows at once cannot be taken for a part of it.
            alam.terminal.sendControl("c")
            alam.terminal.sendControl("q")
            #expect(alam.terminal.waitForExit() == .code(0))
            #expect(alam.terminal.modesAreRestored)
            let settings = try String(contentsOfFile: alam.homeFolder + "/.config/obrol/settings.toml", encoding: .utf8)
            #expect(settings == "theme = \"terminal16\"\n")

            let again = try TerminalUser(server.port, home: alam.homeFolder, variables: Self.trueColor)
            #expect(again.sees("alam ● "))
            #expect(!Self.usesDirectColor(again.terminal.output, from: 0))
            again.terminal.sendControl("q")
            #expect(again.terminal.waitForExit() == .code(0))
            // What is asked for now comes before what was kept.
            let other = try TerminalUser(
                server.port, home: alam.homeFolder, variables: Self.trueColor.merging(["OBROL_THEME": "obrol-dark"]) { $1 })
            #expect(other.sees("alam ● "))
            #expect(Self.usesDirectColor(other.terminal.output, from: 0))
            other.terminal.sendControl("q")
            #expect(other.terminal.waitForExit() == .code(0))
        }
    }

    @Test("settings and themes with mistakes are told of, in the log too, and the rest counts")
    func mistakes() async throws {
        try await TestServer.with { server in
            let home = try TemporaryFolder.make("obrol-home")
            defer { try? FileManager.default.removeItem(atPath: home) }
            let folder = home + "/.config/obrol"
            try FileManager.default.createDirectory(atPath: folder + "/themes", withIntermediateDirectories: true)
            try "theme = \"own\"\ncolour = 1\n".write(
                toFile: folder + "/settings.toml", atomically: true, encoding: .utf8)
            try "[roles]\n\"ui.titel\" = \"red\"\n".write(
                toFile: folder + "/themes/own.toml", atomically: true, encoding: .utf8)
            let alam = try TerminalUser(server.port, home: home)
            alam.register("alam")
            alam.submit("/log")
            #expect(alam.sees("settings.toml:2: there is no setting 'colour'"))
            #expect(alam.sees("own.toml:2: there is no role 'ui.titel'"))
            #expect(alam.sees("Full log: "))
            alam.terminal.sendControl("q")
            #expect(alam.terminal.waitForExit() == .code(0))
            let log = try String(contentsOfFile: home + "/.local/state/obrol/obrol.log", encoding: .utf8)
            #expect(log.contains("own.toml:2: there is no role 'ui.titel'"))
        }
    }

    @Test("who looks elsewhere hears a bell, once, and sees the count in the window's title; it is given back at the end")
    func bell() async throws {
        try await TestServer.withAlamAndFirman { _, alam, firman in
            alam.terminal.send("\u{1B}[O")
            firman.submit("/chat alam")
            for number in 1...3 { firman.submit("halo \(number)") }
            #expect(alam.sees("3 unread"))
            #expect(alam.terminal.waitUntil { Self.count("]2;(3) obrol\u{07}", in: alam.terminal.output) == 1 })
            let titles = Self.count("\u{1B}]2;", in: alam.terminal.output)
            #expect(Self.count("\u{07}", in: alam.terminal.output) - titles == 1, "one bell for the burst")
            #expect(Self.count("\u{07}", in: firman.terminal.output) == Self.count("\u{1B}]2;", in: firman.terminal.output))
            alam.terminal.sendControl("q")
            #expect(alam.terminal.waitForExit() == .code(0))
            #expect(Self.count("\u{1B}[22;2t", in: alam.terminal.output) == 1)
            #expect(Self.count("\u{1B}[23;2t", in: alam.terminal.output) == 1)
        }
    }

    @Test("what was said is found while it is typed, and opened where it was said")
    func find() async throws {
        try await TestServer.withAlamAndFirman { _, alam, firman in
            firman.submit("/chat alam")
            firman.submit("ketemu di Café nanti sore")
            #expect(alam.sees("1 unread"))
            alam.terminal.sendControl("r")
            #expect(alam.sees("Find everywhere"))
            alam.terminal.send("cafe")
            #expect(alam.sees("firman · firman"))
            alam.terminal.send("\r")
            #expect(alam.sees("to firman"))
            #expect(alam.sees("ketemu di Café nanti sore"))
            alam.terminal.sendControl("q")
            #expect(alam.terminal.waitForExit() == .code(0))
        }
    }
}
