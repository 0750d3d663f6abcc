/// A window on rows of different heights that keeps one of them at its line, whatever comes above or below. Pure arithmetic.
package struct AnchoredWindow: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var row: Int
        package var line: Int
    }

    /// From top to bottom; fewer than the window has only if there are no more.
    package private(set) var lines: [Line] = []

    /// - Parameters:
    ///   - count: how many rows there are.
    ///   - anchor: the row that stays.
    ///   - line: the line of the window at which it begins, as far as the ends allow.
    ///   - height: the lines of a row, at least 1; asked only for rows in sight.
    package init(count: Int, anchor: Int, line: Int, windowRows: Int, height: (Int) -> Int) {
        guard count > 0, windowRows > 0 else { return }
        let anchor = min(max(0, anchor), count - 1)
        var above: [Line] = []
        var first = anchor
        func growUp(to wanted: Int) {
            while above.count < wanted, first > 0 {
                first -= 1
                for line in (0..<max(1, height(first))).reversed() { above.append(Line(row: first, line: line)) }
            }
        }
        growUp(to: min(max(0, line), windowRows - 1))
        let start = min(above.count, min(max(0, line), windowRows - 1))
        var below: [Line] = []
        var next = anchor
        while start + below.count < windowRows, next < count {
            for line in 0..<max(1, height(next)) { below.append(Line(row: next, line: line)) }
            next += 1
        }
        let missing = max(0, windowRows - start - below.count)
        growUp(to: start + missing)
        lines = Array((above.prefix(start + missing).reversed() + below).prefix(windowRows))
    }

    /// The line of the window at which a row begins; nil if its beginning is out of sight.
    package func line(of row: Int) -> Int? {
        lines.firstIndex { $0.row == row && $0.line == 0 }
    }
}
