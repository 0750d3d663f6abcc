package import ChatTerminal
import ChatText
import TerminalText

/// Draws a state. Pure: the same state is the same grid.
package enum Screen {
    package static func draw(_ state: State) -> Grid {
        var grid = Grid(state.size)
        let layout = state.layout
        guard !layout.isTooSmall else {
            drawTooSmall(&grid, state)
            return grid
        }
        if case .form(let form) = state.stage {
            FormScreen(form: form, state: state).draw(into: &grid)
        } else {
            drawPanes(&grid, state, layout)
        }
        HintLine(state: state).draw(into: &grid, area: layout.hint)
        for overlay in state.overlays { OverlayFrame(overlay: overlay, state: state).draw(into: &grid) }
        return grid
    }

    private static func drawTooSmall(_ grid: inout Grid, _ state: State) {
        let least = Layout.least
        let text = Sentence.needsSize("\(least.columns)×\(least.rows)")[state.language]
        grid.write(String(TextLayout.clip(text, width: grid.size.columns)), at: Position(row: 0, column: 0), role: "ui.error")
        grid.cursor = Position(row: 0, column: 0)
    }

    private static func drawPanes(_ grid: inout Grid, _ state: State, _ layout: Layout) {
        StatusLine(state: state).draw(into: &grid, area: layout.status)
        drawBorders(&grid, state, layout)
        if let area = layout.middle {
            if let conversation = state.conversation {
                ConversationPane(conversation: conversation, state: state).draw(into: &grid, area: layout.text(of: area))
            } else {
                InboxPane(state: state).draw(into: &grid, area: layout.text(of: area))
            }
        }
        if let area = layout.compose { ComposePane(state: state).draw(into: &grid, area: layout.text(of: area)) }
        if let area = layout.contacts { ContactsPane(state: state).draw(into: &grid, area: layout.text(of: area)) }
        if let area = layout.files { drawFiles(&grid, state, layout, area) }
        drawTitles(&grid, state, layout)
        if let suggestions = state.suggestions, let area = layout.middle {
            SuggestionBox(suggestions: suggestions, state: state).draw(into: &grid, over: area)
        }
    }

    /// Where files lie over the conversation they hide it, and have a border of their own.
    private static func drawFiles(_ grid: inout Grid, _ state: State, _ layout: Layout, _ area: Rect) {
        if layout.filesFloat {
            let outer = layout.isBordered ? area.inset(top: -1, left: -1, bottom: -1, right: -1) : area
            // The edges above and below join those that are there.
            grid.fill(layout.isBordered ? area.inset(left: -1) : area)
            let role: Role = state.focus == .files ? "ui.border.focus" : "ui.border"
            if layout.isBordered { grid.box(outer, role: role) }
        }
        FilesPane(state: state).draw(into: &grid, area: layout.text(of: area))
    }

    // MARK: Borders and titles

    private static func drawBorders(_ grid: inout Grid, _ state: State, _ layout: Layout) {
        guard let frame = layout.frame else { return }
        grid.box(frame, role: "ui.border")
        for column in layout.verticals {
            grid.verticalLine(at: Position(row: frame.row, column: column), rows: frame.rows, role: "ui.border")
        }
        if let rule = layout.composeRule {
            grid.horizontalLine(at: rule.origin, columns: rule.columns, role: "ui.border")
        }
        if let focused = rect(of: state.focus, in: layout), state.focus != .files || !layout.filesFloat {
            grid.box(focused.inset(top: -1, left: -1, bottom: -1, right: -1), role: "ui.border.focus")
        }
    }

    private static func rect(of pane: Pane, in layout: Layout) -> Rect? {
        switch pane {
        case .contacts: layout.contacts
        case .middle: layout.middle
        case .compose: layout.compose
        case .files: layout.files
        }
    }

    private static func drawTitles(_ grid: inout Grid, _ state: State, _ layout: Layout) {
        guard layout.isBordered else { return }
        let titles = PaneTitles(state: state)
        func write(_ text: String, over rect: Rect?, isFocused: Bool) {
            guard let rect, rect.columns > 4 else { return }
            // What floats hides the corner.
            let isBehind = layout.filesFloat && (rect == layout.middle || rect == layout.compose)
            let hidden = isBehind ? layout.files.map { $0.columns + 1 } ?? 0 : 0
            let shown = " " + TextLayout.truncate(text, width: rect.columns - hidden - 3) + " "
            let role: Role = isFocused ? "ui.border.focus" : "ui.title"
            grid.write(shown, at: Position(row: rect.row - 1, column: rect.column), role: role)
        }
        write(titles.middle, over: layout.middle, isFocused: state.focus == .middle)
        write(titles.compose, over: layout.compose, isFocused: state.focus == .compose)
        write(titles.contacts, over: layout.contacts, isFocused: state.focus == .contacts)
        write(titles.files, over: layout.files, isFocused: state.focus == .files)
        if layout.filesFloat, layout.files != nil { return }
        if let rect = layout.middle, let count = titles.memberCount {
            let text = " \(count) "
            let column = rect.columnRange.upperBound - CellWidth.width(of: text) - 1
            if column > rect.column + CellWidth.width(of: titles.middle) + 4 {
                grid.write(text, at: Position(row: rect.row - 1, column: column), role: "ui.title")
            }
        }
        if let rect = layout.middle, let text = titles.below {
            let shown = " " + text + " "
            let column = rect.columnRange.upperBound - CellWidth.width(of: shown) - 1
            grid.write(shown, at: Position(row: rect.rowRange.upperBound, column: column), role: "list.mention")
        }
    }
}
