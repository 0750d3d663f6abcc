import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// What a path could go on as, at the lower edge of the middle pane.
struct SuggestionBox {
    let suggestions: PathSuggestions
    let state: State

    private static let mostRows = 8

    func draw(into grid: inout Grid, over area: Rect) {
        guard !area.isEmpty else { return }
        let count = suggestions.entries.count
        let isCut = suggestions.isCut || count > min(Self.mostRows, area.rows)
        let rows = min(Self.mostRows, area.rows, count + (suggestions.isCut ? 1 : 0))
        let box = Rect(row: area.rowRange.upperBound - rows, column: area.column, columns: area.columns, rows: rows)
        grid.fill(box, ground: "ui.selection")
        if area.rows > rows {
            let rule = Rect(row: box.row - 1, column: box.column, columns: box.columns, rows: 1)
            grid.fill(rule, with: "─", role: "ui.border")
        }
        let shown = suggestions.entries.prefix(isCut ? rows - 1 : rows)
        for (index, entry) in shown.enumerated() {
            FolderEntryLine(entry: entry, state: state).draw(into: &grid, line: box.line(index).inset(left: 1, right: 1))
        }
        guard isCut else { return }
        let more = Sentence.moreNames(count - shown.count, isCut: suggestions.isCut)[state.language]
        let line = box.line(rows - 1).inset(left: 1, right: 1)
        grid.write(TextLayout.truncate(more, width: line.columns), at: line.origin, in: line, role: "list.muted")
    }
}

/// A folder's name with its slash, or a file's with its size, and its day where there is room.
struct FolderEntryLine {
    let entry: FolderListing.Entry
    let state: State

    private static let sizeColumns = 8
    private static let timeColumns = 12
    /// From this width on the day is shown.
    private static let timedColumns = 44

    func draw(into grid: inout Grid, line: Rect) {
        let name = Sanitizer.line.clean(entry.name)
        guard !entry.isFolder else {
            let text = TextLayout.shorten(name, width: max(1, line.columns - 1)) + "/"
            grid.write(text, at: line.origin, in: line, role: "list.section")
            return
        }
        let isTimed = line.columns >= Self.timedColumns
        let right = Self.sizeColumns + (isTimed ? Self.timeColumns + 1 : 0)
        let room = max(4, line.columns - right - 1)
        grid.write(TextLayout.shorten(name, width: room), at: line.origin, in: line, role: "file.name")
        let size = TextLayout.fit(ByteCount.text(entry.size), width: Self.sizeColumns, alignment: .right)
        let place = Position(row: line.row, column: line.column + room + 1)
        let after = grid.write(size, at: place, in: line, role: "file.size")
        guard isTimed else { return }
        let time = TextLayout.fit(timeText, width: Self.timeColumns, alignment: .right)
        grid.write(time, at: Position(row: line.row, column: after + 1), in: line, role: "list.muted")
    }

    /// The hour of what is from today, else the day.
    private var timeText: String {
        let milliseconds = entry.modified.milliseconds
        let (day, today) = (state.clock.day(milliseconds), state.clock.day(state.now.milliseconds))
        if day.ordinal == today.ordinal { return state.clock.hourMinute(milliseconds) }
        let year = day.year == today.year ? nil : day.year
        return Sentence.shortDay(day: day.day, month: day.month, year: year)[state.language]
    }
}
