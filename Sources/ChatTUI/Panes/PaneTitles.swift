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

    /// What is seen where there is no border to say it, in few words where there is hardly room for a name.
    func shown(isShort: Bool) -> String {
        if state.layout.middle == nil { return state.layout.contacts == nil ? files : contacts }
        guard isShort, let name = state.conversation?.name else { return middle }
        return Self.shortTitle(of: name, state)
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
            // A topic that is the name says nothing.
            if (try? RoomName(long)) == room { return short }
        }
        return long.isEmpty || long == short || long == name.description ? short : "\(short) — \(long)"
    }
}
