/// Cells of one row that are to be drawn anew.
package struct ChangedRun: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>
}

extension Grid {
    /// What differs from the grid that is on the screen, left to right and top to bottom.
    ///
    /// A run never cuts a wide glyph of the new grid. If the sizes differ everything is changed.
    package func changes(from previous: Grid) -> [ChangedRun] {
        guard previous.size == size else {
            return (0..<size.rows).map { ChangedRun(row: $0, columns: 0..<size.columns) }
        }
        var runs: [ChangedRun] = []
        for row in 0..<size.rows where !isSame(as: previous, row) {
            var column = 0
            while column < size.columns {
                // A wide glyph is one unit: a change in either half redraws both.
                let unit = unitWidth(row, column)
                guard differs(from: previous, row, column..<(column + unit)) else {
                    column += unit
                    continue
                }
                var end = column + unit
                while end < size.columns {
                    let next = unitWidth(row, end)
                    guard differs(from: previous, row, end..<(end + next)) else { break }
                    end += next
                }
                runs.append(ChangedRun(row: row, columns: column..<end))
                column = end
            }
        }
        return runs
    }

    /// Most rows are as they were: they are passed over as fast as can be.
    private func isSame(as previous: Grid, _ row: Int) -> Bool {
        let range = (row * size.columns)..<((row + 1) * size.columns)
        return cells.withUnsafeBufferPointer { new in
            previous.cells.withUnsafeBufferPointer { old in
                for index in range where new[index] != old[index] { return false }
                return true
            }
        }
    }

    private func unitWidth(_ row: Int, _ column: Int) -> Int {
        self[row, column].width == 2 && column + 1 < size.columns ? 2 : 1
    }

    private func differs(from previous: Grid, _ row: Int, _ columns: Range<Int>) -> Bool {
        let start = row * size.columns
        return columns.contains { cells[start + $0] != previous.cells[start + $0] }
    }
}
