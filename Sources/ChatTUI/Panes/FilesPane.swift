import ChatClient
import ChatTerminal
import ChatText
import TerminalText

/// Files on their way and where they stand.
struct FilesPane {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let inner = area.inset(left: 1)
        let transfers = state.transfers.transfers
        guard !transfers.isEmpty else {
            grid.write(Sentence.noTransfers[state.language], at: inner.origin, in: inner, role: "list.muted")
            if state.focus == .files { grid.cursor = inner.origin }
            return
        }
        var row = 0
        for transfer in transfers where row < inner.rows {
            row += draw(transfer, into: &grid, inner, from: row)
        }
    }

    /// Draws a transfer in one line, or two while it runs, and says in how many.
    private func draw(_ transfer: Transfer, into grid: inout Grid, _ area: Rect, from row: Int) -> Int {
        let line = area.line(row)
        let (mark, role) = mark(of: transfer)
        grid.write(mark + " ", at: line.origin, in: line, role: role)
        let name = TextLayout.truncate(transfer.name, width: max(1, line.columns - 10))
        let after = grid.write(name + " ", at: Position(row: line.row, column: line.column + 2), in: line, role: "file.name")
        grid.write(detail(of: transfer), at: Position(row: line.row, column: after), in: line, role: "file.size")
        if state.focus == .files, transfer.id == state.transfers.selection {
            grid.setGround("ui.selection", of: line)
            grid.cursor = line.origin
        }
        guard case .running = transfer.state else { return 1 }
        let bar = area.line(row + 1).inset(left: 2)
        let percent = ByteCount.percent(transfer.done, of: transfer.size)
        let cells = max(1, min(10, bar.columns - 6))
        let full = cells * percent / 100
        let text = String(repeating: "▮", count: full) + String(repeating: "▯", count: cells - full) + " \(percent) %"
        grid.write(text, at: bar.origin, in: bar, role: "file.progress")
        return 2
    }

    private func mark(of transfer: Transfer) -> (String, Role) {
        switch transfer.state {
        case .done: ("✓", "file.done")
        case .failed, .cancelled: ("✗", "file.error")
        case .waiting, .running: (transfer.direction == .up ? "↑" : "↓", "file.progress")
        }
    }

    private func detail(of transfer: Transfer) -> String {
        switch transfer.state {
        case .waiting: Sentence.transferWaiting[state.language]
        case .cancelled: Sentence.transferCancelled[state.language]
        case .failed: Sentence.stateFailed[state.language]
        case .running, .done: ByteCount.text(transfer.size)
        }
    }
}
