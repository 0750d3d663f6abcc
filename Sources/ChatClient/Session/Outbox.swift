import ChatProtocol

/// Messages that the server has not confirmed, in the order in which they were composed. Pure: it says what may go out.
///
/// Of each conversation one message is on its way at a time. More would be faster, and would let the second overtake
/// the first when the server asks to come back later with that one.
struct Outbox {
    private(set) var items: [OutboxItem] = []
    /// Conversations that the server asked to leave alone for a while.
    private var resting: Set<ConversationName> = []
    /// Of messages that the server would not take so far.
    private var backoffs: [OutboxItem.ID: Backoff] = [:]
    /// Not on disk yet: the network must not see them.
    private var unstored: Set<OutboxItem.ID> = []

    /// What an earlier run left may have been on a line.
    mutating func restore(_ stored: [OutboxItem]) {
        items = stored
        for place in items.indices where items[place].state == .queued { items[place].mayHaveArrived = true }
    }

    mutating func add(_ item: OutboxItem) {
        items.append(item)
        unstored.insert(item.id)
    }

    /// It lies on disk now, or cannot be kept there.
    mutating func markStored(_ id: OutboxItem.ID) { unstored.remove(id) }

    subscript(id: OutboxItem.ID) -> OutboxItem? { items.first { $0.id == id } }

    func items(of conversation: ConversationName) -> [OutboxItem] { items.filter { $0.conversation == conversation } }

    var conversations: Set<ConversationName> { Set(items.map(\.conversation)) }

    /// The messages to send now: the first of each conversation, unless one is on its way. They count as on their way.
    mutating func takeNext() -> [OutboxItem] {
        var busy = resting.union(items.filter { $0.state == .sending }.map(\.conversation))
        var next: [OutboxItem] = []
        for place in items.indices where items[place].state == .queued {
            guard busy.insert(items[place].conversation).inserted, !unstored.contains(items[place].id) else { continue }
            items[place].state = .sending
            items[place].mayHaveArrived = true
            next.append(items[place])
        }
        return next
    }

    /// Sent or discarded.
    mutating func remove(_ id: OutboxItem.ID) {
        items.removeAll { $0.id == id }
        unstored.remove(id)
        backoffs[id] = nil
    }

    /// - Parameter refusal: why it is to be tried again by itself.
    mutating func set(_ state: OutboxItem.State, of id: OutboxItem.ID, refusal: ProtocolError? = nil) {
        guard let place = items.firstIndex(where: { $0.id == id }) else { return }
        items[place].state = state
        items[place].refusal = refusal
        // Had any attempt arrived, its nonce would have been answered with that.
        if case .failed = state { items[place].mayHaveArrived = false }
    }

    /// The server asked to come back later with this message; what follows in its conversation waits behind it.
    /// - Returns: How long at least, longer each time.
    mutating func rest(_ id: OutboxItem.ID, _ refusal: ProtocolError) -> Duration {
        set(.queued, of: id, refusal: refusal)
        if let conversation = self[id]?.conversation { resting.insert(conversation) }
        return backoffs[id, default: Backoff()].next()
    }

    mutating func wake(_ conversation: ConversationName) { resting.remove(conversation) }

    /// The line broke: whether the server has what was on its way will show when it is sent again, by its nonce.
    mutating func lineBroke() {
        resting = []
        backoffs = [:]
        for place in items.indices {
            if items[place].state == .sending { items[place].state = .queued }
            items[place].refusal = nil
        }
    }
}

extension ProtocolError {
    /// Whether the same request may succeed later.
    var isTransient: Bool {
        switch code {
        case .rateLimited, .busy, .internal: true
        default: false
        }
    }
}
