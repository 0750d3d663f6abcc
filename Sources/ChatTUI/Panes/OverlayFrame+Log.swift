import ChatTerminal
import ChatText
import TerminalText

extension OverlayFrame {
    /// The newest lines, or those that were scrolled to, over the place of the whole log.
    func drawLog(_ view: LogView, _ grid: inout Grid) {
        let area = open(&grid, title: Sentence.logTitle[state.language])
        let body = state.logArea
        grid.cursor = body.origin
        let lines = state.logLines
        if state.journal.notes.isEmpty {
            for (index, line) in TextLayout.wrap(Sentence.logEmpty[state.language], width: body.columns).enumerated() {
                grid.write(String(line.text), at: body.line(index).origin, in: body, role: "list.muted")
            }
        }
        // Scrolled to the top the window is as full as elsewhere.
        let last = max(min(body.rows, lines.count), lines.count - view.hiddenBelow)
        for (index, line) in lines[..<last].suffix(body.rows).enumerated() {
            let target = body.line(index)
            grid.write(line.time, at: target.origin, in: target, role: "message.time")
            let rest = target.inset(left: State.logTimeColumns)
            grid.write(line.text, at: rest.origin, in: rest, role: line.isWarning ? "security.warn" : "list.item")
        }
        for (index, line) in state.logFooter.enumerated() {
            let target = area.line(body.rows + index)
            grid.write(line, at: target.origin, in: target, role: "list.muted")
        }
    }
}
