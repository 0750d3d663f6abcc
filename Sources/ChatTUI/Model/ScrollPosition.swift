/// Where a reader is among lines that come in blocks: by the block that the last visible line belongs to, so that nothing
/// moves when blocks come or go above or below.
package enum ScrollPosition<ID: Hashable & Sendable>: Hashable, Sendable {
    /// At the end, and following it.
    case end
    /// The last visible line is that of this block, with so many lines of the block hidden below.
    case block(ID, hidden: Int)
}

/// Lines in blocks of known heights, seen through a window. Pure arithmetic.
package struct ScrollGeometry<ID: Hashable & Sendable> {
    private let ids: [ID]
    private let height: (Int) -> Int
    private let windowRows: Int

    /// - Parameters:
    ///   - ids: the blocks from top to bottom.
    ///   - windowRows: the lines that can be seen.
    ///   - height: the lines of the block at an index, at least 1; asked only for blocks that matter.
    package init(ids: [ID], windowRows: Int, height: @escaping (Int) -> Int) {
        self.ids = ids
        self.windowRows = max(1, windowRows)
        self.height = height
    }

    /// A line: which block, and which line of it.
    package struct Line: Hashable, Sendable {
        package var block: Int
        package var line: Int
    }

    /// The lines to show, from top to bottom. Fewer than the window only if there are no more.
    package func visible(at position: ScrollPosition<ID>) -> [Line] {
        guard var bottom = bottomLine(of: position) else { return [] }
        var lines = [bottom]
        var top = bottom
        while lines.count < windowRows, let above = line(above: top) {
            top = above
            lines.append(above)
        }
        lines.reverse()
        // Near the top the window is filled downwards.
        while lines.count < windowRows, let below = line(below: bottom) {
            bottom = below
            lines.append(below)
        }
        return lines
    }

    /// The position so many lines further up (or down, if negative), not beyond the first or the last line.
    package func moved(_ position: ScrollPosition<ID>, upBy count: Int) -> ScrollPosition<ID> {
        guard var bottom = visible(at: position).last else { return .end }
        if count < 0 {
            for _ in 0..<(-count) {
                guard let below = line(below: bottom) else { return .end }
                bottom = below
            }
            return self.position(of: bottom)
        }
        let top = visible(at: position).first
        // Only as far as the top has lines to give.
        var available = 0
        var walk = top
        while available < count, let current = walk, let above = line(above: current) {
            walk = above
            available += 1
        }
        for _ in 0..<available {
            guard let above = line(above: bottom) else { break }
            bottom = above
        }
        return self.position(of: bottom)
    }

    /// The position at which a block is in sight, moved as little as possible.
    package func revealing(_ id: ID, from position: ScrollPosition<ID>) -> ScrollPosition<ID> {
        guard let index = ids.firstIndex(of: id) else { return position }
        let shown = visible(at: position)
        guard let first = shown.first, let last = shown.last else { return position }
        let lastLine = Line(block: index, line: max(0, height(index) - 1))
        if index > last.block || (index == last.block && last.line < lastLine.line) {
            return self.position(of: lastLine)
        }
        if index < first.block || (index == first.block && first.line > 0) {
            // The block's first line becomes the top.
            var bottom = Line(block: index, line: 0)
            for _ in 1..<max(2, windowRows) {
                guard let below = line(below: bottom) else { break }
                bottom = below
            }
            return self.position(of: bottom)
        }
        return position
    }

    /// The position at which a block's first line is the topmost, or the end if less than a window follows.
    package func topped(by id: ID) -> ScrollPosition<ID> {
        guard let index = ids.firstIndex(of: id) else { return .end }
        var bottom = Line(block: index, line: 0)
        for _ in 1..<max(2, windowRows) {
            guard let below = line(below: bottom) else { return .end }
            bottom = below
        }
        return position(of: bottom)
    }

    /// Whether the last line is in sight.
    package func isAtEnd(_ position: ScrollPosition<ID>) -> Bool {
        if position == .end { return true }
        guard let last = visible(at: position).last else { return true }
        return line(below: last) == nil
    }

    private func bottomLine(of position: ScrollPosition<ID>) -> Line? {
        guard let last = ids.indices.last else { return nil }
        if case .block(let id, let hidden) = position, let index = ids.firstIndex(of: id) {
            return Line(block: index, line: max(0, height(index) - 1 - hidden))
        }
        return Line(block: last, line: max(0, height(last) - 1))
    }

    private func position(of bottom: Line) -> ScrollPosition<ID> {
        if line(below: bottom) == nil { return .end }
        return .block(ids[bottom.block], hidden: max(0, height(bottom.block) - 1 - bottom.line))
    }

    private func line(above line: Line) -> Line? {
        if line.line > 0 { return Line(block: line.block, line: line.line - 1) }
        guard line.block > 0 else { return nil }
        return Line(block: line.block - 1, line: max(0, height(line.block - 1) - 1))
    }

    private func line(below line: Line) -> Line? {
        if line.line + 1 < height(line.block) { return Line(block: line.block, line: line.line + 1) }
        guard line.block + 1 < ids.count else { return nil }
        return Line(block: line.block + 1, line: 0)
    }
}
