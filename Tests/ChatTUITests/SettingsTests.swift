import ChatClient
import ChatTerminal
import ChatTesting
import Foundation
import Testing

@testable import ChatTUI

@Suite("Settings")
struct SettingsTests {
    @Test("a choice is added, changed, and all else in the file stays as it was")
    func changing() {
        let first = Settings.text("", with: "theme", "mono")
        #expect(first == "theme = \"mono\"\n")
        let own = "# mine\nnotify = \"bell\" # loud\n  theme=\"old\"\n\n[later]\ntheme = \"not this\"\n"
        let changed = Settings.text(own, with: "theme", "a \"b\" \\c")
        #expect(changed == "# mine\nnotify = \"bell\" # loud\ntheme = \"a \\\"b\\\" \\\\c\"\n\n[later]\ntheme = \"not this\"\n")
        #expect(Settings(changed).theme == "a \"b\" \\c")
        #expect(Settings.text("[later]\n", with: "theme", "mono") == "theme = \"mono\"\n[later]\n")
    }

    @Test("what is wrong is said with its line, and the rest counts")
    func problems() {
        let settings = Settings("theme = \"mono\"\nnotify = \"shout\"\ncolour = 1\n")
        #expect(settings.theme == "mono")
        #expect(settings.notify == nil)
        #expect(settings.problems.map(\.line).sorted { ($0 ?? 0) < ($1 ?? 0) } == [2, 3])
        #expect(Settings("theme = = 1").problems.first?.line == 1)
    }

    @Test("they are written for their owner alone, in a folder made for it, and read again")
    func onDisk() throws {
        let home = try TemporaryFolder.make("settings")
        defer { try? FileManager.default.removeItem(atPath: home) }
        let folder = home + "/config/obrol"
        #expect(Settings.load(from: folder) == Settings())
        try Settings.keep("theme", "gruvbox-dark", in: folder)
        #expect(Settings.load(from: folder).theme == "gruvbox-dark")
        let rights = try FileManager.default.attributesOfItem(atPath: folder + "/settings.toml")[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test("a file that cannot be read is a problem that is said, and is never replaced")
    func unreadable() throws {
        let home = try TemporaryFolder.make("settings")
        defer { try? FileManager.default.removeItem(atPath: home) }
        let path = home + "/settings.toml"
        let long = "theme = \"mono\"\n" + String(repeating: "# mine\n", count: 10_000)
        try long.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(Settings.load(from: home).problems.map(\.file) == ["settings.toml"])
        #expect(throws: PrivateFiles.Failure.self) { try Settings.keep("theme", "obrol-light", in: home) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == long)

        let paths = ClientPaths(root: home)
        try paths.keep([conversation("@firman"): .nothing], of: Stage.me, at: .local)
        let folder = home + "/state/notify"
        let name = try #require(try FileManager.default.subpathsOfDirectory(atPath: folder).first { $0.hasSuffix(".json") })
        let levels = "{\"@dewi\":\"all\"}" + String(repeating: " ", count: 70_000)
        try levels.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        #expect(throws: PrivateFiles.Failure.self) {
            try paths.keep([conversation("@firman"): .nothing], of: Stage.me, at: .local)
        }
        #expect(try String(contentsOfFile: folder + "/" + name, encoding: .utf8) == levels)
    }

    @Test("a link to settings that are kept elsewhere stays one")
    func linked() throws {
        let home = try TemporaryFolder.make("settings")
        defer { try? FileManager.default.removeItem(atPath: home) }
        try "theme = \"mono\"\n".write(toFile: home + "/kept.toml", atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: home + "/settings.toml", withDestinationPath: home + "/kept.toml")
        #expect(Settings.load(from: home).theme == "mono")
        try Settings.keep("theme", "obrol-light", in: home)
        #expect(try String(contentsOfFile: home + "/kept.toml", encoding: .utf8) == "theme = \"obrol-light\"\n")
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: home + "/settings.toml")) != nil)
    }

    @Test(
        "a notification takes the form that the terminal is known to have, else it is a bell",
        arguments: [
            ([:], nil, AlertForm.bell), (["TERM": "foot"], nil, .desktop(.osc777)),
            (["TERM": "xterm-kitty"], nil, .desktop(.osc9)), (["TERM_PROGRAM": "iTerm.app"], nil, .desktop(.osc9)),
            (["TERM": "tmux-256color", "TERM_PROGRAM": "iTerm.app"], nil, .bell),
            (["TERM": "xterm-kitty", "TMUX": "/tmp/x"], nil, .bell), (["TERM": "xterm-256color"], nil, .bell),
            (["TERM": "foot"], "none", .nothing), (["TERM": "foot"], "bell", .bell), ([:], "osc777", .desktop(.osc777)),
            (["TERM": "foot"], "auto", .desktop(.osc777)),
        ] as [([String: String], String?, AlertForm)])
    func forms(environment: [String: String], setting: String?, expected: AlertForm) {
        #expect(AlertForm(setting, environment: environment) == expected)
    }
}
