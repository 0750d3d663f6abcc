import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// Conversations with who is there and what is unread, then people and rooms that one could begin with.
struct ContactsPane {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let window = ContactsWindow(list: state.contacts, rows: area.rows)
        let hasFocus = state.focus == .contacts
        var line = 0
        if window.showsFilter {
            drawFilter(&grid, area.line(0), hasFocus: hasFocus)
            line = 1
        }
        for row in window.rows {
            let place = area.line(line)
            draw(row, into: &grid, place)
            if row == state.contacts.selection, hasFocus {
                grid.setGround("ui.selection", of: place)
                if state.contacts.filter.isEmpty { grid.cursor = place.origin }
            }
            line += 1
        }
    }

    private func drawFilter(_ grid: inout Grid, _ line: Rect, hasFocus: Bool) {
        let filter = state.contacts.filter
        guard !filter.isEmpty else {
            grid.write("▸ " + Sentence.filterPlaceholder[state.language], at: line.origin, in: line, role: "list.muted")
            return
        }
        grid.write("▸ ", at: line.origin, in: line, role: "ui.hint.key")
        let field = LineField(editor: filter, area: line.inset(left: 2))
        field.draw(into: &grid, role: "list.item", showsCursor: hasFocus && state.overlays.isEmpty)
    }

    private func draw(_ row: ContactList.Row, into grid: inout Grid, _ line: Rect) {
        switch row {
        case .section(let section):
            grid.write(title(of: section), at: line.origin, in: line, role: "list.section")
        case .conversation(let name): draw(name, into: &grid, line)
        case .person(let username):
            let person = state.directory.people[username]
            drawPresence(person?.online ?? false, &grid, line)
            grid.write(person?.username.text ?? username.text, at: indented(line), in: line, role: "list.item")
        case .room(let room):
            grid.write("# " + room.text, at: line.origin, in: line, role: "list.muted")
        case .chatWith(let username): meaning(.chatWith(username.text), &grid, line)
        case .join(let room): meaning(.joinRoom(room.description), &grid, line)
        case .create(let room): meaning(.createRoom(room.description), &grid, line)
        }
    }

    private func draw(_ name: ConversationName, into grid: inout Grid, _ line: Rect) {
        let known = state.directory.conversations[name]
        var label = PaneTitles.shortTitle(of: name, state)
        switch name {
        case .direct(let username):
            drawPresence(state.directory.isOnline(username), &grid, line)
        case .room(let room):
            grid.write("#", at: line.origin, in: line, role: "list.section")
            label = room.text
        }
        let mark = mark(of: name, known)
        let markWidth = mark.map { CellWidth.width(of: $0.text) + 1 } ?? 0
        let isOpen = state.conversation?.name == name
        let role: Role = (known?.unread ?? 0) > 0 ? "list.unread" : "list.item"
        let shown = TextLayout.truncate(label, width: max(1, line.columns - 2 - markWidth))
        grid.write(shown, at: indented(line), in: line, role: role, emphasis: isOpen ? [.underline] : [])
        if let mark {
            let column = line.columnRange.upperBound - CellWidth.width(of: mark.text)
            grid.write(mark.text, at: Position(row: line.row, column: column), in: line, role: mark.role)
        }
    }

    /// What stands at the right: mentions and unread count first, since they ask for something.
    private func mark(of name: ConversationName, _ known: ConversationState?) -> (text: String, role: Role)? {
        let failed = state.failedCount(in: name) > 0 ? "✗" : nil
        let isDraft = state.compose.knows(name) ? state.compose.hasDraft(name) : !(known?.draft ?? "").isEmpty
        let isQuiet = state.isQuiet(name)
        if let known, known.unread > 0, !isQuiet {
            let parts = [failed, known.mentions > 0 ? "@" : nil, MessageCount.text(known.unread)].compactMap { $0 }
            let role: Role = failed != nil ? "state.failed" : known.mentions > 0 ? "list.mention" : "list.unread"
            return (parts.joined(separator: " "), role)
        }
        if let failed { return (failed, "state.failed") }
        // Of the open conversation compose shows it already.
        if isDraft, state.conversation?.name != name { return (Sentence.draftMark[state.language], "list.draft") }
        if known?.joined == false { return (Sentence.leftMark[state.language], "list.muted") }
        return isQuiet ? (Sentence.mutedMark[state.language], "list.muted") : nil
    }

    private func drawPresence(_ isOnline: Bool, _ grid: inout Grid, _ line: Rect) {
        grid.write(isOnline ? "●" : "○", at: line.origin, in: line, role: isOnline ? "presence.online" : "presence.offline")
    }

    private func meaning(_ sentence: Sentence, _ grid: inout Grid, _ line: Rect) {
        let text = TextLayout.truncate(sentence[state.language], width: line.columns)
        grid.write(text, at: line.origin, in: line, role: "ui.hint.key")
    }

    private func indented(_ line: Rect) -> Position {
        Position(row: line.row, column: line.column + 2)
    }

    private func title(of section: ContactList.Section) -> String {
        switch section {
        case .direct: Sentence.directSection[state.language]
        case .rooms: Sentence.roomsSection[state.language]
        case .people: Sentence.peopleSection[state.language]
        case .moreRooms: Sentence.moreRoomsSection[state.language]
        }
    }
}
