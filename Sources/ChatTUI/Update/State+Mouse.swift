import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText

/// The mouse, where the terminal reports one: the wheel scrolls, a press focuses a pane and chooses, lines between panes
/// are dragged. What lies over the panes takes it before them.
extension State {
    static let wheelLines = 3

    mutating func take(_ mouse: MouseEvent) {
        if let overlay = overlays.last {
            dragged = nil
            return take(mouse, over: overlay)
        }
        guard case .chat = stage else { return dragged = nil }
        switch mouse.action {
        case .wheelUp: wheel(up: true, at: mouse.position)
        case .wheelDown: wheel(up: false, at: mouse.position)
        case .press(.left): press(at: mouse.position)
        case .drag(.left): if let dragged { drag(dragged, to: mouse.position) }
        case .release: dragged = nil
        case .press, .drag, .move: break
        }
    }

    mutating func useMouse(_ isUsed: Bool) {
        usesMouse = isUsed
        dragged = nil
        announce(isUsed ? .mouseIsOn : .mouseIsOff)
    }

    private mutating func wheel(up: Bool, at position: Position) {
        switch pane(at: position) {
        case .contacts: contacts.moveSelection(by: up ? -1 : 1)
        case .files: moveInFiles(by: up ? -1 : 1)
        case .middle, .compose, nil:
            if conversation != nil {
                scroll(upBy: up ? Self.wheelLines : -Self.wheelLines)
            } else {
                _ = moveInbox(by: up ? -1 : 1, stopsAtEnds: true)
            }
        }
    }

    private mutating func press(at position: Position) {
        dragged = layout.divider(at: position)
        guard dragged == nil, let pane = pane(at: position) else { return }
        if pane == .files, let row = fileRow(at: position), row.isSelectable { return press(row) }
        focusPane(pane)
        guard pane == .contacts, let area = layout.contacts else { return }
        let row = ContactsWindow(list: contacts, rows: area.rows).row(at: position.row - area.row)
        guard let row, row.isSelectable else { return }
        if contacts.selection == row { chooseContact() } else { contacts.select(row) }
    }

    private func fileRow(at position: Position) -> FilesList.Row? {
        guard let area = layout.files.map(layout.text(of:)) else { return nil }
        let lines = filesWindow(in: area).lines
        let line = position.row - area.row
        return lines.indices.contains(line) ? files.rows[lines[line].row] : nil
    }

    /// Pressed a second time it opens.
    private mutating func press(_ row: FilesList.Row) {
        let isSecond = pressedFile == row && focus == .files
        if focus != .files { files.select(row) }
        focusPane(.files)
        chooseInFiles(row)
        if isSecond { openChosenFile() } else { pressedFile = row }
    }

    private func pane(at position: Position) -> Pane? {
        let layout = layout
        if layout.files?.contains(position) == true { return .files }
        if layout.contacts?.contains(position) == true { return .contacts }
        if layout.compose?.contains(position) == true { return .compose }
        return layout.middle?.contains(position) == true ? .middle : nil
    }
}
