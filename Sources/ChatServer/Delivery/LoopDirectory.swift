import ChatProtocol
import ChatStore
import DequeModule
import NIOCore

/// The connections of one event loop: who of them belongs to whom, and which hear of what. Confined to that loop.
final class LoopDirectory {
    let index: Int
    let eventLoop: any EventLoop
    let allowance: RequestAllowance
    /// For what is written here at any one time.
    let jsonMemory = JSONMemory()
    /// Appends that a connection gathers while it works through what it has read.
    var gathered = ChangeBatch<Origin>()
    private var byUser: [UserID: [any Recipient]] = [:]
    private var connections: [ConnectionID: any Recipient] = [:]
    /// Who hears of the entries of a room, as `byUser` says: found once, and forgotten when somebody comes or goes.
    private var listeners: [ObjectIdentifier: Listeners] = [:]
    private var recent = RecentUsers()
    private var variants: EntryVariants
    /// Connections that were written to and not flushed, in that order.
    private var unflushed = Deque<any Recipient>()
    /// Whether the flushing goes on by itself.
    private var isFlushing = false

    /// Connections flushed before the loop looks at what it is asked: while a large room gets a message, its sender's next
    /// is on its way to the disk already.
    private static let flushesAtOnce = 32
    /// Any time at all, so that the loop looks in between.
    private static let pause = TimeAmount.microseconds(5)

    init(index: Int, eventLoop: any EventLoop, allowance: RequestAllowance) {
        self.index = index
        self.eventLoop = eventLoop
        self.allowance = allowance
        variants = EntryVariants(memory: jsonMemory)
    }

    // MARK: Who is here

    func add(_ connection: any Recipient) { connections[connection.id] = connection }

    func remove(_ connection: any Recipient) { connections[connection.id] = nil }

    /// From now on the connection hears of what concerns the user.
    func listen(_ connection: any Recipient, user: UserID) {
        guard byUser[user]?.contains(where: { $0 === connection }) != true else { return }
        byUser[user, default: []].append(connection)
        forgetListeners()
    }

    func unlisten(_ connection: any Recipient, user: UserID) {
        byUser[user]?.removeAll { $0 === connection }
        if byUser[user]?.isEmpty == true { byUser[user] = nil }
        forgetListeners()
    }

    private func forgetListeners() {
        listeners.removeAll()
        recent = RecentUsers()
    }

    var all: [any Recipient] { Array(connections.values) }

    // MARK: Delivering

    func deliver(_ batch: CommitLine.Batch) {
        for (result, origin) in zip(batch.results, batch.origins) {
            if origin.loop == index { answer(result, origin) }
            if case .success(let outcome) = result, let posted = outcome.news, !posted.duplicate {
                fanOut(posted, except: origin.connection)
            }
        }
        flush()
    }

    private func answer(_ result: Result<Outcome, ProtocolError>, _ origin: Origin) {
        switch origin.answer {
        case .append(let reference):
            flushLater(reference.value)
            reference.value.appendCommitted(result)
        case .call(let body):
            body(result)
        }
    }

    private func fanOut(_ posted: Posted, except sender: ConnectionID) {
        variants.begin()
        guard posted.audience.users.count > 2 else {
            for user in posted.audience.users {
                let connections = recent.connections(of: user, in: byUser)
                if connections.count == 1, connections[0].isSubscribed {
                    tellAlone(connections[0], user, of: posted.entry, except: sender)
                } else {
                    for connection in connections where connection.id != sender { tell(connection, user, of: posted.entry) }
                }
            }
            return
        }
        for (connection, user) in listeners(posted.audience) where connection.id != sender {
            tell(connection, user, of: posted.entry)
        }
    }

    /// Nobody else hears of it in this user's words: they are written where they go.
    private func tellAlone(_ connection: any Recipient, _ user: UserID, of entry: StoredEntry, except sender: ConnectionID) {
        guard connection.id != sender else { return }
        connection.writeEvent { entry.encodeEvent(for: user, to: &$0, in: jsonMemory) }
        flushLater(connection)
    }

    private func tell(_ connection: any Recipient, _ user: UserID, of entry: StoredEntry) {
        if connection.isSubscribed {
            connection.write(event: variants.event(entry, for: user))
        } else if connection.attachedRooms.contains(entry.conversation),
            let broadcast = variants.broadcast(entry, connection.framing)
        {
            connection.write(event: broadcast)
        }
        flushLater(connection)
    }

    private func listeners(_ audience: Audience) -> [(any Recipient, UserID)] {
        if let known = listeners[ObjectIdentifier(audience)] { return known.connections }
        let found = audience.users.flatMap { user in (byUser[user] ?? []).map { ($0, user) } }
        if listeners.count >= 1024 { listeners.removeAll() }
        listeners[ObjectIdentifier(audience)] = Listeners(audience: audience, connections: found)
        return found
    }

    func tell(_ event: ByteBuffer, to users: Set<UserID>?, except: ConnectionID?) {
        func tell(_ connection: any Recipient) {
            guard connection.isSubscribed, connection.id != except else { return }
            connection.write(event: event)
            flushLater(connection)
        }
        if let users {
            for user in users { byUser[user]?.forEach(tell) }
        } else {
            connections.values.forEach(tell)
        }
        flush()
    }

    private func flushLater(_ connection: any Recipient) {
        guard !connection.awaitsFlush else { return }
        connection.awaitsFlush = true
        unflushed.append(connection)
    }

    private func flush() {
        for _ in 0..<Self.flushesAtOnce {
            guard let connection = unflushed.popFirst() else { return }
            connection.batchEnded()
        }
        guard !unflushed.isEmpty, !isFlushing else { return }
        isFlushing = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in
            isFlushing = false
            flush()
        }
    }
}

/// The connections of the two users who were told last: entries of one conversation mostly come several at once.
private struct RecentUsers {
    private var last: (user: UserID, connections: [any Recipient])?
    private var before: (user: UserID, connections: [any Recipient])?

    mutating func connections(of user: UserID, in all: [UserID: [any Recipient]]) -> [any Recipient] {
        if let last, last.user == user { return last.connections }
        if let before, before.user == user { return before.connections }
        let found = all[user] ?? []
        before = last
        last = (user, found)
        return found
    }
}

private struct Listeners {
    /// Held, so that its identity is nobody else's.
    let audience: Audience
    let connections: [(any Recipient, UserID)]
}

extension Outcome {
    /// The entry that others hear of.
    fileprivate var news: Posted? {
        switch self {
        case .posted(let posted), .shared(let posted, _): posted
        case .joined(let joined): joined.posted
        case .left(let left): left.posted
        case .registered, .sessionOpened, .sessionEnded, .done, .read, .upload, .expired: nil
        }
    }
}
