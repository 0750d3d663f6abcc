import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("A conversation")
struct ConversationTests {
    /// With firman, and three messages.
    func opened(columns: Int = 80, rows: Int = 24, read: Int64 = 3, unread: Int = 0) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.people([person("firman", "Firman A.")]))
        stage.hear(.conversations([row("@firman", title: "Firman A.", last: 3, read: read, unread: unread)]))
        stage.submit("/chat firman")
        stage.forget()
        stage.hear(.page(page("@firman", Self.entries(1...3))))
        return stage
    }

    static func entries(_ range: ClosedRange<Int64>) -> [Entry] {
        range.map { entry("@firman", $0, from: $0 % 2 == 0 ? "alam" : "firman", "pesan \($0)", minute: $0) }
    }

    @Test("opening loads the newest page from the cache")
    func opening() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 3, read: 3)]))
        stage.submit("/chat firman")
        #expect(stage.intents.contains("load @firman newest"))
        #expect(stage.state.conversation?.name == conversation("@firman"))
    }

    @Test("messages stand under their day with time, author and, for one's own, their state")
    func looks() {
        let stage = opened()
        #expect(stage.shows("Thu 21 May"))
        #expect(stage.shows("09:13 firman    pesan 1"))
        let own = stage.lines.first { $0.contains("pesan 2") }
        #expect(own?.contains("✓") == true)
        #expect(stage.lines.first { $0.contains("pesan 1") }?.contains("✓") == false)
        #expect(stage.shows("to firman"))
    }

    @Test("in a narrow window most of a line is the text's, and time and author stand above it")
    func narrow() {
        let stage = opened(columns: 40, rows: 12)
        guard let place = stage.middle.firstIndex(where: { $0.contains("09:13 firman:") }) else {
            return #expect(Bool(false), "\(stage.picture)")
        }
        #expect(stage.middle[place + 1].hasPrefix("   pesan 1 "), "\(stage.picture)")
    }

    @Test("sending puts the text into the outbox, empties compose and follows the end")
    func sending() {
        var stage = opened()
        stage.submit("halo **dunia**")
        #expect(stage.intents == ["compose @firman halo **dunia**", "saveDraft @firman "])
        #expect(stage.state.composeEditor.isEmpty)
        stage.press(.control("p"))
        #expect(stage.state.composeEditor.text == "halo **dunia**")
    }

    @Test("Enter on nothing sends nothing, and blanks at the end are not sent")
    func nothingToSend() {
        var stage = opened()
        stage.press(Key(.enter))
        stage.submit("   ")
        #expect(stage.intents.isEmpty)
        stage.press(.control("u"))
        stage.submit("halo \n ")
        #expect(stage.intents.first == "compose @firman halo")
    }

    private func item(_ id: String, _ text: String, _ state: OutboxItem.State) -> OutboxItem {
        OutboxItem(
            id: try! Nonce(id), conversation: conversation("@firman"), text: try! MessageText(text), ref: nil,
            time: Timestamp(milliseconds: 1_779_355_800_000), state: state)
    }

    @Test("a message is queued, then sent, and never disappears in between")
    func outbox() {
        var stage = opened()
        stage.hear(.outbox(conversation("@firman"), [item("n1", "di jalan", .queued)]))
        #expect(stage.lines.first { $0.contains("di jalan") }?.contains("◌") == true)
        stage.hear(.outbox(conversation("@firman"), []))
        #expect(stage.lines.first { $0.contains("di jalan") }?.contains("✓") == true)
        stage.hear(.changed(row("@firman", last: 4, read: 3)))
        stage.hear(
            .page(
                page("@firman", [entry("@firman", 4, from: "alam", "di jalan", nonce: "n1")], .after(Seq(unchecked: 3), at: nil)))
        )
        #expect(stage.lines.count { $0.contains("di jalan") } == 1, "\(stage.picture)")
    }

    @Test("a failed message says why, and can be tried again or given up without losing its text")
    func failed() {
        var stage = opened()
        stage.hear(
            .outbox(conversation("@firman"), [item("n1", "gagal", .failed(ProtocolError(.blocked, "You block firman.")))]))
        #expect(stage.shows("not sent: You block firman."))
        #expect(stage.lines.first { $0.contains("alam      gagal") }?.contains("✗") == true)
        stage.state.focusPane(.middle)
        stage.press(Key(.enter))
        #expect(stage.shows("Try again"))
        stage.press(Key(.enter))
        #expect(stage.intents == ["retry n1"])
        stage.forget()
        stage.press(Key(.enter), Key(.down), Key(.enter))
        #expect(stage.intents.contains("discard n1"))
        #expect(!stage.shows("not sent"))
        stage.state.focusPane(.compose)
        stage.press(.control("p"))
        #expect(stage.state.composeEditor.text == "gagal")
    }

    // MARK: Reading

    @Test("it is marked read when its end was seen while the terminal has the focus")
    func markedRead() {
        let stage = opened(read: 1, unread: 1)
        #expect(stage.intents.contains("markRead @firman 3"))
    }

    @Test("it is not marked read while nobody looks, and then from where reading stopped")
    func notMarkedUnfocused() {
        var stage = opened()
        stage.happen(.input(.focus(false)))
        stage.forget()
        stage.hear(.changed(row("@firman", last: 4, read: 3, unread: 1)))
        #expect(stage.intents == ["load @firman after 3"])
        stage.forget()
        stage.hear(
            .page(page("@firman", [entry("@firman", 4, from: "firman", "masih di sana?")], .after(Seq(unchecked: 3), at: nil))))
        #expect(stage.intents.isEmpty)
        #expect(stage.shows("new (1)"))
        stage.happen(.input(.focus(true)))
        #expect(stage.intents == ["markRead @firman 4"])
    }

    @Test("without focus reports a terminal counts as looked at for a minute after a key")
    func attention() {
        var stage = opened()
        stage.wait(milliseconds: 61_000)
        stage.forget()
        stage.hear(.changed(row("@firman", last: 4, read: 3, unread: 1)))
        stage.hear(.page(page("@firman", [entry("@firman", 4, from: "firman", "hai")], .after(Seq(unchecked: 3), at: nil))))
        #expect(!stage.intents.contains("markRead @firman 4"))
        stage.press(Key(.left))
        #expect(stage.intents.contains("markRead @firman 4"))
    }

    @Test("a contact that is only chosen in the list is not marked read")
    func browsingMarksNothing() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 3, unread: 3), row("@chendra", last: 2, unread: 2)]))
        stage.forget()
        stage.state.focusPane(.contacts)
        stage.press(Key(.down), Key(.up), Key(.down))
        #expect(stage.intents.isEmpty)
    }

    // MARK: Hostile text

    @Test("text of others can neither act on the terminal nor reorder what stands around it")
    func hostile() {
        var stage = opened()
        let evil = "\u{1B}]0;pwned\u{07}a\u{9B}31mb\u{202E}c\u{0}d"
        stage.hear(.changed(row("@firman", title: evil, last: 4, read: 4)))
        stage.hear(
            .page(
                page(
                    "@firman",
                    [
                        Entry(
                            conversation: conversation("@firman"), seq: Seq(unchecked: 4), author: try! Username("firman"),
                            authorName: evil, text: evil, time: stage.now)
                    ], .after(Seq(unchecked: 3), at: nil))))
        stage.hear(.people([person("firman", evil)]))
        for cell in stage.grid.cells {
            for scalar in cell.glyph.scalars {
                #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar != "\u{202E}")
            }
        }
        #expect(stage.shows("]0;pwned"))
    }

    @Test("wide and combining letters keep their columns")
    func columns() {
        var stage = opened()
        stage.hear(.changed(row("@firman", last: 4, read: 4)))
        stage.hear(
            .page(page("@firman", [entry("@firman", 4, from: "alam", "日本語 é 👍🏽 👨‍👩‍👧 ก็")], .after(Seq(unchecked: 3), at: nil))))
        let grid = stage.grid
        for row in 1..<23 { #expect(grid[row, 79].glyph.scalars.first.map { "│┐┘┤".unicodeScalars.contains($0) } == true) }
        #expect(stage.lines.first { $0.contains("日本語") }?.contains("✓") == true)
    }
}

@Suite("What stands together in a conversation")
struct GroupingTests {
    func opened(_ entries: [Entry], columns: Int = 80) -> Stage {
        var stage = Stage(columns: columns)
        let last = entries.last?.seq.value ?? 0
        stage.hear(.conversations([row("#progjar", last: last, read: last)]))
        stage.open("#progjar")
        stage.hear(.page(page("#progjar", entries)))
        return stage
    }

    @Test("a name is said once for what somebody says in a row, and again after a pause or somebody else")
    func names() {
        let stage = opened([
            entry("#progjar", 1, from: "firman", "satu", minute: 0),
            entry("#progjar", 2, from: "firman", "dua", minute: 1),
            entry("#progjar", 3, from: "firman", "tiga", minute: 20),
            entry("#progjar", 4, from: "dewi", "empat", minute: 21),
            entry("#progjar", 5, from: "firman", "lima", minute: 22),
        ])
        let named = ["satu", "dua", "tiga", "empat", "lima"].map { text in
            stage.middle.contains { $0.contains(text) && ($0.contains("firman") || $0.contains("dewi")) }
        }
        #expect(named == [true, false, true, true, true], "\(stage.picture)")
        let second = stage.middle.first { $0.contains("dua") }
        #expect(second?.contains("09:13") == true, "the time stays")
    }

    @Test("on a narrow screen the line with the name is left out, too")
    func narrow() {
        let entries = (1...3).map { entry("#progjar", $0, from: "firman", "pesan \($0)") }
        #expect(opened(entries, columns: 30).lines.count { $0.contains("firman:") } == 1)
    }

    @Test("those who come and go in a row are one line")
    func members() {
        let coming = ["firman", "dewi", "budi", "citra", "eka"].enumerated().map { index, name in
            entry("#progjar", Int64(index + 1), from: name, "", kind: .member(.joined))
        }
        let going = [entry("#progjar", 6, from: "budi", "", kind: .member(.left))]
        let stage = opened(coming + going)
        #expect(stage.shows("firman, dewi, budi +2 joined · budi left"), "\(stage.picture)")
    }

    @Test("when somebody comes or goes, it is asked who is there now; older comings ask nothing")
    func whoIsThere() {
        var stage = opened([entry("#progjar", 5, from: "firman", "halo")])
        let anchor = History.Anchor.after(Seq(unchecked: 5), at: nil)
        stage.hear(.page(page("#progjar", [entry("#progjar", 6, from: "firman", "lagi")], anchor)))
        let older = [entry("#progjar", 4, from: "dewi", "", kind: .member(.joined))]
        stage.hear(.page(page("#progjar", older, .before(Seq(unchecked: 5)))))
        #expect(!stage.intents.contains("listMembers #progjar"))
        let later = History.Anchor.after(Seq(unchecked: 6), at: nil)
        stage.hear(.page(page("#progjar", [entry("#progjar", 7, from: "dewi", "", kind: .member(.left))], later)))
        #expect(stage.intents.contains("listMembers #progjar"))
    }

    @Test("older ones joining that line move nothing")
    func nothingJumps() {
        var stage = Stage()
        stage.hear(.conversations([row("#progjar", last: 100, read: 100)]))
        stage.open("#progjar")
        let coming = (1...50).map { entry("#progjar", $0, from: "orang\($0)", "", kind: .member(.joined)) }
        let said = (51...100).map { entry("#progjar", $0, from: "firman", "pesan \($0)", minute: $0) }
        stage.hear(.page(page("#progjar", Array(coming[40...]) + said, moreBefore: true)))
        stage.press(Key(.home, .control))
        let selected = stage.state.conversation?.selection
        #expect(selected == .entry(Seq(unchecked: 41)))
        let seen = stage.middle.last
        stage.hear(.page(page("#progjar", Array(coming[..<40]), .before(Seq(unchecked: 41)))))
        #expect(stage.middle.last == seen)
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 1)))
    }

    @Test("a message can be copied, and quoted in a reply")
    func menu() {
        var stage = opened([entry("#progjar", 1, from: "firman", "kapan?\nbesok?")])
        stage.state.focusPane(.middle)
        stage.press(Key(.enter), Key(.enter))
        #expect(stage.effects.contains { if case .copy("kapan?\nbesok?") = $0 { true } else { false } })
        #expect(stage.shows("Copied"))
        stage.press(Key(.enter), Key(.down), Key(.enter))
        #expect(stage.state.composeEditor.text == "> firman: kapan?\n> besok?\n")
        #expect(stage.state.focus == .compose)
    }

    @Test("the day stands above the ruler of what is new, and after both the name is said")
    func rulers() {
        var stage = Stage()
        stage.hear(.conversations([row("#progjar", last: 2, read: 1, unread: 1)]))
        stage.open("#progjar")
        stage.hear(.page(page("#progjar", (1...2).map { entry("#progjar", $0, from: "firman", "pesan \($0)") })))
        let new = stage.middle.firstIndex { $0.contains("new (1)") } ?? 0
        #expect(stage.middle[new + 1].contains("firman"))
    }
}
