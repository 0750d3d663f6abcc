/// One cell of the screen: what it shows, and as what.
package struct Cell: Hashable, Sendable {
    package var glyph: Glyph
    /// What the letter is for.
    package var role: Role
    /// What lies under it, such as a selected row; the colours that the role leaves open come from here.
    package var ground: Role
    package var emphasis: Emphasis
    /// 1, 2 for the left half of a wide glyph, 0 for its right half.
    package var width: UInt8

    package init(
        glyph: Glyph = .space, role: Role = .standard, ground: Role = .standard, emphasis: Emphasis = [], width: UInt8 = 1
    ) {
        self.glyph = glyph
        self.role = role
        self.ground = ground
        self.emphasis = emphasis
        self.width = width
    }

    package static let blank = Cell()
}

/// A screenful of cells that panes draw into. Nothing here knows a terminal; tests compare grids.
///
/// A wide glyph is always whole: it is drawn only if both halves fit, and overwriting one half blanks the other.
/// Everything clips: writing outside of the grid or of the given rectangle does nothing.
package struct Grid: Hashable, Sendable {
    package let size: Size
    /// Row by row.
    package internal(set) var cells: [Cell]
    /// Where the terminal's cursor stands; hidden if absent.
    package var cursor: Position?

    package init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    package var bounds: Rect { Rect(size) }

    /// The cell at the place; blank outside.
    package subscript(row: Int, column: Int) -> Cell {
        contains(row, column) ? cells[row * size.columns + column] : .blank
    }

    func contains(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < size.rows && column >= 0 && column < size.columns
    }

    /// Changes one cell, and blanks the other half of a wide glyph that it cuts in two. The place must be inside.
    mutating func put(_ cell: Cell, _ row: Int, _ column: Int) {
        let index = row * size.columns + column
        let old = cells[index]
        if old.width == 0, column > 0 {
            blank(index - 1)
        } else if old.width == 2, column + 1 < size.columns {
            blank(index + 1)
        }
        cells[index] = cell
    }

    private mutating func blank(_ index: Int) {
        cells[index].glyph = .space
        cells[index].width = 1
    }
}
