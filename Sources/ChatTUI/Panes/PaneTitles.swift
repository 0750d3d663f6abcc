import ChatClient
import ChatProtocol
import ChatText

/// What stands in the borders: what a pane shows, and what lies out of sight.
struct PaneTitles {
    let state: State

    var contacts: String { Sentence.contacts[state.language] }
    /// With a mark if something is out of sight above.
    var files: String {
        let title = Sentence.files[state.language]
        guard let area = state.layout.files else { return title }
        let first = state.filesWindow(in: state.layout.text(of: area)).lines.first
        return first.map { $0.row > 0 || $0.line > 0 } == true ? title + " ↑" : title
    }

    var middle: String {
        guard let name = state.conversation?.name else { return Sentence.inbox[state.language] }
        return Self.title(of: name, state)
    }

    /// The same where there is hardly room for a name.
    var shortMiddle: String {
        state.conversation.map { Self.shortTitle(of: $0.name, state) } ?? Sentence.inbox[state.language]
    }

    /// Compose always says whom it writes to.
    var compose: String {
        guard let target = state.composeTarget else { return Sentence.toNobody[state.language] }
        return Sentence.toConversation(Self.shortTitle(of: target, state))[state.language]
    }

    var memberCount: Int? {
        guard case .room(let room) = state.conversation?.name else { return nil }
        return state.members[room]?.count
    }

    /// What is new below the window; nil at the end.
    var below: String? {
        guard let open = state.conversation, let area = state.timelineArea else {
            let count = state.arrivalsBelow
            return count > 0 ? Sentence.newBelow(count)[state.language] : nil
        }
        let isAtEnd = state.scrollGeometry(of: open, in: area).isAtEnd(open.position) && !open.timeline.moreAfter
        guard !isAtEnd else { return nil }
        let count = state.arrivals(in: open)
        return (count > 0 ? Sentence.newBelow(count) : .scrolledUp)[state.language]
    }

    static func shortTitle(of name: ConversationName, _ state: State) -> String {
        switch name {
        case .direct(let username) where username == state.me: Sentence.notebook[state.language]
        default: state.directory.label(of: name)
        }
    }

    /// With the person's name or the room's topic, where it says more.
    static func title(of name: ConversationName, _ state: State) -> String {
        let short = shortTitle(of: name, state)
        let long: String
        switch name {
        case .direct(let username):
            long = state.directory.people[username]?.name ?? state.directory.conversations[name]?.title ?? ""
        case .room(let room):
            long = state.directory.rooms[room]?.topic ?? state.directory.conversations[name]?.title ?? ""
        }
        return long.isEmpty || long == short || long == name.description ? short : "\(short) — \(long)"
    }
}
