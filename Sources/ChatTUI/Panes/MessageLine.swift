import ChatTerminal
import TerminalText

/// One line of a message, as the layout made it.
struct MessageLine {
    let line: MessageLayout.Line

    func draw(into grid: inout Grid, area: Rect) {
        if line.isRuler { return drawRuler(line.pieces.first?.text ?? "", &grid, area) }
        var column = area.column
        for piece in line.lead { column = write(piece, at: column, &grid, area) }
        column = area.column + line.indent
        for piece in line.pieces { column = write(piece, at: column, &grid, area) }
        if let mark = line.mark {
            _ = write(mark, at: area.columnRange.upperBound - CellWidth.width(of: mark.text), &grid, area)
        }
    }

    private func write(_ piece: MessageLayout.Piece, at column: Int, _ grid: inout Grid, _ area: Rect) -> Int {
        let place = Position(row: area.row, column: column)
        return grid.write(piece.text, at: place, in: area, role: piece.role, emphasis: piece.emphasis)
    }

    private func drawRuler(_ text: String, _ grid: inout Grid, _ area: Rect) {
        grid.fill(area, with: "─", role: "message.ruler")
        let shown = " " + TextLayout.truncate(text, width: max(0, area.columns - 4)) + " "
        let column = area.column + max(0, (area.columns - CellWidth.width(of: shown)) / 2)
        grid.write(shown, at: Position(row: area.row, column: column), in: area, role: "message.ruler")
    }
}
