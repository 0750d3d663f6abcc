import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText
import Testing

@testable import ChatTUI

@Suite("Lines laid out once")
struct LineMemoryTests {
    private func opened(columns: Int) -> Stage {
        var stage = Stage(columns: columns)
        stage.hear(.conversations([row("@firman", last: 60, read: 60)]))
        stage.submit("/chat firman")
        let text = "kata yang cukup panjang untuk dua baris di layar yang sempit, 日本語 juga"
        stage.hear(
            .page(page("@firman", (1...60).map { entry("@firman", $0, from: "firman", "\($0) " + text, minute: $0) })))
        return stage
    }

    @Test("another width is laid out anew, and looks as if it had always been so", arguments: [40, 61, 80, 130])
    func width(columns: Int) {
        var stage = opened(columns: 80)
        for _ in 0..<3 { stage.press(Key(.pageUp)) }
        stage.press(Key(.end, .control))
        _ = stage.grid
        stage.happen(.resized(Size(columns: columns, rows: 24)))
        #expect(stage.lines == opened(columns: columns).lines)
    }

    @Test("an item that changed under its id is laid out anew")
    func change() {
        let layout = MessageLayout(width: 60, me: Stage.me, clock: .init(), language: .english, currentYear: 2026)
        let memory = LineMemory()
        for text in ["satu", "dua", "satu"] {
            let item = Timeline.Item.entry(entry("@firman", 1, from: "firman", text))
            #expect(memory.lines(of: item, in: layout) == layout.lines(of: item))
        }
    }

    @Test("more items than it holds are no trouble")
    func bounded() {
        let layout = MessageLayout(width: 60, me: Stage.me, clock: .init(), language: .english, currentYear: 2026)
        let memory = LineMemory()
        for seq in 1...2000 as ClosedRange<Int64> {
            let item = Timeline.Item.entry(entry("@firman", seq, from: "firman", "pesan \(seq)"))
            #expect(memory.lines(of: item, in: layout) == layout.lines(of: item))
        }
    }
}
