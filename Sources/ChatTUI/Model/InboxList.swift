import ChatClient
package import ChatProtocol

/// What the middle pane shows while no conversation is open: what is unread, and what was active last.
///
/// A snapshot: it is made when the inbox opens, and from then on rows only join at the end of their section.
package struct InboxList: Hashable, Sendable {
    package private(set) var unread: [ConversationName] = []
    package private(set) var recent: [ConversationName] = []
    package private(set) var selection: ConversationName?

    private static let recentCount = 10

    package init() {}

    package var rows: [ConversationName] { unread + recent }

    /// Made anew: mentions first, then people, then rooms, in each the one that waits longest first.
    package mutating func open(from directory: Directory) {
        let waiting = directory.conversations.values.filter { $0.unread > 0 && !$0.muted }
        unread = waiting.sorted(by: Self.isMoreUrgent).map(\.conversation)
        let rest = directory.conversations.values.filter { $0.unread == 0 || $0.muted }
        recent = rest.sorted { time($0) == time($1) ? $0.conversation < $1.conversation : time($0) > time($1) }
            .prefix(Self.recentCount).map(\.conversation)
        selection = rows.first
    }

    /// What became unread meanwhile joins; nothing else moves.
    package mutating func refresh(from directory: Directory) {
        unread.removeAll { directory.conversations[$0] == nil }
        recent.removeAll { directory.conversations[$0] == nil }
        let arrived = directory.conversations.values.filter { $0.unread > 0 && !$0.muted && !unread.contains($0.conversation) }
        for state in arrived.sorted(by: Self.isMoreUrgent) {
            unread.append(state.conversation)
            recent.removeAll { $0 == state.conversation }
        }
        let known = Set(rows)
        let others = directory.conversations.keys.filter { !known.contains($0) }.sorted()
        recent += others.prefix(max(0, Self.recentCount - recent.count))
        if let selection, rows.contains(selection) { return }
        selection = rows.first
    }

    /// False if there is no row there.
    package mutating func moveSelection(by steps: Int) -> Bool {
        let rows = rows
        guard let current = selection.flatMap({ rows.firstIndex(of: $0) }) else {
            selection = rows.first
            return selection != nil
        }
        guard rows.indices.contains(current + steps) else { return false }
        selection = rows[current + steps]
        return true
    }

    package mutating func select(_ conversation: ConversationName) {
        if rows.contains(conversation) { selection = conversation }
    }

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
