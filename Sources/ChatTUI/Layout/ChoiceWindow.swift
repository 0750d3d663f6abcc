package import ChatTerminal

/// The part of a list that is in sight in an overlay, the chosen row in its middle as far as the list goes. Pure arithmetic.
package struct ChoiceWindow: Hashable, Sendable {
    /// The rows in sight.
    package let rows: Range<Int>
    package let choice: Int
    private let area: Rect
    private let height: Int

    /// - Parameters:
    ///   - count: all rows of the list.
    ///   - height: lines of each.
    package init(count: Int, choice: Int, area: Rect, height: Int = 1) {
        let shown = max(1, area.rows / height)
        let first = min(max(0, choice - shown / 2), max(0, count - shown))
        rows = first..<min(count, first + shown)
        self.choice = choice
        self.area = area
        self.height = height
    }

    /// Where a row in sight stands.
    package func place(of row: Int) -> Rect {
        let top = (row - rows.lowerBound) * height
        return area.inset(top: top, bottom: max(0, area.rows - top - height))
    }

    /// The row that stands there.
    package func row(at position: Position) -> Int? { rows.first { place(of: $0).contains(position) } }
}
