import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

/// What may keep a person from seeing the open conversation.
enum Hindrance: CaseIterable {
    case overlay, smallWindow, otherPane

    func begin(_ stage: inout Stage) {
        switch self {
        case .overlay: stage.press(Key(.function(1)))
        case .smallWindow: stage.happen(.resized(Size(columns: 19, rows: 5)))
        case .otherPane:
            stage.happen(.resized(Size(columns: 40, rows: 24)))
            stage.press(Key(.tab))
        }
    }

    func end(_ stage: inout Stage) {
        switch self {
        case .overlay: stage.press(Key(.escape))
        case .smallWindow, .otherPane: stage.happen(.resized(Size(columns: 80, rows: 24)))
        }
    }
}

@Suite("The ruler of what is new")
struct RulerTests {
    /// With firman, at the end of so many messages.
    private func opened(_ count: Int64 = 3) -> Stage {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: count, read: count)]))
        stage.open("@firman")
        stage.hear(.page(page("@firman", (1...count).map { message($0) })))
        return stage
    }

    private func message(_ seq: Int64, from author: String = "firman") -> Entry {
        entry("@firman", seq, from: author, "pesan \(seq)", minute: seq)
    }

    private func arrive(_ stage: inout Stage, _ seq: Int64, from author: String = "firman", unread: Int) {
        stage.hear(.changed(row("@firman", last: seq, read: 0, unread: unread)))
        stage.hear(.page(page("@firman", [message(seq, from: author)], .after(Seq(unchecked: seq - 1), at: nil))))
    }

    private func look(_ stage: inout Stage, _ isLooking: Bool) { stage.happen(.input(.focus(isLooking))) }

    /// The line below the ruler, if it is the only one and announces so many.
    private func below(_ stage: Stage, _ count: Int) -> String? {
        guard stage.middle.count(where: { $0.contains("new (") }) == 1,
            let place = stage.middle.firstIndex(where: { $0.contains("new (\(count))") })
        else { return nil }
        return stage.middle[place + 1]
    }

    @Test("it moves to the first entry of the next absence, and counts on while that lasts")
    func nextAbsence() {
        var stage = opened()
        look(&stage, false)
        arrive(&stage, 4, unread: 1)
        #expect(below(stage, 1)?.contains("pesan 4") == true)
        look(&stage, true)
        #expect(below(stage, 1)?.contains("pesan 4") == true, "where one looks it stays")
        look(&stage, false)
        #expect(below(stage, 1)?.contains("pesan 4") == true)
        for seq in 5...7 as ClosedRange<Int64> {
            arrive(&stage, seq, unread: Int(seq) - 4)
            #expect(below(stage, Int(seq) - 4)?.contains("pesan 5") == true, "\(stage.picture)")
        }
    }

    @Test("without focus reports an absence begins a minute after the last key")
    func minute() {
        var stage = opened()
        stage.wait(milliseconds: 61_000)
        arrive(&stage, 4, unread: 1)
        stage.press(Key(.left))
        stage.wait(milliseconds: 61_000)
        for seq in 5...7 as ClosedRange<Int64> { arrive(&stage, seq, unread: Int(seq) - 4) }
        #expect(below(stage, 3)?.contains("pesan 5") == true, "\(stage.picture)")
    }

    @Test("what comes while something hides the conversation is not read before it can be seen", arguments: Hindrance.allCases)
    func hidden(_ hindrance: Hindrance) {
        var stage = opened()
        look(&stage, true)
        hindrance.begin(&stage)
        stage.forget()
        arrive(&stage, 4, unread: 1)
        #expect(!stage.intents.contains { $0.hasPrefix("markRead") })
        hindrance.end(&stage)
        #expect(stage.intents.last == "markRead @firman 4")
        #expect(below(stage, 1)?.contains("pesan 4") == true, "\(stage.picture)")
    }

    @Test("what I said elsewhere is not new: it is neither counted nor below the ruler")
    func mine() {
        var stage = opened()
        look(&stage, false)
        arrive(&stage, 4, from: "alam", unread: 0)
        #expect(!stage.shows("new ("))
        arrive(&stage, 5, unread: 1)
        arrive(&stage, 6, from: "alam", unread: 1)
        arrive(&stage, 7, unread: 2)
        #expect(below(stage, 2)?.contains("pesan 5") == true, "\(stage.picture)")
    }

    @Test("it stands nowhere but at its place: not above the oldest that is loaded, and there again when that is")
    func farAway() {
        var stage = Stage()
        let unread = Limits.unreadCount
        stage.hear(.conversations([row("@firman", last: 3000, read: 500, unread: unread)]))
        stage.open("@firman")
        stage.hear(
            .page(
                page(
                    "@firman", (451...550).map { message($0) }, .around(Seq(unchecked: 500)), moreBefore: true,
                    moreAfter: true)))
        #expect(stage.shows("new (\(unread)+)"), "\(stage.picture)")
        stage.press(Key(.end, .control))
        stage.hear(.page(page("@firman", (2901...3000).map { message($0) }, moreBefore: true)))
        stage.hear(.changed(row("@firman", last: 3000, read: 3000)))
        #expect(stage.shows("pesan 3000"))
        stage.press(Key(.home, .control))
        #expect(stage.shows("pesan 2901") && !stage.shows("new ("), "\(stage.picture)")
        var first: Int64 = 2901
        while first > 401 {
            stage.press(Key(.home, .control))
            let older = (first - 100)...(first - 1)
            stage.hear(.page(page("@firman", older.map { message($0) }, .before(Seq(unchecked: first)), moreBefore: true)))
            first -= 100
        }
        stage.press(Key(.home, .control))
        for _ in 0..<20 where !stage.shows("new (") { stage.press(Key(.pageDown)) }
        let isThere = zip(stage.middle, stage.middle.dropFirst()).contains { line, next in
            line.contains("new (\(unread)+)") && next.contains("pesan 501")
        }
        #expect(isThere, "\(stage.picture)")
    }

    @Test("while it is looked at it does not go, and a window that ends at it stays where it is")
    func nothingJumps() {
        var stage = opened(60)
        look(&stage, false)
        arrive(&stage, 61, unread: 1)
        look(&stage, true)
        // Scrolled until the ruler is the last line.
        stage.happen(.input(.mouse(MouseEvent(.wheelUp, at: Position(row: 5, column: 40)))))
        stage.state.scroll(upBy: -2)
        let seen = stage.middle
        #expect(seen.last?.contains("new (1)") == true, "\(stage.picture)")
        arrive(&stage, 62, unread: 1)
        #expect(stage.middle == seen)
        look(&stage, false)
        arrive(&stage, 63, unread: 2)
        #expect(stage.middle.last?.contains("pesan 60") == true, "\(stage.picture)")
        #expect(!stage.shows("new ("))
        stage.press(Key(.end, .control))
        #expect(below(stage, 2)?.contains("pesan 62") == true, "\(stage.picture)")
    }
}
