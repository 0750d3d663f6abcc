import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

/// Scrolling, and loading what is scrolled to.
extension ConversationTests {
    private func long(_ stage: inout Stage, moreBefore: Bool = true) {
        stage.hear(.changed(row("@firman", last: 100, read: 100)))
        stage.hear(.page(page("@firman", Self.entries(41...100), moreBefore: moreBefore)))
        stage.forget()
    }

    @Test("scrolled up, nothing moves when a message arrives; it is announced")
    func nothingJumps() {
        var stage = opened()
        long(&stage)
        stage.press(Key(.pageUp))
        let before = stage.middle
        stage.hear(.changed(row("@firman", last: 101, read: 100, unread: 1)))
        stage.hear(.page(page("@firman", [entry("@firman", 101, from: "firman", "baru")], .after(Seq(unchecked: 100), at: nil))))
        #expect(stage.middle == before)
        #expect(stage.shows("1 new ↓"))
        #expect(!stage.intents.contains("markRead @firman 101"))
        stage.press(Key(.end, .control))
        #expect(stage.shows("baru"))
        #expect(stage.intents.contains("markRead @firman 101"))
    }

    @Test("the keys that go to the oldest and the newest in compose do so among the messages, too", arguments: [false, true])
    func ends(amongMessages: Bool) {
        var stage = opened()
        long(&stage, moreBefore: false)
        if amongMessages { stage.state.focusPane(.middle) }
        stage.press(Key(.home, .control))
        #expect(stage.shows("pesan 41") && !stage.shows("pesan 100"))
        stage.press(Key(.end, .control))
        #expect(stage.shows("pesan 100") && !stage.shows("pesan 41"))
    }

    @Test("near the top older messages are asked for, once")
    func loadsOlder() {
        var stage = opened()
        long(&stage)
        for _ in 0..<5 { stage.press(Key(.pageUp)) }
        #expect(stage.intents == ["load @firman before 41"])
        let seen = stage.middle.suffix(15)
        stage.hear(.page(page("@firman", Self.entries(1...40), .before(Seq(unchecked: 41)))))
        #expect(stage.middle.suffix(15) == seen, "what is read stays where it is")
        for _ in 0..<5 { stage.press(Key(.pageUp)) }
        #expect(stage.shows("the beginning"))
    }

    @Test("an answer that brings nothing is not asked for again and again")
    func stalls() {
        var stage = opened()
        long(&stage)
        for _ in 0..<5 { stage.press(Key(.pageUp)) }
        stage.hear(.page(page("@firman", [], .before(Seq(unchecked: 41)), moreBefore: true)))
        stage.forget()
        stage.press(Key(.pageUp), Key(.pageDown), Key(.pageUp))
        #expect(stage.intents.isEmpty)
        stage.hear(.connection(.online))
        #expect(stage.intents == ["load @firman before 41"])
    }

    @Test("it opens where reading stopped, with the ruler at the top")
    func opensAtRuler() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 100, read: 60, unread: 40)]))
        stage.submit("/chat firman")
        stage.hear(.page(page("@firman", Self.entries(41...100), moreBefore: true)))
        #expect(stage.lines[2].contains("new (40)"), "\(stage.picture)")
        #expect(!stage.intents.contains("markRead @firman 100"))
    }

    @Test("at most a thousand entries are held, and the end is found again")
    func bounded() {
        var stage = opened()
        stage.hear(.changed(row("@firman", last: 3000, read: 3000)))
        stage.hear(.page(page("@firman", Self.entries(2901...3000), moreBefore: true)))
        var first: Int64 = 2901
        while first > 1500 {
            stage.press(Key(.home, .control))
            stage.hear(
                .page(
                    page("@firman", Self.entries((first - 100)...(first - 1)), .before(Seq(unchecked: first)), moreBefore: true)))
            first -= 100
        }
        let held = stage.state.conversation?.timeline.entries.count ?? 0
        #expect(held <= Timeline.capacity && held >= Timeline.capacity / 2)
        #expect(stage.state.conversation?.timeline.moreAfter == true)
        stage.forget()
        stage.press(Key(.end, .control))
        #expect(stage.intents.contains("load @firman newest"))
        stage.hear(.page(page("@firman", Self.entries(2901...3000), moreBefore: true)))
        #expect(stage.shows("pesan 3000"))
    }

    @Test("an end that came into sight by itself is followed as any other")
    func followsWhatIsInSight() {
        var stage = opened(rows: 14)
        stage.hear(.changed(row("@firman", last: 15, read: 15)))
        stage.hear(.page(page("@firman", Self.entries(1...15))))
        stage.press(Key(.home, .control))
        #expect(!stage.shows("pesan 15"))
        stage.happen(.resized(Size(columns: 80, rows: 30)))
        #expect(stage.shows("pesan 15"))
        stage.hear(.changed(row("@firman", last: 60, read: 15, unread: 23)))
        stage.hear(.page(page("@firman", Self.entries(16...60), .after(Seq(unchecked: 15), at: nil))))
        #expect(stage.shows("pesan 60"), "\(stage.picture)")
    }

    @Test("what is read stays in sight however much arrives below, and all of it is announced and reached")
    func flooded() {
        var stage = opened()
        long(&stage, moreBefore: false)
        for _ in 0..<3 { stage.press(Key(.pageUp)) }
        let reading = stage.middle
        var loaded: Int64 = 100
        func answer(through last: Int64) {
            guard stage.intents.last == "load @firman after \(loaded)" else { return }
            let page = page(
                "@firman", Self.entries((loaded + 1)...(loaded + 100)), .after(Seq(unchecked: loaded), at: nil),
                moreAfter: loaded + 100 < last)
            loaded += 100
            stage.hear(.page(page))
        }
        for last in stride(from: Int64(200), through: 2100, by: 100) {
            stage.hear(.changed(row("@firman", last: last, read: 100, unread: Int(last - 100))))
            answer(through: last)
        }
        #expect(stage.middle == reading)
        #expect(stage.shows("1000+ new ↓"))
        #expect(!stage.intents.contains { $0.hasPrefix("markRead") })
        var seen: Set<Int> = []
        for _ in 0..<400 where !stage.shows("pesan 2100") {
            for line in stage.middle {
                if let number = line.split(separator: " ").compactMap({ Int($0) }).last { seen.insert(number) }
            }
            stage.press(Key(.pageDown))
            answer(through: 2100)
        }
        #expect(stage.shows("pesan 2100"))
        #expect(Set(101...2080).isSubset(of: seen), "every page of what came was passed")
    }
}
