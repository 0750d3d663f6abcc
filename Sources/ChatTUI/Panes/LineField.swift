import ChatTerminal
import TerminalText

/// One line of text being edited; a long one is shown around its caret.
struct LineField {
    let editor: Editor
    let area: Rect
    /// Shows dots, for passwords.
    var isHidden = false

    func draw(into grid: inout Grid, role: Role, showsCursor: Bool) {
        guard area.columns > 0, area.rows > 0 else { return }
        let characters: [Character] = isHidden ? editor.characters.map { _ in "•" } : editor.characters
        // The window begins so that the caret, which needs a cell of its own, is inside.
        var first = editor.caret
        var used = 1
        while first > 0 {
            let width = CellWidth.width(of: characters[first - 1])
            if used + width > area.columns { break }
            used += width
            first -= 1
        }
        grid.write(String(characters[first...]), at: area.origin, in: area, role: role)
        if showsCursor {
            let before = characters[first..<editor.caret].reduce(0) { $0 + CellWidth.width(of: $1) }
            grid.cursor = Position(row: area.row, column: area.column + min(before, area.columns - 1))
        }
    }
}
