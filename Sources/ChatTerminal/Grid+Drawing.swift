import TerminalText

extension Grid {
    /// Writes text from the place rightwards, clipped to the rectangle, over the ground that is there.
    ///
    /// A wide glyph that does not fit whole at the right edge leaves a blank. Control characters are shown as U+FFFD.
    /// - Returns: the column after the text, were nothing clipped.
    @discardableResult
    package mutating func write(
        _ text: String, at position: Position, in clip: Rect? = nil, role: Role = .standard, emphasis: Emphasis = []
    ) -> Int {
        let area = bounds.intersection(clip ?? bounds)
        var column = position.column
        let isVisible = area.rowRange.contains(position.row)
        // Most text is plain, and then every byte is a cell.
        if isVisible, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            for byte in text.utf8 {
                if area.columnRange.contains(column) {
                    let ground = cells[position.row * size.columns + column].ground
                    let glyph = Glyph(Unicode.Scalar(byte))
                    put(Cell(glyph: glyph, role: role, ground: ground, emphasis: emphasis), position.row, column)
                }
                column += 1
            }
            return column
        }
        for character in text {
            guard isVisible, column < area.columnRange.upperBound else {
                column += CellWidth.width(of: character)
                continue
            }
            CellWidth.forEachAtom(of: character) { atom in
                writeAtom(atom, position.row, column, area, role, emphasis)
                column += atom.width
            }
        }
        return column
    }

    /// Makes every cell of the rectangle a blank (or the given character, of width 1) in that role and ground.
    package mutating func fill(
        _ rect: Rect, with character: Unicode.Scalar = " ", role: Role = .standard, ground: Role = .standard
    ) {
        let area = bounds.intersection(rect)
        let glyph = CellWidth.width(of: character) == 1 ? Glyph(character) : .replacement
        let cell = Cell(glyph: glyph, role: role, ground: ground)
        for row in area.rowRange {
            for column in area.columnRange { put(cell, row, column) }
        }
    }

    /// Lays a ground under what the rectangle shows, such as the selected row's.
    package mutating func setGround(_ ground: Role, of rect: Rect) {
        change(rect) { $0.ground = ground }
    }

    /// Gives what the rectangle shows another role, such as all of a dimmed row.
    package mutating func setRole(_ role: Role, of rect: Rect) {
        change(rect) { $0.role = role }
    }

    /// Adds emphasis to what the rectangle shows.
    package mutating func addEmphasis(_ emphasis: Emphasis, to rect: Rect) {
        change(rect) { $0.emphasis.formUnion(emphasis) }
    }

    /// Copies another grid to the place, such as a pane or an overlay drawn by itself; its cursor comes along if it has one.
    package mutating func place(_ other: Grid, at position: Position) {
        let area = bounds.intersection(
            Rect(row: position.row, column: position.column, columns: other.size.columns, rows: other.size.rows))
        for row in area.rowRange {
            for column in area.columnRange {
                var cell = other[row - position.row, column - position.column]
                let isCutLeft = cell.width == 0 && column == area.column
                let isCutRight = cell.width == 2 && column == area.columnRange.upperBound - 1
                if isCutLeft || isCutRight {
                    cell.glyph = .space
                    cell.width = 1
                }
                put(cell, row, column)
            }
        }
        if let inner = other.cursor {
            cursor = Position(row: inner.row + position.row, column: inner.column + position.column)
        }
    }

    private mutating func change(_ rect: Rect, _ body: (inout Cell) -> Void) {
        let area = bounds.intersection(rect)
        for row in area.rowRange {
            for column in area.columnRange { body(&cells[row * size.columns + column]) }
        }
    }

    private mutating func writeAtom(
        _ atom: TextAtom, _ row: Int, _ column: Int, _ area: Rect, _ role: Role, _ emphasis: Emphasis
    ) {
        let columns = column..<(column + atom.width)
        let isWhole = columns.lowerBound >= area.columnRange.lowerBound && columns.upperBound <= area.columnRange.upperBound
        for target in columns where area.columnRange.contains(target) {
            let ground = self[row, target].ground
            var cell = Cell(glyph: .space, role: role, ground: ground, emphasis: emphasis)
            if isWhole {
                let isLead = target == column
                cell.glyph = isLead ? Glyph(atom) : .continuation
                cell.width = isLead ? UInt8(atom.width) : 0
            }
            put(cell, row, target)
        }
    }
}
