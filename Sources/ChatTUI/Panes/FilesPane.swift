import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// Files on their way and where they stand, then those that were shared in the open conversation.
struct FilesPane {
    let state: State

    /// - Parameter area: without the air at its sides.
    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let hasFocus = state.focus == .files
        if hasFocus { grid.cursor = area.origin }
        for (index, place) in state.filesWindow(in: area).lines.enumerated() {
            let row = state.files.rows[place.row]
            let line = area.line(index)
            draw(row, place.line, into: &grid, line)
            guard hasFocus, row == state.files.selection else { continue }
            grid.setGround("ui.selection", of: line)
            if place.line == 0 { grid.cursor = line.origin }
        }
    }

    private func draw(_ row: FilesList.Row, _ part: Int, into grid: inout Grid, _ line: Rect) {
        switch row {
        case .transfer(let id):
            guard let transfer = state.transfers[id] else { return }
            switch part {
            case 0: drawName(of: transfer, &grid, line)
            case 1:
                if case .preparing(let read) = transfer.state {
                    write(state.preparation(of: transfer, read: read), "file.progress", &grid, line.inset(left: 2))
                } else {
                    drawBar(of: transfer, &grid, line.inset(left: 2))
                }
            default: write(pace(of: transfer, columns: line.columns - 2), "file.size", &grid, line.inset(left: 2))
            }
        case .noTransfers: write(Sentence.noTransfers[state.language], "list.muted", &grid, line)
        case .blank: break
        case .sharedHeading: write(Sentence.sharedHere[state.language], "list.section", &grid, line)
        case .shared(let seq):
            if let entry = state.sharedEntry(seq) { draw(entry, part, &grid, line) }
        }
    }

    private func write(_ text: String, _ role: Role, _ grid: inout Grid, _ line: Rect) {
        grid.write(TextLayout.truncate(text, width: line.columns), at: line.origin, in: line, role: role)
    }

    // MARK: Transfers

    private func drawName(of transfer: Transfer, _ grid: inout Grid, _ line: Rect) {
        let (mark, role) = mark(of: transfer)
        grid.write(mark, at: line.origin, in: line, role: role)
        let rest = line.inset(left: 2)
        var detail = detail(of: transfer)
        // What it is matters more than how large it was.
        let isCut = CellWidth.width(of: transfer.name) + 1 + CellWidth.width(of: detail) > rest.columns
        if isCut, case .done = transfer.state { detail = "" }
        let room = max(4, rest.columns - (detail.isEmpty ? 0 : CellWidth.width(of: detail) + 1))
        let after = grid.write(TextLayout.shorten(transfer.name, width: room), at: rest.origin, in: rest, role: "file.name")
        grid.write(detail, at: Position(row: line.row, column: after + 1), in: rest, role: "file.size")
    }

    private func drawBar(of transfer: Transfer, _ grid: inout Grid, _ line: Rect) {
        let percent = ByteCount.percent(transfer.done, of: transfer.size)
        let cells = max(1, min(20, line.columns - 6))
        let full = cells * percent / 100
        let bar = String(repeating: "▮", count: full) + String(repeating: "▯", count: cells - full)
        write(bar + " \(percent) %", "file.progress", &grid, line)
    }

    /// How fast it goes and how long it will take, and how much there is already where there is room.
    private func pace(of transfer: Transfer, columns: Int) -> String {
        guard state.connection == .online else { return Sentence.offline[state.language] }
        if let refusal = transfer.refusal { return refusal.sentence(Sanitizer.line.clean)[state.language] }
        var parts: [String] = []
        if let progress = state.transfers.progress(of: transfer.id), let rate = progress.rate {
            parts.append(Sentence.rate(ByteCount.text(Int64(min(rate, 1e15))))[state.language])
            if let seconds = progress.secondsLeft(of: transfer.size) {
                parts.append(Sentence.duration(seconds: seconds)[state.language])
            }
        }
        let amount = ByteCount.text(transfer.done, of: transfer.size)
        let all = ([amount] + parts).joined(separator: " · ")
        return parts.isEmpty || CellWidth.width(of: all) <= columns ? all : parts.joined(separator: " · ")
    }

    private func mark(of transfer: Transfer) -> (String, Role) {
        switch transfer.state {
        case .done: ("✓", "file.done")
        case .failed, .cancelled: ("✗", "file.error")
        case .waiting, .preparing, .running, .paused: (transfer.direction == .up ? "↑" : "↓", "file.progress")
        }
    }

    private func detail(of transfer: Transfer) -> String {
        switch transfer.state {
        case .waiting: Sentence.transferWaiting[state.language]
        case .paused: Sentence.transferPaused[state.language]
        case .cancelled: Sentence.transferCancelled[state.language]
        case .failed: Sentence.stateFailed[state.language]
        case .done: ByteCount.text(transfer.size)
        case .preparing, .running: ""
        }
    }

    // MARK: Shared

    /// In one line, or with size and author below the name.
    private func draw(_ entry: SharedEntry, _ part: Int, _ grid: inout Grid, _ line: Rect) {
        let name = Sanitizer.line.clean(entry.file.label.text)
        let rest = line.inset(left: 2)
        let detail = ByteCount.text(entry.file.size) + " · " + entry.author.text
        guard line.columns >= State.wideFilesColumns else {
            if part == 0 {
                grid.write(TextLayout.shorten(name, width: rest.columns), at: rest.origin, in: rest, role: "file.name")
            } else {
                write(detail, "file.size", &grid, rest)
            }
            return
        }
        let shown = TextLayout.truncate(detail, width: rest.columns / 2)
        let room = max(4, rest.columns - CellWidth.width(of: shown) - 1)
        let after = grid.write(TextLayout.shorten(name, width: room), at: rest.origin, in: rest, role: "file.name")
        grid.write(shown, at: Position(row: line.row, column: after + 1), in: rest, role: "file.size")
    }
}
