import ChatProtocol
import GRDB

/// What the committer knows without asking the database: read on demand, then kept in step with every change.
///
/// Belongs to `commit`. When a transaction fails it is thrown away and learnt anew, so it can never be ahead of the disk.
struct Ledger {
    /// One conversation's place in the log.
    final class Conversation {
        let id: ConversationID
        let kind: Kind
        var lastSeq: Seq
        /// Of a room: who is in it now.
        var members: [UserID: Membership] = [:]
        private var cachedAudience: Audience?

        enum Kind {
            case direct(User, User)
            case room(RoomName)
        }

        struct Membership {
            var user: User
            var role: String
        }

        init(id: ConversationID, kind: Kind, lastSeq: Seq) {
            self.id = id
            self.kind = kind
            self.lastSeq = lastSeq
        }

        var place: Place {
            switch kind {
            case .direct(let a, let b): .direct(a, b)
            case .room(let room): .room(room)
            }
        }

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

        func add(_ user: User, role: String) {
            members[user.id] = Membership(user: user, role: role)
            cachedAudience = nil
        }

        func remove(_ user: UserID) {
            members[user] = nil
            cachedAudience = nil
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
    /// Live sessions, and the room each joined last.
    private var sessionRooms: [SessionID: ConversationID?] = [:]

    /// The time of the newest entry. Time in the log never runs backwards, whatever the clock does.
    private(set) var newest: Timestamp
    /// The time of this batch.
    private(set) var time: Timestamp
    /// What the batch does to sessions, for the directory once it is durable.
    private(set) var sessionChanges: [SessionDirectory.Change] = []

    init(newest: Timestamp) {
        self.newest = newest
        time = newest
    }

    mutating func begin(at now: Timestamp) {
        time = max(now, newest)
        newest = time
        sessionChanges.removeAll(keepingCapacity: true)
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

    mutating func direct(_ a: User, _ b: User, _ db: Database) throws -> Conversation? {
        let pair = Pair(a.id, b.id)
        if let known = directs[pair] { return known }
        guard
            let id = try Int64.fetchOne(
                db, sql: "SELECT id FROM conversation WHERE low = ? AND high = ?", arguments: [pair.low, pair.high])
        else { return nil }
        let found = Conversation(id: ConversationID(id), kind: .direct(a, b), lastSeq: try Self.lastSeq(ConversationID(id), db))
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
        let room = Conversation(id: id, kind: .room(try RoomName(row["room"])), lastSeq: try Self.lastSeq(id, db))
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

    private static func lastSeq(_ id: ConversationID, _ db: Database) throws -> Seq {
        Seq(
            unchecked: try Int64.fetchOne(db, sql: "SELECT max(seq) FROM entry WHERE conversation = ?", arguments: [id.value])
                ?? 0)
    }

    // MARK: Sessions

    /// - Throws: `session-invalid` if the session has ended, were it a moment ago in this very batch.
    mutating func requireSession(_ caller: Caller, _ db: Database) throws {
        if sessionRooms[caller.session] != nil { return }
        guard let row = try Row.fetchOne(db, sql: "SELECT room FROM session WHERE id = ?", arguments: [caller.session.value])
        else {
            throw ProtocolError.sessionEnded
        }
        sessionRooms[caller.session] = .some((row["room"] as Int64?).map { ConversationID($0) })
    }

    /// The room that the session joined last.
    func currentRoom(_ session: SessionID) -> ConversationID? { sessionRooms[session] ?? nil }

    mutating func setCurrentRoom(_ session: SessionID, _ room: ConversationID?) { sessionRooms[session] = .some(room) }

    mutating func sessionOpened(_ session: Session, token: TokenHash) {
        sessionRooms[session.id] = .some(nil)
        sessionChanges.append(.opened(token, session))
    }

    mutating func sessionEnded(_ session: SessionID) {
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

extension Timestamp {
    static func fetchNewest(_ db: Database) throws -> Timestamp {
        Timestamp(milliseconds: try Int64.fetchOne(db, sql: "SELECT time FROM entry ORDER BY id DESC LIMIT 1") ?? 0)
    }
}
