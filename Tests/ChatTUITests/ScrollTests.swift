import ChatTesting
import Testing

@testable import ChatTUI

@Suite("Scrolling")
struct ScrollTests {
    private func geometry(_ heights: [Int], rows: Int) -> ScrollGeometry<Int> {
        ScrollGeometry(ids: Array(heights.indices), windowRows: rows) { heights[$0] }
    }

    private func flat(_ heights: [Int]) -> [ScrollGeometry<Int>.Line] {
        heights.enumerated().flatMap { block, height in (0..<height).map { .init(block: block, line: $0) } }
    }

    @Test("at the end the last lines are seen")
    func end() {
        let lines = geometry([2, 3, 1], rows: 3).visible(at: .end)
        #expect(lines == [.init(block: 1, line: 1), .init(block: 1, line: 2), .init(block: 2, line: 0)])
    }

    @Test("what arrives below does not move what is read")
    func nothingJumps() {
        let position = geometry([2, 3, 1], rows: 3).moved(.end, upBy: 2)
        let before = geometry([2, 3, 1], rows: 3).visible(at: position)
        #expect(geometry([2, 3, 1, 5, 5], rows: 3).visible(at: position) == before)
    }

    @Test("moving agrees with moving through all lines one by one", arguments: 0..<60 as Range<UInt64>)
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let heights = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int.random(in: 1...5, using: &random) }
        let rows = Int.random(in: 1...10, using: &random)
        let all = flat(heights)
        let geometry = geometry(heights, rows: rows)
        var position = ScrollPosition<Int>.end
        var bottom = all.count - 1
        for _ in 0..<50 {
            let steps = Int.random(in: -7...7, using: &random)
            position = geometry.moved(position, upBy: steps)
            bottom = min(all.count - 1, max(min(rows, all.count) - 1, bottom - steps))
            let first = max(0, bottom - rows + 1)
            #expect(geometry.visible(at: position) == Array(all[first...min(all.count - 1, first + rows - 1)]))
            #expect(geometry.isAtEnd(position) == (bottom == all.count - 1))
        }
    }

    @Test("revealing a block brings all of it into sight if it fits", arguments: 0..<40 as Range<UInt64>)
    func revealing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let heights = (0..<10).map { _ in Int.random(in: 1...3, using: &random) }
        let geometry = geometry(heights, rows: 5)
        var position = ScrollPosition<Int>.end
        for _ in 0..<20 {
            let block = Int.random(in: 0..<10, using: &random)
            position = geometry.revealing(block, from: position)
            let seen = geometry.visible(at: position).filter { $0.block == block }.count
            #expect(seen == heights[block])
        }
    }

    @Test("a block is put at the top where enough follows, else the end is shown")
    func topped() {
        let geometry = geometry([1, 1, 1, 1, 1], rows: 3)
        #expect(geometry.visible(at: geometry.topped(by: 1)).first?.block == 1)
        #expect(geometry.topped(by: 4) == .end)
    }

    @Test("an empty list is at its end")
    func empty() {
        #expect(geometry([], rows: 3).visible(at: .end).isEmpty)
        #expect(geometry([], rows: 3).isAtEnd(.end))
        #expect(geometry([], rows: 3).moved(.end, upBy: 4) == .end)
    }
}
