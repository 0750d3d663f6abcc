import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

extension OverlayFrame {
    /// Each hit has two lines: where, who and when; and its words among those around them.
    static let hitLines = 2

    func drawFind(_ view: FindView, _ grid: inout Grid) {
        let title: Sentence =
            view.place.map { .findIn(PaneTitles.shortTitle(of: $0, state)) } ?? .findEverywhere
        let area = open(&grid, title: title[state.language])
        drawFilter(view.filter, hint: view.here == nil ? .findHint : .findHintHere, &grid, area.line(0))
        let body = area.inset(top: 1)
        guard !view.hits.isEmpty else {
            let answer: Sentence? = view.isSearching ? .searching : view.text.isEmpty ? nil : .nothingFound
            let text = TextLayout.truncate(answer?[state.language] ?? "", width: body.columns)
            grid.write(text, at: body.origin, in: body, role: "list.muted")
            return
        }
        drawChoices(&grid) { row, place, grid in
            let hit = view.hits[row]
            drawHead(of: hit, &grid, place.line(0))
            if place.rows > 1 { drawText(of: hit, words: view.text, &grid, place.line(1).inset(left: 2)) }
        }
    }

    private func drawHead(of hit: Entry, _ grid: inout Grid, _ line: Rect) {
        let clock = state.clock
        let day = clock.day(hit.time.milliseconds)
        let year = day.year == clock.day(state.now.milliseconds).year ? nil : day.year
        let date = Sentence.day(weekday: day.weekday, day: day.day, month: day.month, year: year)[state.language]
        let time = "\(date) \(clock.hourMinute(hit.time.milliseconds))"
        let place = PaneTitles.shortTitle(of: hit.conversation, state)
        var column = grid.write(place, at: line.origin, in: line, role: "list.section")
        column = grid.write(
            " · \(hit.author.text)", at: Position(row: line.row, column: column), in: line,
            role: hit.author == state.me ? "message.author.self" : ThemeRoles.nick(hit.author.folded))
        let right = line.columnRange.upperBound - CellWidth.width(of: time)
        guard right > column else { return }
        grid.write(time, at: Position(row: line.row, column: right), in: line, role: "message.time")
    }

    /// What was looked for is bold and underlined: colour alone would not do.
    private func drawText(of hit: Entry, words: String, _ grid: inout Grid, _ line: Rect) {
        let text: String
        switch hit.kind {
        case .message: text = hit.text
        case .file(let file): text = "↓ " + file.label.text
        case .member, .unknown: text = hit.text
        }
        var column = line.column
        for piece in HitLine(text, words: words, width: line.columns).pieces {
            column = grid.write(
                piece.text, at: Position(row: line.row, column: column), in: line,
                role: piece.isHit ? "message.mention" : "message.body", emphasis: piece.isHit ? [.bold, .underline] : [])
        }
    }
}
