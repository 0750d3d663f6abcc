package import ChatClient
package import ChatProtocol
import TerminalText

/// Who and what there is: conversations, people, rooms. All text of others in it is clean.
package struct Directory: Hashable, Sendable {
    package private(set) var conversations: [ConversationName: ConversationState] = [:]
    package private(set) var people: [Username: Person] = [:]
    package private(set) var rooms: [RoomName: RoomsReply.Room] = [:]

    package init() {}

    package mutating func replaceConversations(_ states: [ConversationState]) {
        conversations = [:]
        for state in states { update(state) }
    }

    package mutating func update(_ state: ConversationState) {
        var state = state
        state.title = Sanitizer.line.clean(state.title)
        state.draft = Sanitizer.body.clean(state.draft)
        state.last = state.last.map(Self.clean)
        conversations[state.conversation] = state
    }

    package mutating func remove(_ conversation: ConversationName) {
        conversations[conversation] = nil
    }

    package mutating func setDraft(_ text: String, of conversation: ConversationName) {
        conversations[conversation]?.draft = text
    }

    /// The list replaces what was known: who is no longer in it is gone.
    package mutating func replacePeople(_ list: [Person]) {
        people = [:]
        for person in list { update(person) }
    }

    package mutating func update(_ person: Person) {
        var person = person
        person.name = Sanitizer.line.clean(person.name)
        people[person.username] = person
    }

    package mutating func replaceRooms(_ list: [RoomsReply.Room]) {
        rooms = [:]
        for room in list {
            var room = room
            room.topic = Sanitizer.line.clean(room.topic)
            rooms[room.room] = room
        }
    }

    /// What to call a conversation: `@alam` is a person's user name, `#room` a room.
    package func label(of conversation: ConversationName) -> String {
        switch conversation {
        case .direct(let username): people[username]?.username.text ?? username.text
        case .room: conversation.description
        }
    }

    package func isOnline(_ username: Username) -> Bool { people[username]?.online ?? false }

    /// An entry that can be shown: its text and its author's name made harmless.
    package static func clean(_ entry: Entry) -> Entry {
        var entry = entry
        entry.text = Sanitizer.body.clean(entry.text)
        entry.authorName = Sanitizer.line.clean(entry.authorName)
        return entry
    }
}
