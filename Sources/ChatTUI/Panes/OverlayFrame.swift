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
        case .goTo(let list): drawGoTo(list, title: .goToTitle, hint: .helpGoTo, columns: 64, rows: 16, &grid)
        // What they look like is seen around the list.
        case .themes(let picker):
            drawGoTo(
                picker.list, title: .themesTitle, hint: .themeFilter, columns: 40, rows: picker.list.count + 1, &grid)
        case .log(let view): drawLog(view, &grid)
        case .find(let view): drawFind(view, &grid)
        case .question(let question): drawQuestion(question, &grid)
        case .members(let list): drawMembers(list, &grid)
        case .folders(let list): drawFolders(list, &grid)
        }
    }

    /// The box of an overlay in the middle of the screen, emptied; returns what is inside.
    func open(_ grid: inout Grid, title: String, columns: Int, rows: Int) -> Rect {
        let box = OverlayBox(size: state.size, columns: columns, rows: rows)
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
        let area = open(
            &grid, title: Sentence.helpTitle[state.language], columns: 84, rows: max(3, state.size.rows - 5))
        drawFilter(list.filter, hint: .helpFilter, &grid, area.line(0))
        let lines = state.helpLines(matching: list.filter.text)
        let body = area.inset(top: 1)
        if lines.isEmpty {
            grid.write(Sentence.nothingFound[state.language], at: body.origin, in: body, role: "list.muted")
        }
        let keyColumns = min(22, max(10, body.columns / 3))
        // The last page is as full as the others.
        let first = min(list.offset, max(0, lines.count - body.rows))
        for (index, line) in lines.dropFirst(first).prefix(body.rows).enumerated() {
            let target = body.line(index)
            if line.isHeading {
                grid.write(line.text, at: target.origin, in: target, role: "list.section")
                continue
            }
            grid.write(TextLayout.truncate(line.key, width: keyColumns - 1), at: target.origin, in: target, role: "ui.hint.key")
            let rest = target.inset(left: keyColumns)
            grid.write(TextLayout.truncate(line.text, width: rest.columns), at: rest.origin, in: rest, role: "list.item")
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

    private func drawGoTo(
        _ list: GoToList, title: Sentence, hint: Sentence, columns: Int, rows: Int, _ grid: inout Grid
    ) {
        let area = open(&grid, title: title[state.language], columns: columns, rows: min(rows, max(4, state.size.rows - 5)))
        drawFilter(list.filter, hint: hint, &grid, area.line(0))
        let body = area.inset(top: 1)
        if list.found.isEmpty {
            grid.write(Sentence.nothingFound[state.language], at: body.origin, in: body, role: "list.muted")
        }
        let first = min(max(0, list.choice - body.rows / 2), max(0, list.found.count - body.rows))
        for (index, entry) in list.found.dropFirst(first).prefix(body.rows).enumerated() {
            let target = body.line(index)
            let labelColumns = min(24, max(8, target.columns / 2))
            grid.write(
                TextLayout.truncate(entry.label, width: labelColumns - 1), at: target.origin, in: target, role: "list.item")
            let rest = target.inset(left: labelColumns)
            grid.write(TextLayout.truncate(entry.detail, width: rest.columns), at: rest.origin, in: rest, role: "list.muted")
            if first + index == list.choice { grid.setGround("ui.selection", of: target) }
        }
    }

    // MARK: Folders

    private func drawFolders(_ list: FolderList, _ grid: inout Grid) {
        let title = FolderFrame.title(of: list, home: state.launch.home, columns: min(72, state.size.columns) - 6)
        let area = open(&grid, title: title, columns: 72, rows: min(20, max(3, state.size.rows - 5)))
        drawFilter(list.filter, hint: .folderFilter, &grid, area.line(0))
        FolderFrame(list: list, state: state).draw(into: &grid, area: area)
    }

    // MARK: Questions and menus

    private func drawQuestion(_ question: Question, _ grid: inout Grid) {
        let columns = min(60, state.size.columns)
        let text = TextLayout.wrap(Sanitizer.body.clean(question.text[state.language]), width: max(1, columns - 4))
        let room = state.size.rows - (state.size.rows >= OverlayBox.borderedRows ? 3 : 2) - question.answers.count
        let shown = text.prefix(max(1, min(room, max(3, state.size.rows - question.answers.count - 6))))
        let gap = shown.count < room ? 1 : 0
        let title = Sanitizer.line.clean(question.title[state.language])
        let area = open(&grid, title: title, columns: columns, rows: shown.count + gap + question.answers.count)
        for (index, line) in shown.enumerated() {
            let target = area.line(index)
            grid.write(String(line.text), at: target.origin, in: target, role: "list.item")
        }
        for (index, answer) in question.answers.enumerated() {
            // Answers stand at the bottom: they are seen even where the text is cut.
            let target = area.line(area.rows - question.answers.count + index)
            let isChosen = index == question.choice
            grid.write(
                "▸ " + answer.label[state.language], at: target.origin, in: target, role: isChosen ? "ui.hint.key" : "list.item")
            guard isChosen else { continue }
            grid.setGround("ui.selection", of: target)
            grid.cursor = target.origin
        }
    }

    // MARK: Members

    private func drawMembers(_ list: MemberList, _ grid: inout Grid) {
        let title = Sentence.membersOf(list.room.description)[state.language]
        let area = open(&grid, title: title, columns: 50, rows: min(max(1, list.people.count), max(3, state.size.rows - 5)))
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
