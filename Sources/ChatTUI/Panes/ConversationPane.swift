import ChatTerminal
import ChatText
import TerminalText

/// The lines of an open conversation, as far as they are in sight.
struct ConversationPane {
    let conversation: OpenConversation
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let items = conversation.timeline.items
        guard items.contains(where: { $0.id.isSelectable }) else { return drawEmpty(&grid, area) }
        let layout = state.messageLayout(width: area.columns)
        let geometry = state.scrollGeometry(of: conversation, in: area)
        let visible = geometry.visible(at: conversation.position)
        var laidOut: (block: Int, lines: [MessageLayout.Line])?
        for (row, place) in visible.enumerated() {
            if laidOut?.block != place.block { laidOut = (place.block, state.lines(of: items[place.block], in: layout)) }
            guard let lines = laidOut?.lines, lines.indices.contains(place.line) else { continue }
            let target = area.line(row)
            draw(lines[place.line], into: &grid, target)
            guard state.focus == .middle, items[place.block].id == conversation.selection else { continue }
            grid.setGround("ui.selection", of: target)
            if place.line == 0 { grid.cursor = target.origin }
        }
    }

    private func drawEmpty(_ grid: inout Grid, _ area: Rect) {
        let sentence: Sentence = conversation.loadsBefore ? .loadingOlder : .noMessages
        let text = TextLayout.truncate(sentence[state.language], width: area.columns)
        grid.write(text, at: area.origin, in: area, role: "message.system")
    }

    private func draw(_ line: MessageLayout.Line, into grid: inout Grid, _ area: Rect) {
        if line.isRuler { return drawRuler(line.pieces.first?.text ?? "", &grid, area) }
        var column = area.column
        for piece in line.lead {
            column = grid.write(
                piece.text, at: Position(row: area.row, column: column), in: area, role: piece.role, emphasis: piece.emphasis)
        }
        column = area.column + line.indent
        for piece in line.pieces {
            column = grid.write(
                piece.text, at: Position(row: area.row, column: column), in: area, role: piece.role, emphasis: piece.emphasis)
        }
        if let mark = line.mark {
            let place = Position(row: area.row, column: area.columnRange.upperBound - CellWidth.width(of: mark.text))
            grid.write(mark.text, at: place, in: area, role: mark.role)
        }
    }

    private func drawRuler(_ text: String, _ grid: inout Grid, _ area: Rect) {
        grid.fill(area, with: "─", role: "message.ruler")
        let shown = " " + TextLayout.truncate(text, width: max(0, area.columns - 4)) + " "
        let column = area.column + max(0, (area.columns - CellWidth.width(of: shown)) / 2)
        grid.write(shown, at: Position(row: area.row, column: column), in: area, role: "message.ruler")
    }
}
