import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("Finding what was said")
struct FindTests {
    private func stage() -> Stage {
        var stage = Stage()
        stage.hear(.people([person("firman")]))
        stage.hear(.conversations([row("@firman", last: 9, read: 9), row("#progjar", last: 3, read: 3)]))
        stage.open("#progjar")
        stage.hear(
            .page(page("#progjar", (1...3).map { entry("#progjar", $0, from: "firman", "bab \($0)", minute: $0) })))
        stage.forget()
        return stage
    }

    private func found(_ text: String, in name: String?, _ entries: [Entry]) -> ClientEvent {
        .found(Found(text: text, conversation: name.map { conversation($0) }, entries: entries, next: nil))
    }

    @Test("each key asks again, here first; struck again it looks everywhere, and then here again")
    func asking() {
        var stage = stage()
        stage.press(.control("r"))
        stage.type("ba")
        #expect(stage.intents == ["find b in #progjar", "find ba in #progjar"])
        #expect(stage.shows("Find in #progjar"))
        stage.forget()
        stage.press(.control("r"))
        #expect(stage.intents == ["find ba in everything"])
        #expect(stage.shows("Find everywhere"))
        stage.press(Key(.function(3)))
        #expect(stage.intents.last == "find ba in #progjar")
        stage.forget()
        stage.press(.control("u"))
        #expect(stage.intents.isEmpty, "nothing is looked for without words")
    }

    @Test("in the inbox everything is looked at from the start")
    func fromInbox() {
        var stage = Stage()
        stage.press(.control("r"))
        stage.type("x")
        #expect(stage.intents.last == "find x in everything")
        stage.press(.control("r"))
        #expect(stage.shows("This looks everywhere already"))
    }

    @Test("answers to what is no longer asked are left alone")
    func oldAnswers() {
        var stage = stage()
        stage.press(.control("r"))
        stage.type("ba")
        stage.hear(found("b", in: "#progjar", [entry("#progjar", 1, from: "firman", "salah")]))
        stage.hear(found("ba", in: nil, [entry("#progjar", 1, from: "firman", "salah")]))
        #expect(!stage.shows("salah"))
        stage.hear(found("ba", in: "#progjar", [entry("#progjar", 2, from: "firman", "bab 2")]))
        #expect(stage.shows("bab 2"))
        stage.press(Key(.escape))
        stage.hear(found("ba", in: "#progjar", []))
    }

    @Test("a hit has its place, its author, its time, and its words stand out without colour")
    func drawing() {
        var stage = stage()
        stage.press(.control("r"), .control("r"))
        stage.type("CAFE")
        stage.hear(found("CAFE", in: nil, [entry("@firman", 7, from: "firman", "ketemu di **Café** nanti", minute: 5)]))
        let grid = stage.grid
        let head = stage.lines.firstIndex { $0.contains("firman · firman") && $0.contains("Thu 21 May 09:17") }
        #expect(head != nil, "\(stage.picture)")
        let row = (head ?? 0) + 1
        #expect(stage.lines[row].contains("ketemu di **Café** nanti"))
        let words = (0..<80).filter { grid[row, $0].emphasis.contains([.bold, .underline]) }
        #expect(words.count == 4)
    }

    @Test("Enter opens the conversation at the entry, which is chosen there; Esc leads to compose, nothing is lost")
    func opening() {
        var stage = stage()
        stage.type("belum selesai")
        stage.press(.control("r"), .control("r"))
        stage.type("makan")
        stage.hear(
            found(
                "makan", in: nil,
                [entry("@firman", 8, from: "firman", "makan lagi"), entry("@firman", 4, from: "firman", "sudah makan?")]))
        stage.press(Key(.down), Key(.enter))
        #expect(stage.state.conversation?.name == conversation("@firman"))
        #expect(stage.intents.contains("load @firman around 4"))
        stage.hear(
            .page(
                page(
                    "@firman", (1...9).map { entry("@firman", $0, from: "firman", $0 == 4 ? "sudah makan?" : "kata \($0)") },
                    .around(Seq(unchecked: 4)))))
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 4)))
        #expect(stage.shows("sudah makan?"))
        stage.press(Key(.escape))
        #expect(stage.state.focus == .compose)
        stage.open("#progjar")
        #expect(stage.state.composeEditor.text == "belum selesai")
    }

    @Test("a hit that is loaded already is shown where it stands, without asking")
    func openingHere() {
        var stage = stage()
        stage.press(.control("r"))
        stage.type("bab 1")
        stage.hear(found("bab 1", in: "#progjar", [entry("#progjar", 1, from: "firman", "bab 1", minute: 1)]))
        stage.forget()
        stage.press(Key(.enter))
        #expect(!stage.intents.contains { $0.hasPrefix("load") })
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 1)))
    }

    @Test("a hit of this conversation that is not loaded is loaded with what is around it")
    func openingFarAway() {
        var stage = stage()
        stage.press(.control("r"))
        stage.type("lama")
        stage.hear(found("lama", in: "#progjar", [entry("#progjar", 900, from: "firman", "lama sekali")]))
        stage.press(Key(.enter))
        #expect(stage.intents.contains("load #progjar around 900"))
    }

    @Test("Esc goes back to where one was")
    func escape() {
        var stage = stage()
        stage.type("draf")
        let before = stage.lines
        stage.press(.control("r"))
        stage.type("bab")
        stage.hear(found("bab", in: "#progjar", [entry("#progjar", 1, from: "firman", "bab 1")]))
        stage.press(Key(.escape))
        #expect(stage.lines == before)
    }

    @Test("without a hit Enter says so and stays")
    func nothing() {
        var stage = stage()
        stage.submit("/find tidak ada")
        #expect(stage.intents.contains("find tidak ada in #progjar"))
        stage.press(Key(.enter))
        #expect(stage.shows("searching…"))
        stage.hear(found("tidak ada", in: "#progjar", []))
        stage.press(Key(.enter))
        #expect(stage.shows("Nothing found"))
        #expect(stage.state.overlays.count == 1)
    }

    @Test("a long text is shown around what was looked for, and fits")
    func excerpt() {
        let text = String(repeating: "kata ", count: 100) + "日本語 jarum " + String(repeating: "lagi ", count: 100)
        for width in [8, 20, 60] {
            let line = HitLine(text, words: "jarum", width: width)
            #expect(line.pieces.contains { $0.isHit && "jarum".hasPrefix($0.text.prefix(4)) }, "\(line)")
            #expect(line.pieces.reduce(0) { $0 + $1.text.count } <= width)
        }
        #expect(HitLine("jarum", words: "arum jar", width: 20).pieces.filter(\.isHit).map(\.text) == ["jar"])
    }
}
