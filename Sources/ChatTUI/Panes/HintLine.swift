import ChatClient
import ChatTerminal
import ChatText
import TerminalText

/// The last line: the answer to the last key, or what this pane's keys do. Drawn from the key table.
struct HintLine {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        if let announcement = state.announcement ?? fieldError {
            let text = " " + TextLayout.truncate(announcement.sentence[state.language], width: max(0, area.columns - 2))
            let role: Role = announcement.isWarning ? "security.warn" : "ui.hint.key"
            grid.write(text, at: area.origin, in: area, role: role)
            return
        }
        drawHints(&grid, area)
    }

    /// What is wrong with the field that has the focus: beside it there may be no room for the whole.
    private var fieldError: Announcement? {
        guard case .form(let form) = state.stage, state.overlays.isEmpty else { return nil }
        return form.errors[form.stop].map { Announcement($0, isWarning: true) }
    }

    /// Finding elsewhere is for who finds, and back to the inbox for who is not there.
    private func isOffered(_ action: Action) -> Bool {
        switch action {
        case .widen:
            if case .find(let view) = state.overlays.last { return view.here != nil }
            return false
        case .leaveCompose: return state.conversation != nil
        case .pauseOrGoOn: return state.chosenTransfer != nil
        default: return true
        }
    }

    /// What the key does just now, where that depends on what is chosen.
    private func hint(of action: Action) -> Sentence {
        guard action == .pauseOrGoOn, let transfer = state.chosenTransfer else { return action.hint }
        switch transfer.state {
        case .waiting, .preparing, .running: return .hintPause
        case .paused: return .hintGoOn
        case .failed, .cancelled, .done: return .hintAgain
        }
    }

    private func drawHints(_ grid: inout Grid, _ area: Rect) {
        var column = 1
        for binding in state.keys.hints(in: state.keyContext) where isOffered(binding.action) {
            guard let key = binding.keys.first else { continue }
            let text = hint(of: binding.action)[state.language]
            let width = CellWidth.width(of: key.label) + 1 + CellWidth.width(of: text)
            guard column + width <= area.columns else { continue }
            let place = Position(row: area.row, column: column)
            let after = grid.write(key.label + " ", at: place, in: area, role: "ui.hint.key")
            grid.write(text, at: Position(row: area.row, column: after), in: area, role: "ui.hint.text")
            column += width + 2
        }
    }
}
