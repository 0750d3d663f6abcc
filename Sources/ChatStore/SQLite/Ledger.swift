import ChatProtocol
import GRDB

/// What every batch needs of the log, on the connection that writes: prepared once.
final class LogStatements {
    private let log: EntryLog
    let writer: EntryWriter
    let nonces: NonceSegments
    let begin: DirectStatement
    let commit: DirectStatement

    init(_ db: Database) throws {
        begin = try DirectStatement("BEGIN IMMEDIATE TRANSACTION", db)
        commit = try DirectStatement("COMMIT TRANSACTION", db)
        log = try EntryLog(db)
        writer = try EntryWriter(db)
        nonces = try NonceSegments(db)
    }

    /// The entries, those of this batch included.
    var entries: EntryLog {
        get throws {
            try writer.flush()
            return log
        }
    }
}

/// What the committer knows without asking the database: read on demand, then kept in step with every change.
///
/// Belongs to `commit`. When a transaction fails it is thrown away and learnt anew, so it can never be ahead of the disk.
struct Ledger {
    /// One conversation's place in the log.
    final class Conversation {
        let id: ConversationID
        let kind: Kind
        fileprivate(set) var head: Head
        /// Whether the batch has moved the head.
        fileprivate var hasMoved = false
        /// Of a room: who is in it now.
        var members: [UserID: Membership] = [:]
        private var cachedAudience: Audience?
        private var cachedNames: [String]?

        enum Kind {
            case direct(User, User)
            case room(RoomName)
        }

        struct Membership {
            var user: User
            var role: String
        }

        let place: Place

        init(id: ConversationID, kind: Kind, head: Head = .empty) {
            self.id = id
            self.kind = kind
            self.head = head
            place =
                switch kind {
                case .direct(let a, let b): .direct(a, b)
                case .room(let room): .room(room)
                }
        }

        var lastSeq: Seq { head.seq }

        /// Everybody who is to hear of an entry that is stored now.
        var audience: Audience {
            if let cachedAudience { return cachedAudience }
            let audience =
                switch kind {
                case .direct(let a, let b): Audience(a.id == b.id ? [a.id] : [a.id, b.id])
                case .room: Audience(Array(members.keys))
                }
            cachedAudience = audience
            return audience
        }

        /// The names of the first members, in their order, as many as a list has.
        var firstNames: [String] {
            if let cachedNames { return cachedNames }
            let names = Array(members.values.map(\.user.name).sorted().prefix(Limits.listPage))
            cachedNames = names
            return names
        }

        func add(_ user: User, role: String) {
            members[user.id] = Membership(user: user, role: role)
            cachedAudience = nil
            cachedNames = nil
        }

        func remove(_ user: UserID) {
            members[user] = nil
            cachedAudience = nil
            cachedNames = nil
        }
    }

    struct Pair: Hashable {
        let low: Int64
        let high: Int64

        init(_ a: UserID, _ b: UserID) {
            low = min(a.value, b.value)
            high = max(a.value, b.value)
        }
    }

    private var users: [String: User] = [:]
    private var directs: [Pair: Conversation] = [:]
    private var rooms: [String: Conversation] = [:]
    private var conversations: [ConversationID: Conversation] = [:]
    /// What the change before was about: whoever sends much at once mostly sends it to one person.
    private var recentDirect: (author: UserID, name: String, conversation: Conversation)?
    private var recentSession: SessionID?
    /// Live sessions, and the room each joined last.
    private var sessionRooms: [SessionID: ConversationID?] = [:]

    /// The time of the newest entry. Time in the log never runs backwards, whatever the clock does.
    private(set) var newest: Timestamp
    /// The time of this batch.
    private(set) var time: Timestamp
    /// What the batch does to sessions, for the directory once it is durable.
    private(set) var sessionChanges: [SessionDirectory.Change] = []

    /// The newest entry that is durable, and the newest of all.
    private(set) var durableEntry: EntryID
    private var newestEntry: EntryID
    /// Conversations whose head the batch has moved.
    private var moved: [Conversation] = []
    private let heads: Heads
    let nonces: NonceMemory

    private var statements: LogStatements?

    init(newest: Timestamp, newestEntry: EntryID, heads: Heads, nonces: NonceMemory) {
        self.newest = newest
        self.newestEntry = newestEntry
        self.heads = heads
        self.nonces = nonces
        durableEntry = newestEntry
        time = newest
    }

    mutating func begin(at now: Timestamp, _ db: Database) throws {
        if statements == nil { statements = try LogStatements(db) }
        time = max(now, newest)
        newest = time
        sessionChanges.removeAll(keepingCapacity: true)
        nonces.sealIfFull(through: durableEntry, newest: time)
    }

    /// - Throws: before the first batch.
    var log: LogStatements {
        get throws {
            guard let statements else { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "No batch has begun.") }
            return statements
        }
    }

    /// A connection with prepared statements does not close.
    mutating func letGoOfStatements() { statements = nil }

    /// The batch is durable: from now on readers know of it.
    mutating func committed() {
        heads.apply(moved.lazy.map { ($0.id, $0.head) })
        for conversation in moved { conversation.hasMoved = false }
        moved.removeAll(keepingCapacity: true)
        durableEntry = newestEntry
    }

    /// Forgets whatever was learnt from a batch that did not happen.
    mutating func takeBack() {
        self = Ledger(newest: newest, newestEntry: durableEntry, heads: heads, nonces: nonces)
    }

    // MARK: Users

    mutating func user(_ name: Username, _ db: Database) throws -> User? {
        if let user = users[name.folded] { return user }
        let row = try Row.fetchOne(
            db, sql: "SELECT id, username, name, nationality FROM user WHERE folded = ? AND deleted = 0", arguments: [name.folded]
        )
        guard let row else { return nil }
        let user = try User(row)
        users[name.folded] = user
        return user
    }

    mutating func add(_ user: User) { users[user.username.folded] = user }

    // MARK: Conversations

    /// The conversation of these two, if the change before was about it.
    func recentDirect(of author: User, with name: Username) -> Conversation? {
        guard let recentDirect, recentDirect.author == author.id, recentDirect.name == name.folded else { return nil }
        return recentDirect.conversation
    }

    mutating func direct(_ a: User, _ b: User, _ db: Database) throws -> Conversation? {
        let found = try findDirect(a, b, db)
        recentDirect = found.map { (a.id, b.username.folded, $0) }
        return found
    }

    private mutating func findDirect(_ a: User, _ b: User, _ db: Database) throws -> Conversation? {
        let pair = Pair(a.id, b.id)
        if let known = directs[pair] { return known }
        guard
            let id = try Int64.fetchOne(
                db, sql: "SELECT id FROM conversation WHERE low = ? AND high = ?", arguments: [pair.low, pair.high])
        else { return nil }
        let found = Conversation(id: ConversationID(id), kind: .direct(a, b), head: try head(of: ConversationID(id), db))
        directs[pair] = found
        conversations[found.id] = found
        return found
    }

    mutating func room(_ name: RoomName, _ db: Database) throws -> Conversation? {
        if let known = rooms[name.folded] { return known }
        let row = try Row.fetchOne(db, sql: "SELECT id, room FROM conversation WHERE folded = ?", arguments: [name.folded])
        return try row.map { try learnRoom($0, db) }
    }

    mutating func conversation(_ id: ConversationID, _ db: Database) throws -> Conversation? {
        if let known = conversations[id] { return known }
        let row = try Row.fetchOne(
            db, sql: "SELECT id, room FROM conversation WHERE id = ? AND room IS NOT NULL", arguments: [id.value])
        return try row.map { try learnRoom($0, db) }
    }

    private mutating func learnRoom(_ row: Row, _ db: Database) throws -> Conversation {
        let id = ConversationID(row["id"])
        let room = Conversation(id: id, kind: .room(try RoomName(row["room"])), head: try head(of: id, db))
        let members = try Row.fetchCursor(
            db,
            sql: """
                SELECT u.id, u.username, u.name, u.nationality, m.role FROM member m JOIN user u ON u.id = m.user
                WHERE m.conversation = ? AND m.last IS NULL
                """, arguments: [id.value])
        while let member = try members.next() { room.add(try User(member), role: member["role"]) }
        add(room)
        return room
    }

    mutating func add(_ conversation: Conversation) {
        conversations[conversation.id] = conversation
        switch conversation.kind {
        case .direct(let a, let b): directs[Pair(a.id, b.id)] = conversation
        case .room(let name): rooms[name.folded] = conversation
        }
    }

    private func head(of id: ConversationID, _ db: Database) throws -> Head {
        try heads.head(of: id) ?? EntryLog(db).head(of: id)
    }

    /// The place of one more entry in this conversation.
    mutating func moveHead(of conversation: Conversation) -> Head {
        newestEntry = EntryID(newestEntry.value + 1)
        conversation.head = Head(seq: conversation.head.seq.next, entry: newestEntry)
        if !conversation.hasMoved {
            conversation.hasMoved = true
            moved.append(conversation)
        }
        return conversation.head
    }

    // MARK: Sessions

    /// - Throws: `session-invalid` if the session has ended, were it a moment ago in this very batch.
    mutating func requireSession(_ caller: Caller, _ db: Database) throws {
        if recentSession == caller.session { return }
        if sessionRooms[caller.session] == nil { try learnSession(caller.session, db) }
        recentSession = caller.session
    }

    private mutating func learnSession(_ session: SessionID, _ db: Database) throws {
        guard let row = try Row.fetchOne(db, sql: "SELECT room FROM session WHERE id = ?", arguments: [session.value]) else {
            throw ProtocolError.sessionEnded
        }
        sessionRooms[session] = .some((row["room"] as Int64?).map { ConversationID($0) })
    }

    /// The room that the session joined last.
    func currentRoom(_ session: SessionID) -> ConversationID? { sessionRooms[session] ?? nil }

    mutating func setCurrentRoom(_ session: SessionID, _ room: ConversationID?) { sessionRooms[session] = .some(room) }

    mutating func sessionOpened(_ session: Session, token: TokenHash) {
        sessionRooms[session.id] = .some(nil)
        sessionChanges.append(.opened(token, session))
    }

    mutating func sessionEnded(_ session: SessionID) {
        recentSession = nil
        sessionRooms[session] = nil
        sessionChanges.append(.ended(session))
    }

    mutating func sessionTouched(_ session: SessionID) { sessionChanges.append(.touched(session, time)) }
}

extension ProtocolError {
    static var sessionEnded: ProtocolError {
        ProtocolError(.sessionInvalid, "This session is not known or has ended. Log in again.")
    }
}

extension User {
    convenience init(_ row: Row, id: String = "id") throws {
        self.init(
            id: UserID(row[id]), username: try Username(row["username"]), name: row["name"], nationality: row["nationality"])
    }
}

extension EntryID {
    static func fetchNewest(_ db: Database) throws -> (entry: EntryID, time: Timestamp) {
        let row = try Row.fetchOne(db, sql: "SELECT id, time FROM entry ORDER BY id DESC LIMIT 1")
        return (EntryID(row?["id"] ?? 0), Timestamp(milliseconds: row?["time"] ?? 0))
    }
}
