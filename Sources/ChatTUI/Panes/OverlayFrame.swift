import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// What lies over the panes: help, go to, questions, members, and in files of their own the log and what was found.
struct OverlayFrame {
    let overlay: Overlay
    let state: State

    func draw(into grid: inout Grid) {
        // Whatever is below shows its own cursor no longer.
        grid.cursor = nil
        switch overlay {
        case .help(let list): drawHelp(list, &grid)
        case .goTo(let list): drawGoTo(list, title: .goToTitle, hint: .helpGoTo, &grid)
        case .themes(let picker): drawGoTo(picker.list, title: .themesTitle, hint: .themeFilter, &grid)
        case .log(let view): drawLog(view, &grid)
        case .find(let view): drawFind(view, &grid)
        case .question(let question): drawQuestion(question, &grid)
        case .members(let list): drawMembers(list, &grid)
        case .folders(let list): drawFolders(list, &grid)
        }
    }

    /// The box of an overlay in the middle of the screen, emptied; returns what is inside.
    func open(_ grid: inout Grid, title: String) -> Rect {
        let box = state.box(of: overlay)
        let frame = box.frame
        grid.fill(frame)
        let shown = TextLayout.truncate(title, width: max(0, frame.columns - 6))
        guard box.isBordered else {
            grid.write(shown, at: frame.origin, in: frame, role: "ui.border.focus")
            return box.inner
        }
        grid.box(frame, role: "ui.border.focus")
        grid.write(" \(shown) ", at: Position(row: frame.row, column: frame.column + 2), in: frame, role: "ui.border.focus")
        return box.inner
    }

    // MARK: Help

    private func drawHelp(_ list: HelpList, _ grid: inout Grid) {
        let area = open(&grid, title: Sentence.helpTitle[state.language])
        drawFilter(list.filter, hint: .helpFilter, &grid, area.line(0))
        let lines = state.helpLines(matching: list.filter.text)
        let body = state.helpArea
        if lines.isEmpty {
            grid.write(Sentence.nothingFound[state.language], at: body.origin, in: body, role: "list.muted")
        }
        // The last page is as full as the others.
        let first = min(list.offset, max(0, lines.count - body.rows))
        for (index, line) in lines.dropFirst(first).prefix(body.rows).enumerated() {
            let target = body.line(index)
            if line.isHeading {
                grid.write(line.text, at: target.origin, in: target, role: "list.section")
                continue
            }
            grid.write(line.key, at: target.origin, in: target, role: "ui.hint.key")
            let rest = target.inset(left: state.helpKeyColumns)
            grid.write(line.text, at: rest.origin, in: rest, role: "list.item")
        }
    }

    func drawFilter(_ filter: Editor, hint: Sentence, _ grid: inout Grid, _ line: Rect) {
        grid.write("▸ ", at: line.origin, in: line, role: "ui.hint.key")
        let field = line.inset(left: 2)
        if filter.isEmpty {
            grid.write(
                TextLayout.truncate(hint[state.language], width: field.columns), at: field.origin, in: field,
                role: "list.muted")
        }
        LineField(editor: filter, area: field).draw(into: &grid, role: "list.item", showsCursor: true)
    }

    // MARK: Go to

    private func drawGoTo(_ list: GoToList, title: Sentence, hint: Sentence, _ grid: inout Grid) {
        let area = open(&grid, title: title[state.language])
        drawFilter(list.filter, hint: hint, &grid, area.line(0))
        let body = area.inset(top: 1)
        if list.found.isEmpty {
            grid.write(Sentence.nothingFound[state.language], at: body.origin, in: body, role: "list.muted")
        }
        drawChoices(&grid) { index, target, grid in
            let entry = list.found[index]
            let labelColumns = min(24, max(8, target.columns / 2))
            grid.write(
                TextLayout.truncate(entry.label, width: labelColumns - 1), at: target.origin, in: target, role: "list.item")
            let rest = target.inset(left: labelColumns)
            grid.write(TextLayout.truncate(entry.detail, width: rest.columns), at: rest.origin, in: rest, role: "list.muted")
        }
    }

    /// Draws each row in sight, and the ground of the chosen one.
    func drawChoices(_ grid: inout Grid, _ draw: (_ row: Int, _ place: Rect, _ grid: inout Grid) -> Void) {
        guard let window = state.choices(of: overlay) else { return }
        for row in window.rows {
            let place = window.place(of: row)
            draw(row, place, &grid)
            guard row == window.choice else { continue }
            for line in 0..<place.rows { grid.setGround("ui.selection", of: place.line(line)) }
        }
    }

    // MARK: Folders

    private func drawFolders(_ list: FolderList, _ grid: inout Grid) {
        let columns = min(State.folderColumns, state.size.columns) - 6
        let area = open(&grid, title: FolderFrame.title(of: list, home: state.launch.home, columns: columns))
        drawFilter(list.filter, hint: .folderFilter, &grid, area.line(0))
        FolderFrame(list: list, state: state).drawNotes(into: &grid, area: area)
        drawChoices(&grid) { row, place, grid in
            FolderEntryLine(entry: list.found[row], state: state).draw(into: &grid, line: place)
        }
    }

    // MARK: Questions and menus

    private func drawQuestion(_ question: Question, _ grid: inout Grid) {
        let area = open(&grid, title: Sanitizer.line.clean(question.title[state.language]))
        for (index, line) in state.lines(of: question).shown.enumerated() {
            let target = area.line(index)
            grid.write(line, at: target.origin, in: target, role: "list.item")
        }
        drawChoices(&grid) { index, target, grid in
            let isChosen = index == question.choice
            grid.write(
                "▸ " + question.answers[index].label[state.language], at: target.origin, in: target,
                role: isChosen ? "ui.hint.key" : "list.item")
            if isChosen { grid.cursor = target.origin }
        }
    }

    // MARK: Members

    private func drawMembers(_ list: MemberList, _ grid: inout Grid) {
        let area = open(&grid, title: Sentence.membersOf(list.room.description)[state.language])
        if list.people.isEmpty {
            grid.write(Sentence.loadingOlder[state.language], at: area.origin, in: area, role: "list.muted")
        }
        grid.cursor = area.origin
        for (index, person) in list.people.dropFirst(list.offset).prefix(area.rows).enumerated() {
            let target = area.line(index)
            let mark = person.online ? "● " : "○ "
            grid.write(mark, at: target.origin, in: target, role: person.online ? "presence.online" : "presence.offline")
            let name = person.name == person.username.text ? "" : "  " + person.name
            let text = TextLayout.truncate(person.username.text + name, width: target.columns - 2)
            let place = Position(row: target.row, column: target.column + 2)
            grid.write(text, at: place, in: target, role: "list.item")
        }
    }
}
