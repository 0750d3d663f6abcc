import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// The first screen, in the middle of the terminal.
struct FormScreen {
    let form: SignInForm
    let state: State

    private static let columns = 60
    private static let labelColumns = 16

    func draw(into grid: inout Grid) {
        let size = state.size
        let isBordered = size.rows >= 16 && size.columns >= 40
        let status = Rect(row: 0, column: 0, columns: size.columns, rows: 1)
        StatusLine(state: state).draw(into: &grid, area: status)
        let columns = min(Self.columns, size.columns)
        let lines = form.stops.count + 5
        let rows = min(size.rows - 2, lines + (isBordered ? 4 : 0))
        let frame = Rect(
            row: 1 + max(0, (size.rows - 2 - rows) / 2), column: (size.columns - columns) / 2, columns: columns, rows: rows)
        if isBordered {
            grid.box(frame, role: "ui.border.focus")
            grid.write(" \(title) ", at: Position(row: frame.row, column: frame.column + 2), in: frame, role: "ui.border.focus")
        }
        let inner = isBordered ? frame.inset(top: 1, left: 3, bottom: 1, right: 3) : frame
        drawStops(&grid, inner)
    }

    private var title: String {
        switch form.mode {
        case .choose: Sentence.whoAreYou[state.language]
        case .logIn: Sentence.logIn[state.language]
        case .register: Sentence.register[state.language]
        }
    }

    /// All lines, or those around the focused one where the screen is small.
    private func drawStops(_ grid: inout Grid, _ area: Rect) {
        enum Line {
            case stop(SignInForm.Stop)
            case message(Sentence, Role)
            case blank
        }
        var lines: [Line] = []
        for stop in form.stops {
            if stop == .submit || stop == .anotherPerson { lines.append(.blank) }
            lines.append(.stop(stop))
            if stop == .reader { lines.append(.blank) }
        }
        lines.append(.blank)
        if form.isBusy {
            lines.append(.message(.signingIn, "ui.hint.text"))
        } else if let message = form.message {
            lines.append(.message(message, "security.warn"))
        } else {
            lines.append(.message(.formHint, "ui.hint.text"))
        }
        let focused = lines.firstIndex { line in
            if case .stop(let stop) = line { stop == form.stop } else { false }
        }
        let first = min(max(0, (focused ?? 0) - area.rows / 2), max(0, lines.count - area.rows))
        var row = 0
        for line in lines.dropFirst(first) where row < area.rows {
            switch line {
            case .stop(let stop): draw(stop, into: &grid, area.line(row))
            case .message(let sentence, let role):
                for part in TextLayout.wrap(Sanitizer.line.clean(sentence[state.language]), width: area.columns) {
                    grid.write(String(part.text), at: area.line(row).origin, in: area, role: role)
                    row += 1
                }
            case .blank: break
            }
            row += 1
        }
    }

    private func draw(_ stop: SignInForm.Stop, into grid: inout Grid, _ line: Rect) {
        switch stop {
        case .reader: drawChoice(.startReader, stop, &grid, line, role: "ui.hint.text")
        case .account(let index): drawAccount(index, &grid, line)
        case .anotherPerson: drawChoice(.anotherPerson, stop, &grid, line)
        case .username: drawField(.username, stop, &grid, line)
        case .password: drawField(.password, stop, &grid, line, isHidden: true)
        case .name: drawField(.displayName, stop, &grid, line)
        case .nationality: drawField(.nationality, stop, &grid, line)
        case .submit: drawChoice(form.mode == .logIn ? .logIn : .createAccount, stop, &grid, line, role: "ui.hint.key")
        case .otherMode: drawChoice(form.mode == .logIn ? .newHere : .haveAccount, stop, &grid, line)
        }
    }

    private func drawChoice(
        _ sentence: Sentence, _ stop: SignInForm.Stop, _ grid: inout Grid, _ line: Rect, role: Role = "list.item"
    ) {
        let text = TextLayout.truncate("▸ " + sentence[state.language], width: line.columns)
        grid.write(text, at: line.origin, in: line, role: role)
        select(stop, &grid, line)
    }

    private func drawAccount(_ index: Int, _ grid: inout Grid, _ line: Rect) {
        guard form.accounts.indices.contains(index) else { return }
        let account = form.accounts[index]
        let name = Sanitizer.line.clean(account.name)
        var text = "▸ " + account.username.text + (name == account.username.text || name.isEmpty ? "" : " — " + name)
        if account.inUse { text += " (" + Sentence.inUseElsewhere[state.language] + ")" }
        grid.write(TextLayout.truncate(text, width: line.columns), at: line.origin, in: line, role: "list.item")
        select(.account(index), &grid, line)
    }

    private func select(_ stop: SignInForm.Stop, _ grid: inout Grid, _ line: Rect) {
        guard stop == form.stop else { return }
        grid.setGround("ui.selection", of: line)
        grid.cursor = line.origin
    }

    private func drawField(
        _ label: Sentence, _ stop: SignInForm.Stop, _ grid: inout Grid, _ line: Rect, isHidden: Bool = false
    ) {
        let isFocused = stop == form.stop
        let labelColumns = min(Self.labelColumns, line.columns / 2)
        let shown = TextLayout.truncate(label[state.language], width: labelColumns - 1)
        grid.write(shown, at: line.origin, in: line, role: isFocused ? "ui.hint.key" : "list.item")
        var field = line.inset(left: labelColumns)
        if let error = form.errors[stop] {
            let text = "  " + error[state.language]
            let columns = min(CellWidth.width(of: text), max(0, field.columns - 8))
            let place = Position(row: line.row, column: field.columnRange.upperBound - columns)
            grid.write(TextLayout.truncate(text, width: columns), at: place, in: line, role: "security.danger")
            field = field.inset(right: columns)
        }
        for column in field.columnRange {
            grid.write(
                "_", at: Position(row: line.row, column: column), in: field, role: isFocused ? "ui.border.focus" : "ui.border")
        }
        let editor = form.fields[stop] ?? Editor(isSingleLine: true)
        let view = LineField(editor: editor, area: field, isHidden: isHidden)
        view.draw(into: &grid, role: "message.body", showsCursor: isFocused)
    }
}
