import ChatProtocol
import Synchronization

/// Carries events from the network thread to the UI thread and wakes it.
///
/// Bounded by what it may hold, not by dropping: events that only say how things stand replace those they make old,
/// so that a face which sleeps through a flood finds one row per conversation.
public final class Mailbox: Sendable {
    private struct Content {
        var events: [ClientEvent] = []
        /// Where in `events` the newest of its kind stands.
        var places: [Slot: Int] = [:]
    }

    /// Events of one slot supersede each other.
    private enum Slot: Hashable {
        case connection
        case conversation(ConversationName)
        case outbox(ConversationName)
        case person(Username)
        case transfer(Int)
        case shared(ConversationName)
        case people, rooms, files, found
    }

    private let content = Mutex(Content())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: ends the reader's `poll`; called on the posting thread when the mailbox was empty.
    public init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    public func post(_ event: ClientEvent) {
        let wasEmpty = content.withLock { content in
            let wasEmpty = content.events.isEmpty
            if let slot = Self.slot(of: event) {
                if let place = content.places[slot] {
                    content.events[place] = event
                    return wasEmpty
                }
                content.places[slot] = content.events.count
            } else {
                // Nothing moves across an answer: a newer row must not slip before an older list.
                content.places.removeAll(keepingCapacity: true)
            }
            content.events.append(event)
            return wasEmpty
        }
        if wasEmpty { wake() }
    }

    /// Everything that waits, oldest first.
    public func drain() -> [ClientEvent] {
        content.withLock { content in
            defer { content = Content() }
            return content.events
        }
    }

    private static func slot(of event: ClientEvent) -> Slot? {
        switch event {
        case .connection: .connection
        case .changed(let state): .conversation(state.conversation)
        case .outbox(let conversation, _): .outbox(conversation)
        case .presence(let person): .person(person.username)
        case .transfer(let transfer): .transfer(transfer.id)
        case .people: .people
        case .rooms: .rooms
        case .files: .files
        case .shared(let conversation, _): .shared(conversation)
        case .found: .found
        case .registered, .signedIn, .signInFailed, .signedOut, .conversations, .sent, .page, .members, .joined, .left, .refused,
            .notice, .catchingUp:
            nil
        }
    }
}
