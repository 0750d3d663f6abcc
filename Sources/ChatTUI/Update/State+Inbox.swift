import ChatClient
package import ChatProtocol
package import ChatTerminal
import ChatText

/// Loading, moving and reading in the inbox.
extension State {
    // MARK: Lines

    /// The most lines that an entry takes in the inbox: the rest is read in its conversation.
    package static let inboxEntryLines = 4

    /// The lines of an entry as the inbox shows it.
    package func inboxLines(of entry: Entry, in layout: MessageLayout) -> [MessageLayout.Line] {
        let all = lineMemory.lines(of: .entry(entry), in: layout)
        guard all.count > Self.inboxEntryLines else { return all }
        var shown = Array(all.prefix(Self.inboxEntryLines))
        shown[shown.count - 1].mark = MessageLayout.Piece(text: "…", role: "message.system")
        return shown
    }

    package func inboxEntry(_ row: InboxList.Row) -> Entry? {
        guard case .entry(let name, let seq) = row else { return nil }
        return inbox.section(of: name)?.entries.last { $0.seq == seq }
    }

    /// The rows in sight.
    package func inboxWindow(in area: Rect) -> AnchoredWindow {
        let layout = messageLayout(width: area.columns)
        let rows = inbox.rows
        return AnchoredWindow(
            count: rows.count, anchor: inbox.selectedIndex ?? 0, line: inbox.anchorLine, windowRows: area.rows
        ) { index in
            inboxEntry(rows[index]).map { inboxLines(of: $0, in: layout).count } ?? 1
        }
    }

    /// How many unread entries that arrived since the inbox opened lie below the window.
    package var arrivalsBelow: Int {
        guard conversation == nil, let area = timelineArea, let last = inboxWindow(in: area).lines.last else { return 0 }
        return inbox.rows[(last.row + 1)...].count { row in
            guard case .entry(let name, let seq) = row, let section = inbox.section(of: name) else { return false }
            return seq > section.openedThrough && seq > section.readThrough
        }
    }

    // MARK: Loading

    mutating func loadInbox() {
        guard conversation == nil else { return }
        for request in inbox.requests() {
            emit(.perform(.load(request.conversation, around: .after(request.after, at: nil), limit: InboxSection.pageSize)))
        }
    }

    // MARK: Moving

    /// Moves the choice; false below the last row. What is left behind going down is read.
    mutating func moveInbox(by steps: Int, stopsAtEnds: Bool = false) -> Bool {
        let target = inbox.row(stepsAway: steps, stopsAtEnds: stopsAtEnds)
        if steps > 0 { readPassed(until: target) }
        guard let target else { return false }
        chooseInInbox(target)
        return true
    }

    mutating func pageInInbox(up: Bool) {
        let rows = max(1, (timelineArea?.rows ?? 1) / 2)
        _ = moveInbox(by: up ? -rows : rows, stopsAtEnds: true)
    }

    mutating func moveInboxToEnd(first: Bool) {
        let choices = inbox.rows.filter(\.isSelectable)
        guard let target = first ? choices.first : choices.last else { return }
        if !first { readPassed(until: target) }
        chooseInInbox(target)
    }

    private mutating func readPassed(until row: InboxList.Row?) {
        for (name, seq) in inbox.passed(until: row) {
            inbox.read(name, through: seq)
            emit(.perform(.markRead(name, seq)))
        }
    }

    /// The window follows as little as it must, and shows the heading of what is chosen if that is next to it.
    private mutating func chooseInInbox(_ row: InboxList.Row) {
        guard let area = timelineArea, let index = inbox.rows.firstIndex(of: row) else { return inbox.select(row) }
        let window = inboxWindow(in: area)
        let layout = messageLayout(width: area.columns)
        let height = inboxEntry(row).map { inboxLines(of: $0, in: layout).count } ?? 1
        let hasHeading = index > 0 && !inbox.rows[index - 1].isSelectable
        let lowest = max(0, area.rows - height)
        let highest = min(hasHeading ? 1 : 0, lowest)
        let isAbove = index < window.lines.first?.row ?? 0
        let place = window.line(of: index) ?? (isAbove ? highest : lowest)
        inbox.select(row)
        inbox.anchorLine = min(max(highest, place), lowest)
    }

    // MARK: Opening

    mutating func openInboxSelection() {
        switch inbox.selection {
        case .entry(let name, let seq): open(name, at: seq)
        case .waiting(let name), .recent(let name): open(name)
        case .startAChat, nil: focusPane(.contacts)
        case .nothingUnread, .heading, .blank, .recentHeading: break
        }
    }
}
