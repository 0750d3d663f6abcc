import ChatClient
package import ChatProtocol
package import ChatTerminal
import ChatText

/// Loading, moving and reading in the inbox.
extension State {
    // MARK: Lines

    /// The most lines that an entry takes in the inbox: the rest is read in its conversation.
    package static let inboxEntryLines = 4

    /// The lines of an entry as the inbox shows it: so many that its heading has room above them.
    package func inboxLines(of entry: Entry, in area: Rect) -> [MessageLayout.Line] {
        let all = lineMemory.lines(of: .entry(entry), in: messageLayout(width: area.columns))
        let most = max(1, min(Self.inboxEntryLines, area.rows - 1))
        guard all.count > most else { return all }
        var shown = Array(all.prefix(most))
        shown[shown.count - 1].mark = MessageLayout.Piece(text: "…", role: "message.system")
        return shown
    }

    package func inboxEntry(_ row: InboxList.Row) -> Entry? {
        guard case .entry(let name, let seq) = row else { return nil }
        return inbox.section(of: name)?.entries.last { $0.seq == seq }
    }

    private func inboxHeight(of row: InboxList.Row, in area: Rect) -> Int {
        inboxEntry(row).map { inboxLines(of: $0, in: area).count } ?? 1
    }

    /// The lines at which a row may begin so that the whole of it is in sight, below what it belongs to.
    private func inboxPlaces(for row: InboxList.Row, in area: Rect) -> ClosedRange<Int> {
        let lowest = max(0, area.rows - inboxHeight(of: row, in: area))
        return min(1, lowest)...lowest
    }

    /// The rows in sight.
    package func inboxWindow(in area: Rect) -> AnchoredWindow {
        let rows = inbox.rows
        let index = inbox.selectedIndex ?? 0
        let places = rows.indices.contains(index) ? inboxPlaces(for: rows[index], in: area) : 0...0
        return AnchoredWindow(
            count: rows.count, anchor: index, line: min(max(places.lowerBound, inbox.anchorLine), places.upperBound),
            windowRows: area.rows
        ) { inboxHeight(of: rows[$0], in: area) }
    }

    /// Whose heading stands in the place of the window's first line, because its own place is out of sight above.
    package func inboxHeading(over window: AnchoredWindow) -> ConversationName? {
        guard window.lines.count > 1, let first = window.lines.first else { return nil }
        switch inbox.rows[first.row] {
        case .entry(let name, _), .waiting(let name), .more(let name): return name
        case .nothingUnread, .heading, .blank, .recentHeading, .recent, .startAChat: return nil
        }
    }

    /// How many unread entries that arrived since the inbox opened lie below the window.
    package var arrivalsBelow: Int {
        guard conversation == nil, let area = timelineArea, let last = inboxWindow(in: area).lines.last else { return 0 }
        return inbox.rows[(last.row + 1)...].reduce(0) { count, row in
            guard let section = row.conversation.flatMap(inbox.section(of:)) else { return count }
            switch row {
            case .entry(_, let seq): return count + (seq > max(section.openedThrough, section.readThrough) ? 1 : 0)
            case .waiting, .more: return count + section.arrivalsNotLoaded
            case .nothingUnread, .heading, .blank, .recentHeading, .recent, .startAChat: return count
            }
        }
    }

    // MARK: Sight

    /// The rows of which the end can be seen, or the beginning.
    private func inboxRows(in area: Rect, byBeginning: Bool) -> [InboxList.Row] {
        let window = inboxWindow(in: area)
        let hidden = inboxHeading(over: window) == nil ? 0 : 1
        return window.lines.dropFirst(hidden).compactMap { place in
            let row = inbox.rows[place.row]
            let edge = byBeginning ? 0 : inboxHeight(of: row, in: area) - 1
            return place.line == edge ? row : nil
        }
    }

    /// What was drawn was in sight, unless something lies over it. Nothing else may be read by moving past it.
    mutating func noteSight() {
        guard conversation == nil, let area = areaInSight else { return }
        inbox.see(inboxRows(in: area, byBeginning: false))
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

    /// A page less one row: the last row in sight becomes the first, or the first the last.
    mutating func pageInInbox(up: Bool) {
        guard let area = timelineArea else { return }
        let shown = inboxRows(in: area, byBeginning: up).filter(\.isSelectable)
        let edge = up ? shown.first : shown.last
        let next = inbox.row(stepsAway: up ? -1 : 1, stopsAtEnds: true)
        guard let target = edge == inbox.selection ? next : edge ?? next else { return }
        if !up { readPassed(until: target) }
        inbox.select(target)
        let places = inboxPlaces(for: target, in: area)
        inbox.anchorLine = up ? places.upperBound : places.lowerBound
    }

    mutating func moveInboxToEnd(first: Bool) {
        let choices = inbox.rows.filter(\.isSelectable)
        guard let target = first ? choices.first : choices.last else { return }
        if !first { readPassed(until: target) }
        chooseInInbox(target)
    }

    private mutating func readPassed(until row: InboxList.Row?) {
        for (name, seq) in inbox.pass(until: row) { emit(.perform(.markRead(name, seq))) }
    }

    /// `/read`: everything, also what is not loaded and what is muted.
    mutating func readEverything() {
        let unread = directory.conversations.values.filter { $0.unread > 0 }
        guard !unread.isEmpty else { return announce(.nothingUnread) }
        for state in unread.sorted(by: { $0.conversation < $1.conversation }) {
            inbox.read(state.conversation, through: state.lastSeq)
            if conversation?.name == state.conversation { conversation?.noteRead(through: state.lastSeq) }
            emit(.perform(.markRead(state.conversation, state.lastSeq)))
        }
        announce(.markedRead(unread.reduce(0) { $0 + $1.unread }))
    }

    /// The window follows as little as it must.
    private mutating func chooseInInbox(_ row: InboxList.Row) {
        guard let area = timelineArea, let index = inbox.rows.firstIndex(of: row) else { return inbox.select(row) }
        let window = inboxWindow(in: area)
        let places = inboxPlaces(for: row, in: area)
        let isAbove = index <= window.lines.first?.row ?? 0
        let place = window.line(of: index) ?? (isAbove ? places.lowerBound : places.upperBound)
        inbox.select(row)
        inbox.anchorLine = min(max(places.lowerBound, place), places.upperBound)
    }

    // MARK: Opening

    mutating func openInboxSelection() {
        switch inbox.selection {
        case .entry(let name, let seq): open(name, at: seq)
        case .waiting(let name), .recent(let name): open(name)
        case .startAChat, nil: focusPane(.contacts)
        case .nothingUnread, .heading, .more, .blank, .recentHeading: break
        }
    }
}
