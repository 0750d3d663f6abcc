import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Testing

@testable import ChatTUI

@Suite("Lists over the panes")
struct OverlayListTests {
    private func stage(columns: Int = 80, rows: Int = 24) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.conversations([row("#progjar", last: 9, read: 9), row("@firman", last: 1, read: 1)]))
        stage.hear(.people([person("firman"), person("dewi")]))
        stage.forget()
        return stage
    }

    private func wheel(_ stage: inout Stage, _ action: MouseEvent.Action, _ count: Int = 1) {
        for _ in 0..<count { stage.happen(.input(.mouse(MouseEvent(action, at: Position(row: 12, column: 40))))) }
    }

    // MARK: The mouse

    @Test("a click takes the row that it is on, in a list and in a question; one outside closes, one on the frame does nothing")
    func clicks() {
        var stage = stage()
        stage.press(.control("g"))
        stage.click(on: "Go to")
        #expect(stage.state.overlays.count == 1)
        stage.click(on: "@dewi")
        #expect(stage.state.conversation?.name == conversation("@dewi"))
        #expect(stage.state.overlays.isEmpty)
        stage.press(.control("g"))
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: Position(row: 23, column: 0)))))
        #expect(stage.state.overlays.isEmpty)
        stage.submit("/join baru")
        stage.hear(.rooms([]))
        stage.forget()
        stage.click(on: "▸ Cancel")
        #expect(stage.state.overlays.isEmpty && stage.intents.isEmpty)
        stage.submit("/join baru")
        stage.hear(.rooms([]))
        stage.click(on: "▸ Create")
        #expect(stage.intents.last == "join #baru")
    }

    @Test("both lines of what was found are its row, and the row that is hit is the one that is seen")
    func found() {
        var stage = stage()
        stage.press(.control("r"))
        stage.type("pesan")
        let entries = (1...40).map { entry("#progjar", $0, from: "dewi", "pesan nomor \($0)") }
        stage.hear(.found(Found(text: "pesan", conversation: nil, entries: entries, next: nil)))
        wheel(&stage, .wheelDown, 20)
        #expect(stage.shows("nomor 21"))
        stage.click(on: "nomor 19")
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 19)))
    }

    @Test("a click on a theme keeps it, one outside brings back what was on")
    func themes() {
        var stage = stage()
        for (text, wishes) in [("mono", ["wear mono", "wear mono", "keepTheme mono"]), ("Contacts", ["wear obrol-dark"])] {
            stage.submit("/theme")
            stage.happen(.themes(["mono", "obrol-dark"]))
            if text == "Contacts" {
                wheel(&stage, .wheelUp)
                stage.happen(.wears("mono", []))
            }
            stage.forget()
            stage.click(on: text)
            #expect(stage.wishes == wishes)
            #expect(stage.state.overlays.isEmpty)
        }
    }

    // MARK: Help

    @Test("everything in the help can be read, however narrow it is", arguments: [80, 40, 20], [Language.english, .indonesian])
    func help(columns: Int, language: Language) {
        var stage = stage(columns: columns)
        let launch = Launch(server: .local, size: Size(columns: columns, rows: 24), language: language)
        stage.state = State(launch, now: stage.now)
        stage.press(Key(.function(1)))
        var seen: [String] = []
        for _ in 0..<400 {
            seen += stage.lines
            wheel(&stage, .wheelDown)
        }
        let text = seen.joined(separator: " ")
        var words: Set<Substring> = []
        for binding in KeyMap.standard.bindings {
            words.formUnion(binding.action.help[language].split(separator: " "))
            words.formUnion(binding.keys.map { $0.label[...] })
        }
        for row in CommandTable.rows(in: .compose) { words.formUnion(stage.state.usage(of: row).split(separator: " ")) }
        if columns >= 40 { for word in words { #expect(text.contains(word), "\(word)") } }
        let lines = stage.state.helpLines(matching: "")
        #expect(lines.allSatisfy { $0.text.count <= stage.state.helpArea.columns })
    }

    @Test("the help is scrolled to its last page and no further: the way back begins at once")
    func helpEnds() {
        var stage = stage()
        stage.press(Key(.function(1)), Key(.end))
        let last = stage.picture
        wheel(&stage, .wheelDown, 5)
        #expect(stage.picture == last)
        stage.press(Key(.up))
        #expect(stage.picture != last)
    }
}
