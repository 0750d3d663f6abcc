import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

/// Other texts in the place of what is being written: what was sent before, and commands that Go to puts there.
@Suite("What was written before")
struct HistoryTests {
    /// In #progjar, where two messages were sent.
    private func stage() -> Stage {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 1, unread: 1), row("#progjar", last: 1, read: 1)]))
        stage.hear(.rooms([.init(room: try! RoomName("umum"), topic: "", members: 2, joined: false)]))
        stage.open("#progjar")
        stage.submit("satu")
        stage.submit("dua")
        stage.forget()
        return stage
    }

    private func text(_ stage: inout Stage, after key: Key) -> String {
        stage.press(key)
        return stage.state.composeEditor.text
    }

    @Test("each conversation goes through it by itself: what is written to one never comes up in another")
    func conversations() {
        var stage = stage()
        stage.type("rahasia")
        #expect(text(&stage, after: Key(.up)) == "dua")
        stage.press(Key(.function(8)))
        #expect(stage.state.conversation?.name == conversation("@firman"))
        #expect(text(&stage, after: Key(.down)).isEmpty)
        #expect(stage.shows("There is no newer message"))
        stage.open("#progjar")
        #expect(text(&stage, after: Key(.up)) == "satu")
        #expect(text(&stage, after: Key(.down)) == "dua")
        #expect(text(&stage, after: Key(.down)) == "rahasia")
    }

    @Test("what was typed in the place of an older text is what one comes back to")
    func newText() {
        var stage = stage()
        stage.press(Key(.up), .control("u"))
        stage.type("panjang")
        #expect(text(&stage, after: Key(.up)) == "dua")
        #expect(text(&stage, after: Key(.down)) == "panjang")
        #expect(text(&stage, after: Key(.down)) == "panjang")
    }

    @Test("what had been begun and what was made of an older text are both kept, and what is not sent stays")
    func bothAreKept() {
        var stage = stage()
        stage.type("begini")
        #expect(text(&stage, after: Key(.up)) == "dua")
        stage.type("!")
        #expect(text(&stage, after: Key(.up)) == "satu")
        #expect(text(&stage, after: Key(.down)) == "dua!")
        #expect(text(&stage, after: Key(.down)) == "begini")
        #expect(text(&stage, after: Key(.up)) == "dua!")
        #expect(text(&stage, after: Key(.enter)) == "begini")
        #expect(stage.intents == ["compose #progjar dua!", "saveDraft #progjar begini"])
    }

    @Test("an older text that was brought back by mistake is undone, and what is sent then does not come back")
    func undone() {
        var stage = stage()
        stage.type("begini")
        stage.press(Key(.up))
        #expect(text(&stage, after: .control("_")) == "begini")
        stage.type(" saja")
        #expect(text(&stage, after: Key(.enter)).isEmpty)
        #expect(stage.intents.contains("compose #progjar begini saja"))
        #expect(stage.intents.last == "saveDraft #progjar ")
    }

    @Test("a command that Go to puts into compose gives the place back when it has run, or was removed")
    func goTo() {
        var stage = stage()
        stage.type("panjang sekali")
        stage.press(.control("g"))
        stage.submit("join")
        #expect(stage.state.composeEditor.text == "/join ")
        #expect(stage.shows("What you were writing comes back"))
        stage.wait(milliseconds: 300)
        #expect(stage.intents == ["saveDraft #progjar panjang sekali"], "it would survive the program")
        #expect(text(&stage, after: .control("u")) == "panjang sekali")
        #expect(text(&stage, after: .control("_")) == "/join ")
        stage.type("um")
        stage.wait(milliseconds: 300)
        #expect(stage.intents.last == "saveDraft #progjar /join um\npanjang sekali")
        stage.submit("um")
        #expect(stage.intents.suffix(2) == ["saveDraft #progjar panjang sekali", "join #umum"])
        #expect(stage.state.composeEditor.text == "panjang sekali")
    }

    @Test("in the inbox, too, it stays with the conversation that it was begun for")
    func inInbox() {
        var stage = stage()
        stage.press(Key(.escape))
        #expect(stage.state.composeTarget == conversation("@firman"))
        stage.press(.control("p"))
        #expect(stage.state.pinnedTarget == conversation("@firman"))
    }
}
