import ChatTerminal
import TerminalText

/// What is being written, around its caret.
struct ComposePane {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let lines = CaretLayout(state.composeEditor, width: area.columns)
        let first = min(max(0, lines.caretRow - area.rows + 1), max(0, lines.lines.count - area.rows))
        for (index, line) in lines.lines.dropFirst(first).prefix(area.rows).enumerated() {
            let target = area.line(index)
            grid.write(String(line.text), at: target.origin, in: target, role: "message.body")
        }
        guard state.focus == .compose else { return }
        grid.cursor = Position(row: area.row + lines.caretRow - first, column: area.column + lines.caretColumn)
    }
}
