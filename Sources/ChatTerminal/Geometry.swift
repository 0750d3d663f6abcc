/// A place on the screen, counted from 0 at the top left.
package struct Position: Hashable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// How much fits, in cells.
package struct Size: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A rectangle of cells. It may be empty, and it may lie partly outside of any grid: drawing clips.
package struct Rect: Hashable, Sendable {
    package var row: Int
    package var column: Int
    package var columns: Int
    package var rows: Int

    package init(row: Int, column: Int, columns: Int, rows: Int) {
        self.row = row
        self.column = column
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    package init(_ size: Size) {
        self.init(row: 0, column: 0, columns: size.columns, rows: size.rows)
    }

    package var origin: Position { Position(row: row, column: column) }
    package var size: Size { Size(columns: columns, rows: rows) }
    package var isEmpty: Bool { columns == 0 || rows == 0 }
    package var rowRange: Range<Int> { row..<(row + rows) }
    package var columnRange: Range<Int> { column..<(column + columns) }

    package func contains(_ position: Position) -> Bool {
        rowRange.contains(position.row) && columnRange.contains(position.column)
    }

    /// What both cover; empty where they do not meet.
    package func intersection(_ other: Rect) -> Rect {
        let top = max(row, other.row)
        let left = max(column, other.column)
        return Rect(
            row: top, column: left,
            columns: min(columnRange.upperBound, other.columnRange.upperBound) - left,
            rows: min(rowRange.upperBound, other.rowRange.upperBound) - top)
    }

    /// The rectangle without so many cells on each side.
    package func inset(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) -> Rect {
        Rect(row: row + top, column: column + left, columns: columns - left - right, rows: rows - top - bottom)
    }

    /// The part of this rectangle that is row `index` counted from its top.
    package func line(_ index: Int) -> Rect {
        Rect(row: row + index, column: column, columns: columns, rows: index >= 0 && index < rows ? 1 : 0)
    }
}
