import ChatClient
package import ChatProtocol

/// The rows of the contacts pane, and which of them is chosen.
///
/// Rows are made from the directory by ``refresh(from:me:reorders:)``. While the pane has the focus, and while catching up,
/// they are not reordered: what a person is about to press Enter on stays where it is.
package struct ContactList: Hashable, Sendable {
    package enum Section: CaseIterable, Hashable, Sendable {
        case direct, rooms, people, moreRooms
    }

    package enum Row: Hashable, Sendable {
        case section(Section)
        /// One that there is: with its unread count and its draft.
        case conversation(ConversationName)
        /// Somebody with whom there is no conversation yet.
        case person(Username)
        /// A room that one is not in.
        case room(RoomName)
        // What the filter's text could mean besides.
        case chatWith(Username)
        case join(RoomName)
        case create(RoomName)

        package var isSelectable: Bool {
            if case .section = self { false } else { true }
        }
    }

    package private(set) var rows: [Row] = []
    package private(set) var selection: Row?
    package var filter = Editor(isSingleLine: true)
    private var order: [ConversationName] = []

    package init() {}

    /// All conversations as they stand below each other, whatever the filter shows of them.
    package var conversations: [ConversationName] { order.filter { !$0.isRoom } + order.filter(\.isRoom) }

    // MARK: Rows

    /// - Parameters:
    ///   - unsent: conversations of which the directory may not know, and in which something was written.
    ///   - reorders: whether conversations may change places; new ones appear in any case, at the end.
    package mutating func refresh(
        from directory: Directory, unsent: Set<ConversationName> = [], me: Username?, reorders: Bool
    ) {
        let all = directory.conversations
        let names = unsent.union(all.keys)
        if reorders {
            order = all.values.sorted(by: Self.comesFirst).map(\.conversation)
        } else {
            order.removeAll { !names.contains($0) }
        }
        let known = Set(order)
        order += names.filter { !known.contains($0) }.sorted()
        let wanted = filter.text.lowercased()
        let shown = order.filter { name in
            matches(wanted, name.description, all[name]?.title ?? "")
        }
        var rows: [Row] = []
        append(.direct, shown.filter { !$0.isRoom }.map(Row.conversation), to: &rows)
        append(.rooms, shown.filter(\.isRoom).map(Row.conversation), to: &rows)
        let others = directory.people.values
            .filter { $0.username != me && !names.contains(.direct($0.username)) && matches(wanted, $0.username.text, $0.name) }
            .sorted { $0.username < $1.username }
        append(.people, others.map { .person($0.username) }, to: &rows)
        let moreRooms = directory.rooms.values
            .filter { !names.contains(.room($0.room)) && matches(wanted, $0.room.description, $0.topic) }
            .sorted { $0.room < $1.room }
        append(.moreRooms, moreRooms.map { .room($0.room) }, to: &rows)
        rows += meanings(of: filter.text, in: directory)
        let oldIndex = selection.flatMap { self.rows.firstIndex(of: $0) }
        self.rows = rows
        keepSelection(near: oldIndex)
    }

    private func append(_ section: Section, _ content: [Row], to rows: inout [Row]) {
        guard !content.isEmpty else { return }
        rows.append(.section(section))
        rows += content
    }

    private func matches(_ wanted: String, _ texts: String...) -> Bool {
        wanted.isEmpty || texts.contains { $0.lowercased().contains(wanted) }
    }

    /// The last lines of a filtered list: what the text could be the name of.
    private func meanings(of text: String, in directory: Directory) -> [Row] {
        guard !text.isEmpty else { return [] }
        var rows: [Row] = []
        if !text.hasPrefix("#"), let username = try? Username(text.hasPrefix("@") ? String(text.dropFirst()) : text) {
            rows.append(.chatWith(username))
        }
        if !text.hasPrefix("@"), let room = try? RoomName(text) {
            let exists = directory.rooms[room] != nil || directory.conversations[.room(room)] != nil
            rows.append(exists ? .join(directory.rooms[room]?.room ?? room) : .create(room))
        }
        return rows
    }

    /// The most recently active first.
    private static func comesFirst(_ a: ConversationState, _ b: ConversationState) -> Bool {
        let (atime, btime) = (a.last?.time.milliseconds ?? 0, b.last?.time.milliseconds ?? 0)
        return atime == btime ? a.conversation < b.conversation : atime > btime
    }

    // MARK: Choosing

    private mutating func keepSelection(near index: Int?) {
        if let selection, rows.contains(selection) { return }
        let start = min(index ?? 0, max(0, rows.count - 1))
        selection = rows[start...].first(where: \.isSelectable) ?? rows.last(where: \.isSelectable)
    }

    package mutating func select(_ row: Row) {
        if row.isSelectable, rows.contains(row) { selection = row }
    }

    package mutating func selectFirst() { selection = rows.first(where: \.isSelectable) }
    /// The first row of the first of these sections that there is.
    package mutating func selectFirst(of sections: [Section]) {
        guard let heading = sections.compactMap({ rows.firstIndex(of: .section($0)) }).first else { return }
        selection = rows[heading...].first(where: \.isSelectable)
    }
    package mutating func selectLast() { selection = rows.last(where: \.isSelectable) }

    /// Moves the choice by so many rows that can be chosen, and stops at the ends.
    package mutating func moveSelection(by steps: Int) {
        let selectable = rows.filter(\.isSelectable)
        guard !selectable.isEmpty else { return }
        let current = selection.flatMap { selectable.firstIndex(of: $0) } ?? 0
        selection = selectable[min(max(0, current + steps), selectable.count - 1)]
    }
}
