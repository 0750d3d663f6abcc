package import ChatClient
package import ChatProtocol

/// What the middle pane shows while no conversation is open: what is unread, entry by entry, and what was active last.
///
/// A snapshot: it is made when the inbox opens, and from then on things only join, at the end of their section.
package struct InboxList: Hashable, Sendable {
    /// One thing below the other. What stands between is there to be read, the others to be chosen.
    package enum Row: Hashable, Sendable {
        case nothingUnread
        case heading(ConversationName)
        case entry(ConversationName, Seq)
        /// The section's entries have not come, or there are none to show.
        case waiting(ConversationName)
        /// The section has more than is loaded.
        case more(ConversationName)
        case blank(Int)
        case recentHeading
        case recent(ConversationName)
        case startAChat

        package var isSelectable: Bool {
            switch self {
            case .entry, .waiting, .recent, .startAChat: true
            case .nothingUnread, .heading, .more, .blank, .recentHeading: false
            }
        }

        package var conversation: ConversationName? {
            switch self {
            case .heading(let name), .entry(let name, _), .waiting(let name), .more(let name), .recent(let name): name
            case .nothingUnread, .blank, .recentHeading, .startAChat: nil
            }
        }
    }

    package private(set) var sections: [InboxSection] = []
    package private(set) var recent: [ConversationName] = []
    package private(set) var rows: [Row] = []
    package private(set) var selection: Row?
    /// The line of the window at which the chosen row begins: it stays there whatever comes above or below.
    package var anchorLine = 0
    /// How far each conversation went when the inbox opened: what is newer has arrived since.
    private var openedThrough: [ConversationName: Seq] = [:]

    private static let recentCount = 10
    /// Sections are loaded when the choice comes so near.
    private static let loadedAhead = 20

    package init() {}

    package var unread: [ConversationName] { sections.map(\.conversation) }

    package func section(of conversation: ConversationName) -> InboxSection? {
        sections.first { $0.conversation == conversation }
    }

    // MARK: Opening and joining

    /// Made anew: mentions first, then people, then rooms, in each the one that waits longest first.
    package mutating func open(from directory: Directory) {
        let waiting = directory.conversations.values.filter { $0.unread > 0 && !$0.muted }
        sections = waiting.sorted(by: Self.isMoreUrgent).map { InboxSection($0, openedThrough: $0.lastSeq) }
        let rest = directory.conversations.values.filter { $0.unread == 0 || $0.muted }
        recent = rest.sorted { time($0) == time($1) ? $0.conversation < $1.conversation : time($0) > time($1) }
            .prefix(Self.recentCount).map(\.conversation)
        openedThrough = directory.conversations.mapValues(\.lastSeq)
        selection = nil
        rebuild()
        showTop()
    }

    /// The list from its beginning, headings included.
    private mutating func showTop() { anchorLine = selectedIndex ?? 0 }

    /// What became unread meanwhile joins; nothing else moves.
    /// - Parameters:
    ///   - isCatchingUp: what comes did not arrive just now.
    ///   - isWriting: to nobody yet. Else the first conversation that there is to choose is chosen.
    package mutating func refresh(from directory: Directory, isCatchingUp: Bool = false, isWriting: Bool = false) {
        let hadChoice = rows.contains { $0.isSelectable && $0 != .startAChat }
        if isCatchingUp { openedThrough = directory.conversations.mapValues(\.lastSeq) }
        sections.removeAll { directory.conversations[$0.conversation] == nil }
        recent.removeAll { directory.conversations[$0] == nil }
        for index in sections.indices {
            guard let state = directory.conversations[sections[index].conversation] else { continue }
            sections[index].update(state)
            if isCatchingUp { sections[index].openedThrough = state.lastSeq }
        }
        let known = Set(unread)
        let arrived = directory.conversations.values.filter { $0.unread > 0 && !$0.muted && !known.contains($0.conversation) }
        for state in arrived.sorted(by: Self.isMoreUrgent) {
            let known = openedThrough[state.conversation] ?? .zero
            sections.append(InboxSection(state, openedThrough: max(known, state.readSeq)))
            recent.removeAll { $0 == state.conversation }
        }
        let listed = Set(unread + recent)
        let others = directory.conversations.keys.filter { !listed.contains($0) }.sorted()
        recent += others.prefix(max(0, Self.recentCount - recent.count))
        rebuild()
        guard !hadChoice, !isWriting else { return }
        selection = rows.first(where: \.isSelectable)
        showTop()
    }

    package mutating func take(_ page: ConversationPage, me: Username?) {
        guard let index = sections.firstIndex(where: { $0.conversation == page.conversation }),
            sections[index].take(page, me: me)
        else { return }
        rebuild()
    }

    package mutating func askAgain() {
        for index in sections.indices { sections[index].askAgain() }
    }

    /// What is to be loaded now: the sections near the choice, and more of the one whose end is near.
    package mutating func requests() -> [(conversation: ConversationName, after: Seq)] {
        let chosen = selection?.conversation.flatMap { name in sections.firstIndex { $0.conversation == name } }
        let last = (chosen ?? (selection?.conversation == nil ? 0 : sections.count)) + Self.loadedAhead
        var requests: [(conversation: ConversationName, after: Seq)] = []
        for index in sections.indices where index <= last {
            let section = sections[index]
            let isFull = section.entries.count { !section.isRead($0) } >= InboxSection.pageSize
            if isFull, !(index == chosen && isNearEnd(of: section)) { continue }
            if let after = sections[index].nextRequest() { requests.append((section.conversation, after)) }
        }
        return requests
    }

    private func isNearEnd(of section: InboxSection) -> Bool {
        guard case .entry(_, let seq) = selection else { return false }
        return section.entries.suffix(InboxSection.pageSize / 2).contains { $0.seq == seq }
    }

    private mutating func rebuild() {
        var rows: [Row] = []
        if sections.isEmpty { rows += [.nothingUnread, .blank(0)] }
        for (index, section) in sections.enumerated() {
            rows.append(.heading(section.conversation))
            if section.entries.isEmpty { rows.append(.waiting(section.conversation)) }
            rows += section.entries.map { .entry(section.conversation, $0.seq) }
            if !section.entries.isEmpty, section.notLoaded > 0 { rows.append(.more(section.conversation)) }
            rows.append(.blank(index + 1))
        }
        if !recent.isEmpty { rows += [.recentHeading] + recent.map(Row.recent) + [.blank(-1)] }
        rows.append(.startAChat)
        self.rows = rows
        keepSelection()
    }

    private mutating func keepSelection() {
        if let selection, rows.contains(selection) { return }
        // Entries came for what was waiting, or a recent conversation became unread.
        let same = selection?.conversation.flatMap { name in rows.first { $0.isSelectable && $0.conversation == name } }
        selection = same ?? rows.first(where: \.isSelectable)
    }

    // MARK: Choosing

    package var selectedIndex: Int? { selection.flatMap { rows.firstIndex(of: $0) } }

    package mutating func select(_ row: Row) {
        if row.isSelectable, rows.contains(row) { selection = row }
    }

    /// The row so many choices away; nil if there is none. A page stops at the ends instead.
    package func row(stepsAway steps: Int, stopsAtEnds: Bool) -> Row? {
        let choices = rows.filter(\.isSelectable)
        guard let current = selection.flatMap({ choices.firstIndex(of: $0) }) else { return choices.first }
        let index = current + steps
        if stopsAtEnds, !choices.isEmpty { return choices[min(max(0, index), choices.count - 1)] }
        return choices.indices.contains(index) ? choices[index] : nil
    }

    // MARK: Reading

    /// What a window shows: only that can be read by passing it.
    package mutating func see(_ rows: [Row]) {
        for case .entry(let name, let seq) in rows {
            if let index = sections.firstIndex(where: { $0.conversation == name }) { sections[index].see(seq) }
        }
    }

    /// How far each conversation is read once the choice has moved down from here to a row, or below the last. What was
    /// passed without having been in sight is not, nor is what lies behind it.
    package mutating func pass(until row: Row?) -> [(conversation: ConversationName, through: Seq)] {
        guard let start = selectedIndex else { return [] }
        let end = row.flatMap { rows.firstIndex(of: $0) } ?? rows.count
        guard start < end else { return [] }
        for index in sections.indices {
            let name = sections[index].conversation
            for case .entry(name, let seq) in rows[start..<end] { sections[index].pass(seq) }
        }
        return sections.indices.compactMap { index in
            sections[index].readPassed().map { (sections[index].conversation, $0) }
        }
    }

    package mutating func read(_ conversation: ConversationName, through seq: Seq) {
        guard let index = sections.firstIndex(where: { $0.conversation == conversation }) else { return }
        sections[index].read(through: seq)
    }

    // MARK: Order

    private static func isMoreUrgent(_ a: ConversationState, _ b: ConversationState) -> Bool {
        func rank(_ state: ConversationState) -> Int {
            if state.mentions > 0 { return 0 }
            return state.conversation.isRoom ? 2 : 1
        }
        if rank(a) != rank(b) { return rank(a) < rank(b) }
        let (atime, btime) = (a.last?.time.milliseconds ?? 0, b.last?.time.milliseconds ?? 0)
        return atime == btime ? a.conversation < b.conversation : atime < btime
    }

    private func time(_ state: ConversationState) -> Int64 { state.last?.time.milliseconds ?? 0 }
}
