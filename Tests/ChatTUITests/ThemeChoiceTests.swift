import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Testing

@testable import ChatTUI

@Suite("Choosing a theme")
struct ThemeChoiceTests {
    private static let names = ["gruvbox-dark", "mono", "obrol-dark", "terminal16"]

    /// What the shell does with what was asked for.
    private func answer(_ stage: inout Stage) {
        while let effect = stage.effects.first {
            stage.effects.removeFirst()
            switch effect {
            case .listThemes: stage.happen(.themes(Self.names))
            case .wear(let name): stage.happen(.wears(name, []))
            default: break
            }
        }
    }

    @Test("a theme is put on by its name, whatever its letters' case, and remembered")
    func byName() {
        var stage = Stage()
        stage.submit("/theme MONO")
        #expect(stage.wishes.last == "listThemes")
        stage.forget()
        stage.happen(.themes(Self.names))
        #expect(stage.wishes == ["wear mono", "keepTheme mono"])
        #expect(stage.shows("Theme: mono"))
        stage.happen(.wears("mono", []))
        #expect(stage.state.themes.worn == "mono")
    }

    @Test("a name that is none says which there are and where it would be, and changes nothing")
    func unknown() {
        var stage = Stage(columns: 120)
        stage.submit("/theme nord")
        stage.forget()
        stage.happen(.themes(Self.names))
        #expect(stage.wishes.isEmpty)
        #expect(stage.shows("There is no theme nord"))
        #expect(stage.shows("There are: gruvbox-dark, mono, obrol-dark, terminal16"))
        #expect(stage.shows("Looked for in: /home/alam/tema, /usr/share/obrol/themes"))
        #expect(stage.state.themes.worn == "obrol-dark")
        stage.press(Key(.enter))
        answer(&stage)
        #expect(stage.shows("in use"), "the list of them")
    }

    @Test("where there are no themes at all, it says where they were looked for, and the log keeps it")
    func none() {
        var stage = Stage()
        stage.submit("/theme")
        stage.happen(.themes([]))
        #expect(stage.shows("There is no theme to choose"))
        #expect(stage.shows("/usr/share/obrol/themes"))
        stage.press(Key(.enter))
        #expect(stage.state.overlays.isEmpty)
        stage.submit("/log")
        #expect(stage.shows("/usr/share/obrol/themes"))
    }

    @Test("in the list the chosen theme is on at once; Esc brings back what was on, Enter keeps")
    func picker() {
        var stage = Stage()
        stage.submit("/theme")
        answer(&stage)
        #expect(stage.shows("Themes"))
        #expect(stage.lines.contains { $0.contains("obrol-dark") && $0.contains("in use") })
        stage.press(Key(.down))
        #expect(stage.wishes == ["wear terminal16"])
        answer(&stage)
        stage.press(Key(.escape))
        #expect(stage.wishes == ["wear obrol-dark"])
        answer(&stage)
        #expect(stage.state.overlays.isEmpty)

        stage.submit("/theme")
        answer(&stage)
        stage.press(Key(.up))
        answer(&stage)
        stage.press(Key(.enter))
        #expect(stage.wishes == ["wear mono", "keepTheme mono"])
        #expect(stage.shows("Theme: mono"))
    }

    @Test("the list is searched by typing, and an unchanged choice puts nothing on")
    func search() {
        var stage = Stage()
        stage.submit("/theme")
        answer(&stage)
        stage.type("gru")
        #expect(stage.wishes.last == "wear gruvbox-dark")
        answer(&stage)
        stage.type("xyz")
        #expect(stage.wishes.isEmpty)
        stage.press(Key(.enter))
        #expect(stage.wishes == ["wear obrol-dark"], "nothing is chosen, so nothing changes")
    }

    @Test("Go to leads to the list")
    func fromGoTo() {
        var stage = Stage()
        stage.press(.control("g"))
        stage.submit("themes")
        answer(&stage)
        #expect(stage.shows("obrol-dark"))
        guard case .themes? = stage.state.overlays.last else {
            Issue.record("\(stage.picture)")
            return
        }
    }

    @Test("Tab completes the name of a theme")
    func completion() {
        var stage = Stage()
        stage.happen(.themes(Self.names))
        stage.type("/theme gr")
        stage.press(Key(.tab))
        #expect(stage.state.composeEditor.text == "/theme gruvbox-dark ")
    }

    @Test("what is wrong with a theme's file is said with its place, and all of it is in the log")
    func problems() {
        var stage = Stage(columns: 120)
        let wrong = [
            FileProblem(file: "t.toml", line: 3, reason: .themeRoleUnknown("ui.titel\u{1B}[2J")),
            FileProblem(file: "t.toml", line: 7, reason: .themeRoleUnknown("x")),
        ]
        stage.happen(.wears("t", wrong))
        #expect(stage.shows("t.toml:3: there is no role 'ui.titel\u{FFFD}[2J' (and 1 more: /log)"), "\(stage.picture)")
        #expect(stage.state.journal.notes.map { $0.sentence.english.prefix(8) } == ["t.toml:3", "t.toml:7"])
        #expect(stage.state.journal.notes[1].sentence.indonesian == "t.toml:7: tidak ada peran 'x'")
        stage.happen(.notKept("disk full"))
        #expect(stage.shows("This cannot be remembered: disk full"))
    }

    @Test("what was wrong when the program started is said, too")
    func problemsAtStart() {
        let launch = Launch(
            server: .local, size: Size(columns: 80, rows: 24), theme: "t",
            fileProblems: [FileProblem(file: "settings.toml", line: 1, reason: .settingUnknown("colour"))])
        let state = State(launch, now: .init(milliseconds: 0))
        #expect(state.announcement?.sentence.english == "settings.toml:1: there is no setting 'colour'")
        #expect(state.journal.notes.count == 1)
    }
}
