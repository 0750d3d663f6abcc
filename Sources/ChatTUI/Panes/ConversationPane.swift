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
            if laidOut?.block != place.block {
                let lines = state.lineMemory.lines(at: place.block, of: conversation.timeline, in: layout)
                laidOut = (place.block, lines)
            }
            guard let lines = laidOut?.lines, lines.indices.contains(place.line) else { continue }
            let target = area.line(row)
            MessageLine(line: lines[place.line]).draw(into: &grid, area: target)
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
}
