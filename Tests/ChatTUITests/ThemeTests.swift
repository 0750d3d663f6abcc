import ChatTerminal
import ChatTesting
import Foundation
import Testing

@testable import ChatTUI

@Suite("Themes")
struct ThemeTests {
    static let shipped: String = {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Themes").path
    }()

    private func load(_ files: [String: String], _ name: String) throws -> Theme {
        let folder = try TemporaryFolder.make("themes")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (file, text) in files { try text.write(toFile: "\(folder)/\(file).toml", atomically: true, encoding: .utf8) }
        return ThemeLibrary(folders: [folder]).load(name)
    }

    @Test("every theme that we ship loads without a complaint", arguments: ThemeLibrary(folders: [Self.shipped]).names)
    func shippedThemes(name: String) {
        let theme = ThemeLibrary(folders: [Self.shipped]).load(name)
        #expect(theme.problems.isEmpty, "\(theme.problems)")
        #expect(theme.name == name)
        #expect(!theme.styles.styles.isEmpty)
    }

    @Test("the themes with colours of their own say what every role looks like")
    func shippedThemesAreComplete() {
        let names = ThemeLibrary(folders: [Self.shipped]).names
        #expect(names == ["catppuccin-mocha", "gruvbox-dark", "mono", "obrol-dark", "obrol-light", "terminal16"])
        for name in names where name != "mono" && name != "terminal16" {
            let theme = ThemeLibrary(folders: [Self.shipped]).load(name)
            for role in ThemeRoles.all { #expect(theme.styles.styles[role] != nil, "\(name) lacks \(role)") }
        }
    }

    @Test("a role without a style takes that of the longest beginning of its name")
    func fallback() throws {
        let theme = try load(["t": "[roles]\n\"message\" = \"red\"\n\"message.author\" = \"green\"\n"], "t")
        #expect(theme.styles.style(for: "message.author.self").foreground == .ansi(2))
        #expect(theme.styles.style(for: "message.body").foreground == .ansi(1))
        #expect(theme.styles.style(for: "ui.title") == Style())
    }

    @Test("a theme that builds on another changes its palette and some of its roles")
    func inheritance() throws {
        let theme = try load(
            [
                "base": "[palette]\nink = \"#101010\"\n[roles]\n\"ui.title\" = \"ink\"\n\"ui.border\" = \"ink\"\n",
                "child": "inherits = \"base\"\n[palette]\nink = \"#eeeeee\"\n[roles]\n\"ui.border\" = \"red\"\n",
            ], "child")
        #expect(theme.problems.isEmpty)
        #expect(theme.styles.style(for: "ui.title").foreground == .hex(0xEEEEEE))
        #expect(theme.styles.style(for: "ui.border").foreground == .ansi(1))
    }

    @Test("what is wrong is reported with its line, and the rest still loads")
    func problems() throws {
        let theme = try load(
            [
                "t": """
                colour = 1
                [palette]
                ink = "#12345"
                paper = "#ffffff"
                [roles]
                "ui.title" = "paper"
                "ui.titel" = "paper"
                "ui.border" = "nothing"
                "list.item" = { fg = "paper", attributes = ["blinking"] }
                """
            ], "t")
        #expect(theme.styles.style(for: "ui.title").foreground == .hex(0xFFFFFF))
        let lines = theme.problems.map(\.line)
        #expect(Set(lines) == [1, 3, 7, 8, 9], "\(theme.problems)")
        #expect(theme.problems.allSatisfy { $0.file == "t.toml" })
        #expect(theme.problems.contains { $0.description.hasPrefix("t.toml:7: ") })
    }

    @Test("a file that is no TOML is reported where it breaks off")
    func notTOML() throws {
        let theme = try load(["t": "[roles]\n\"ui.title\" = = 3\n"], "t")
        #expect(theme.problems.first?.line == 2)
    }

    @Test("letters that can hardly be read on their ground are reported")
    func contrast() throws {
        let text = "[roles]\n\"ui.background\" = { fg = \"#ffffff\", bg = \"#000000\" }\n\"ui.title\" = \"#111111\"\n"
        let theme = try load(["t": text], "t")
        #expect(theme.problems.map(\.line) == [3])
    }

    @Test("a theme that is missing, that is a path, or that builds on itself leaves something to look at")
    func missing() throws {
        #expect(try load([:], "none").styles == Theme.builtIn.styles)
        #expect(try load([:], "../../etc/passwd").styles == Theme.builtIn.styles)
        let theme = try load(["a": "inherits = \"b\"\n[roles]\n\"ui.title\" = \"red\"\n", "b": "inherits = \"a\"\n"], "a")
        #expect(theme.styles.style(for: "ui.title").foreground == .ansi(1))
        #expect(!theme.problems.isEmpty)
    }

    @Test("themes are looked for in the user's folders before the program's and the system's")
    func folders() {
        let library = ThemeLibrary(
            environment: ["OBROL_THEMES": "/own", "XDG_CONFIG_HOME": "/config"],
            executable: Self.shipped + "/../.build/debug/obrol")
        #expect(library.folders.prefix(2) == ["/own", "/config/obrol/themes"])
        #expect(library.folders.last == "/usr/share/obrol/themes")
        #expect(library.names.contains("mono"))
    }

    @Test("the same name has the same colour, and names use all colours")
    func nicks() {
        #expect(ThemeRoles.nick("firman") == ThemeRoles.nick("firman"))
        let used = Set((0..<200).map { ThemeRoles.nick("user\($0)") })
        #expect(used.count == ThemeRoles.nickCount)
    }
}
