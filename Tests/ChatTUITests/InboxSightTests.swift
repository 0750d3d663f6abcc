import ChatClient
import ChatProtocol
import ChatTerminal
import Foundation
import Testing

@testable import ChatTUI

/// What the inbox shows of more than fits, and what of it counts as read.
@Suite("What was in sight in the inbox")
struct InboxSightTests {
    /// 61 entries in a room, with a mention, and 300 of dewi, of which the first pages have come.
    private func stage(columns: Int = 80, rows: Int = 24) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.people([person("dewi", "Dewi Lestari")]))
        stage.hear(
            .conversations([
                row("#progjar", title: "progjar", last: 61, unread: 61, mentions: 1),
                row("@dewi", last: 300, unread: 300, lastEntry: message("@dewi", 300)),
                row("#kelas", last: 4, read: 4, lastEntry: entry("#kelas", 4, from: "budi", "", kind: .member(.joined))),
            ]))
        stage.hear(.page(page("#progjar", (1...50).map { message("#progjar", $0) }, after(0), moreAfter: true)))
        stage.hear(.page(page("@dewi", (1...50).map { message("@dewi", $0) }, after(0), moreAfter: true)))
        stage.press(Key(.up))
        stage.forget()
        return stage
    }

    private func message(_ name: String, _ seq: Int64) -> Entry {
        entry(name, seq, from: "dewi", "pesan ke \(seq)", minute: seq)
    }

    private func after(_ seq: Int64) -> History.Anchor { .after(Seq(unchecked: seq), at: nil) }

    private func line(_ stage: Stage, _ index: Int) -> String { stage.middle[index].trimmingCharacters(in: .whitespaces) }

    private func marks(_ stage: Stage) -> [String] { stage.intents.filter { $0.hasPrefix("markRead") } }

    // MARK: Reading

    @Test("a jump to the end marks nothing that was not in sight")
    func jump() {
        var stage = stage()
        let last = stage.middle.last { $0.contains("pesan ke") }?.split(separator: " ").last.map(String.init)
        stage.press(Key(.home), Key(.end))
        #expect(marks(stage) == ["markRead #progjar \(last ?? "")"])
        stage.press(Key(.home), Key(.end), Key(.up), Key(.down), Key(.end))
        #expect(marks(stage).count == 1, "the same again marks no more: \(marks(stage))")
    }

    @Test("what was not drawn was not in sight, however fast the keys came")
    func undrawn() {
        var stage = stage()
        var effects: [Effect] = []
        for key in [Key(.pageDown), Key(.pageDown)] {
            effects += stage.state.update(ScreenEvent(.input(.key(key)), now: stage.now))
        }
        stage.effects = effects
        let shown = marks(stage)
        #expect(shown == ["markRead #progjar 16", "markRead #progjar 17"], "only the first page was")
        stage.happen(.deadline)
        stage.press(Key(.pageDown))
        #expect(marks(stage) == shown, "and what follows a gap is not read")
    }

    @Test("what was passed behind a gap is read once the gap was read")
    func gap() {
        var stage = stage(rows: 14)
        stage.press(Key(.end))
        stage.forget()
        for _ in 0..<70 { stage.press(Key(.up)) }
        #expect(marks(stage).isEmpty, "going up marks nothing")
        for _ in 0..<70 { stage.press(Key(.down)) }
        #expect(marks(stage) == (1...50).map { "markRead @dewi \($0)" })
        stage.forget()
        stage.press(Key(.home))
        for _ in 0..<40 { stage.press(Key(.down)) }
        #expect(marks(stage).last == "markRead #progjar 50", "\(marks(stage))")
        #expect(marks(stage).count < 40)
    }

    @Test("a page moves by as many rows as are in sight but one, down and up")
    func pages() {
        var stage = stage()
        let last = stage.middle.last { $0.contains("pesan ke") }
        stage.press(Key(.pageDown))
        #expect(stage.middle[1] == last, "\(stage.picture)")
        let first = stage.middle[1]
        stage.press(Key(.pageUp))
        #expect(stage.middle.last == first, "\(stage.picture)")
        stage.press(Key(.pageUp))
        #expect(line(stage, 0).hasPrefix("#progjar"))
        #expect(line(stage, 1).hasSuffix("pesan ke 1"))
    }

    @Test("/read marks everything, says how many, and asks nothing")
    func readEverything() {
        var stage = stage()
        stage.submit("/read")
        #expect(marks(stage) == ["markRead @dewi 300", "markRead #progjar 61"])
        #expect(stage.shows("Marked as read: 361"))
        stage.hear(.changed(row("#progjar", last: 61, read: 61)))
        stage.hear(.changed(row("@dewi", last: 300, read: 300)))
        stage.forget()
        stage.submit("/read")
        #expect(stage.intents.isEmpty)
        #expect(stage.shows("Nothing unread"))
    }

    // MARK: Looks

    @Test("it opens with the first heading, and the room of what is chosen stays in sight", arguments: [false, true])
    func headings(isSmall: Bool) {
        var stage = isSmall ? self.stage(columns: 20, rows: 6) : stage()
        #expect(line(stage, 0).hasPrefix("#progjar"), "\(stage.picture)")
        for _ in 0..<49 {
            stage.press(Key(.down))
            #expect(line(stage, 0).hasPrefix("#progjar"), "\(stage.picture)")
            #expect(stage.grid.cursor.map { $0.row > 1 } == true)
        }
        for _ in 0..<49 {
            stage.press(Key(.down))
            let lines = stage.middle.prefix { !$0.contains("pesan ke") }
            #expect(lines.contains { $0.contains("dewi") } || stage.middle.contains { $0.contains("dewi — Dewi Lestari") })
        }
        stage.open("#kelas")
        stage.press(Key(.escape))
        #expect(line(stage, 0).hasPrefix("#progjar"))
    }

    @Test("what is not loaded is said where it is missing, and is not called new")
    func more() {
        var stage = stage()
        #expect(!stage.shows("new ↓"))
        stage.press(Key(.end))
        #expect(stage.shows("… 250 more"), "\(stage.picture)")
        #expect(stage.shows("#kelas") && stage.shows("budi joined"))
        stage.press(Key(.up), Key(.up))
        #expect(stage.intents.last == "load @dewi after 50")
        stage.hear(.page(page("@dewi", (51...150).map { message("@dewi", $0) }, after(50), moreAfter: true)))
        #expect(!stage.shows("new ↓"))
        stage.press(Key(.end))
        #expect(stage.shows("… 150 more"), "\(stage.picture)")
        stage.press(Key(.home))
        stage.hear(.changed(row("@dewi", last: 302, unread: 302)))
        #expect(stage.shows("2 new ↓"), "\(stage.picture)")
    }

    @Test("what came while catching up did not arrive just now")
    func catchingUp() {
        var stage = stage(rows: 14)
        stage.hear(.catchingUp(true))
        stage.hear(.changed(row("#progjar", last: 70, unread: 70)))
        stage.hear(.changed(row("#kelas", last: 9, read: 4, unread: 5)))
        stage.hear(.catchingUp(false))
        #expect(!stage.shows("new ↓"), "\(stage.picture)")
        stage.hear(.changed(row("#kelas", last: 10, read: 4, unread: 6)))
        #expect(stage.shows("1 new ↓"), "\(stage.picture)")
    }

    @Test("what arrives in an inbox that had nothing to choose is chosen, unless something is being written")
    func firstArrival() {
        for isWriting in [false, true] {
            var stage = Stage()
            stage.hear(.conversations([]))
            stage.press(Key(.escape))
            if isWriting { stage.press(Key(.tab), Key(.tab)) }
            if isWriting { stage.submit("/xy") }
            stage.hear(.changed(row("@dewi", last: 1, unread: 1, lastEntry: message("@dewi", 1))))
            #expect(stage.shows(isWriting ? "to nobody yet" : "to dewi"), "\(stage.picture)")
            #expect(line(stage, 0).hasPrefix("dewi"))
        }
    }

    // MARK: Names and keys

    @Test("without borders each pane names itself")
    func titles() {
        var stage = stage(columns: 20, rows: 6)
        #expect(stage.lines[0].contains("Inbox"))
        stage.state.focusPane(.contacts)
        #expect(stage.lines[0].contains("Contacts"))
        stage.state.focusPane(.files)
        #expect(stage.lines[0].contains("Files"))
    }

    @Test("a title does not say the same twice")
    func sameTitle() {
        let stage = stage()
        #expect(!stage.shows("— progjar"))
    }

    @Test("a conversation names the key back to the inbox, and Go to knows the inbox")
    func back() {
        var stage = stage()
        stage.press(Key(.escape))
        #expect(!stage.shows("Esc inbox"))
        stage.open("#kelas")
        #expect(stage.shows("Esc inbox"))
        stage.open("inbox")
        #expect(stage.state.conversation == nil)
        #expect(stage.shows("Esc compose"))
        stage.press(Key(.down))
        #expect(stage.state.focus == .middle)
    }
}
