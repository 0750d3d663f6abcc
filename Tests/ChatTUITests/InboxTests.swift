import ChatClient
import ChatProtocol
import ChatTerminal
import ChatTesting
import Testing

@testable import ChatTUI

@Suite("Reading in the inbox")
struct InboxReadingTests {
    /// A mention in a room, two messages of firman, and many in another room; the pages have come.
    private func stage(rows: Int = 24) -> Stage {
        var stage = Stage(rows: rows)
        stage.hear(
            .conversations([
                row("#progjar", last: 9, read: 4, unread: 5, lastEntry: entry("#progjar", 9, from: "firman", "rapat", minute: 1)),
                row("@firman", last: 5, read: 3, unread: 2, lastEntry: entry("@firman", 5, from: "firman", "hai", minute: 9)),
                row(
                    "#kelas", last: 9, read: 8, unread: 1, mentions: 1,
                    lastEntry: entry("#kelas", 9, from: "dewi", "@alam?", minute: 3)),
                row("@budi", last: 1, read: 1, lastEntry: entry("@budi", 1, from: "budi", "oke")),
            ]))
        answer(&stage)
        return stage
    }

    private func answer(_ stage: inout Stage) {
        stage.hear(.page(page("#kelas", [entry("#kelas", 9, from: "dewi", "@alam?", minute: 3)], after(8))))
        stage.hear(
            .page(
                page(
                    "@firman",
                    [
                        entry("@firman", 4, from: "firman", "halo", minute: 8),
                        entry("@firman", 5, from: "firman", "hai", minute: 9),
                    ],
                    after(3))))
        let many = (5...9).map { entry("#progjar", $0, from: $0 == 6 ? "alam" : "chendra", "rapat \($0)", minute: $0) }
        stage.hear(.page(page("#progjar", many, after(4))))
    }

    private func after(_ seq: Int64) -> History.Anchor { .after(Seq(unchecked: seq), at: nil) }

    private func choice(_ stage: Stage) -> InboxList.Row? { stage.state.inbox.selection }

    @Test("each section is asked for from where reading stopped, once")
    func loading() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 5, read: 3, unread: 2), row("#progjar", last: 9, read: 4, unread: 5)]))
        #expect(stage.intents == ["load @firman after 3", "load #progjar after 4"])
        stage.forget()
        stage.press(Key(.up), Key(.down))
        #expect(stage.intents.isEmpty)
    }

    @Test("entries of others stand under the name of their conversation, the most urgent first")
    func sections() {
        let stage = stage()
        let order = ["#kelas", "@alam?", "firman", "halo", "hai", "#progjar", "rapat 5", "rapat 7", "rapat 9", "RECENT", "budi"]
        var last = -1
        for text in order {
            let found = stage.middle.indices.first { $0 > last && stage.middle[$0].contains(text) }
            #expect(found != nil, "\(text) is missing in\n\(stage.picture)")
            last = found ?? last
        }
        #expect(!stage.middle.contains { $0.contains("rapat 6") }, "what I said myself is not news")
        #expect(stage.middle.contains { $0.contains("#kelas") && $0.contains("@ 1") })
        #expect(stage.shows("Start a chat"))
    }

    @Test("going down past an entry marks its conversation read up to there; it dims and stays")
    func passing() {
        var stage = stage()
        stage.forget()
        stage.press(Key(.up))
        #expect(choice(stage) == .entry(conversation("#kelas"), Seq(unchecked: 9)))
        #expect(stage.intents.isEmpty)
        stage.press(Key(.down))
        #expect(stage.intents == ["markRead #kelas 9"])
        stage.press(Key(.down))
        #expect(stage.intents == ["markRead #kelas 9", "markRead @firman 4"])
        stage.hear(.changed(row("#kelas", last: 9, read: 9)))
        let line = stage.state.layout.middle.map { $0.row + 1 } ?? 0
        #expect(stage.lines[line].contains("@alam?"))
        #expect(stage.grid[line, 30].role == "list.muted")
        stage.press(Key(.up), Key(.down))
        #expect(stage.intents.count == 2, "going up marks nothing, and nothing is marked twice")
        stage.press(Key(.end))
        #expect(stage.intents.suffix(2) == ["markRead @firman 5", "markRead #progjar 9"])
    }

    @Test("what was read leaves when the inbox closes")
    func leaving() {
        var stage = stage()
        stage.press(Key(.up), Key(.down))
        stage.hear(.changed(row("#kelas", last: 9, read: 9)))
        #expect(stage.shows("@alam?"))
        stage.open("@budi")
        stage.press(Key(.escape))
        #expect(!stage.state.inbox.unread.contains(conversation("#kelas")))
    }

    @Test("below the last row is compose")
    func below() {
        var stage = stage()
        stage.press(Key(.up), Key(.end), Key(.down))
        #expect(stage.state.focus == .compose)
    }

    @Test("Enter opens the conversation at the entry, which becomes the first line")
    func opening() {
        var stage = Stage()
        stage.hear(.conversations([row("#progjar", last: 90, read: 40, unread: 50)]))
        let all = (1...90).map { entry("#progjar", $0, from: "chendra", "rapat \($0)", minute: $0) }
        stage.hear(.page(page("#progjar", Array(all[40...]), after(40))))
        stage.press(Key(.up), Key(.down), Key(.down))
        stage.forget()
        stage.press(Key(.enter))
        #expect(stage.intents.first == "load #progjar around 43")
        stage.hear(.page(page("#progjar", Array(all[40...]), after(40))))
        #expect(stage.state.conversation?.timeline.entries.isEmpty == true, "that was an answer to the inbox")
        stage.hear(.page(page("#progjar", all, .around(Seq(unchecked: 43)))))
        #expect(stage.middle.first?.contains("rapat 43") == true, "\(stage.picture)")
        #expect(stage.state.focus == .compose)
    }

    @Test("what arrives joins its section without moving the chosen entry, and is announced where it is out of sight")
    func arrivals() {
        var stage = stage(rows: 14)
        stage.press(Key(.up), Key(.down))
        let before = stage.grid.cursor
        stage.hear(.changed(row("#kelas", last: 10, read: 9, unread: 1)))
        #expect(stage.intents.last == "load #kelas after 9")
        stage.hear(.page(page("#kelas", [entry("#kelas", 10, from: "dewi", "satu lagi")], after(9))))
        #expect(stage.grid.cursor == before)
        stage.hear(.changed(row("#progjar", last: 11, read: 4, unread: 7)))
        let more = (10...11).map { entry("#progjar", $0, from: "chendra", "rapat \($0)") }
        stage.hear(.page(page("#progjar", more, after(9))))
        #expect(stage.grid.cursor == before)
        #expect(stage.shows("2 new ↓"), "\(stage.picture)")
        stage.press(Key(.end))
        #expect(!stage.shows("new ↓"))
    }

    @Test("a page asked for once is taken once, even if it comes from the cache first and whole afterwards")
    func pagesTwice() {
        var stage = stage()
        answer(&stage)
        #expect(stage.state.inbox.section(of: conversation("@firman"))?.entries.count == 2)
    }

    @Test("an answer that brings nothing is not asked for again until something changes")
    func stalls() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 5, read: 3, unread: 2)]))
        stage.forget()
        stage.hear(.page(page("@firman", [], after(3), moreAfter: true)))
        stage.press(Key(.up))
        #expect(stage.intents.isEmpty)
        stage.hear(.connection(.online))
        #expect(stage.intents == ["load @firman after 3"])
    }

    @Test("long messages are cut, and Start a chat leads to the contacts")
    func ends() {
        var stage = stage()
        let long = String(repeating: "panjang sekali ", count: 60)
        stage.hear(.changed(row("@firman", last: 6, read: 3, unread: 3)))
        stage.hear(.page(page("@firman", [entry("@firman", 6, from: "firman", long)], after(5))))
        #expect(stage.lines.count { $0.contains("panjang sekali") } == State.inboxEntryLines)
        stage.press(Key(.up), Key(.end), Key(.enter))
        #expect(stage.state.focus == .contacts)
    }

    @Test("the chosen row stays at its line as far as the ends allow", arguments: 0..<40 as Range<UInt64>)
    func window(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let heights = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int.random(in: 1...4, using: &random) }
        let total = heights.reduce(0, +)
        for _ in 0..<30 {
            let anchor = Int.random(in: 0..<heights.count, using: &random)
            let rows = Int.random(in: 1...14, using: &random)
            let line = Int.random(in: 0..<rows, using: &random)
            let window = AnchoredWindow(count: heights.count, anchor: anchor, line: line, windowRows: rows) { heights[$0] }
            #expect(window.lines.count == min(rows, total))
            let all = heights.enumerated().flatMap { row, height in (0..<height).map { AnchoredWindow.Line(row: row, line: $0) } }
            let above = heights[..<anchor].reduce(0, +)
            let first = min(max(0, above - line), max(0, total - rows))
            #expect(window.lines == Array(all[first..<(first + window.lines.count)]))
        }
    }
}
