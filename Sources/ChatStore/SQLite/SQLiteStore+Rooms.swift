public import ChatProtocol
import GRDB

extension SQLiteStore {
    func join(_ name: RoomName, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Joined {
        try ledger.requireSession(caller, db)
        let known = try ledger.room(name, db)
        let room = try known ?? createRoom(name, &ledger, db)
        try setCurrentRoom(room.id, caller, &ledger, db)
        guard room.members[caller.user.id] == nil else { return try joined(room, posted: nil) }

        // What was said before is visible but not unread; what the member had read stays read.
        try moveReadPosition(of: caller.user, in: room.id, to: room.lastSeq, db)
        let role = known == nil ? "owner" : "member"
        // All history of a public room is visible to a member, so the new interval takes in the old ones.
        try db.execute(
            sql: "DELETE FROM member WHERE conversation = ? AND user = ?", arguments: [room.id.value, caller.user.id.value])
        try db.execute(
            sql: "INSERT INTO member (conversation, user, first, last, role) VALUES (?, ?, 1, NULL, ?)",
            arguments: [room.id.value, caller.user.id.value, role])
        room.add(caller.user, role: role)
        let post = Post(caller: caller, target: .conversation(.room(name)), kind: .member(.joined))
        return try joined(room, posted: try store(post, in: room, &ledger))
    }

    private func joined(_ room: Ledger.Conversation, posted: Posted?) throws -> Joined {
        Joined(
            room: try room.roomName, conversation: room.id, lastSeq: room.lastSeq, names: room.firstNames, posted: posted)
    }

    private func createRoom(_ name: RoomName, _ ledger: inout Ledger, _ db: Database) throws -> Ledger.Conversation {
        try db.execute(
            sql: "INSERT INTO conversation (room, folded, created) VALUES (?, ?, ?)",
            arguments: [name.text, name.folded, ledger.time.milliseconds])
        let room = Ledger.Conversation(id: ConversationID(db.lastInsertedRowID), kind: .room(name))
        ledger.add(room)
        return room
    }

    func leave(_ name: RoomName?, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Left {
        try ledger.requireSession(caller, db)
        let target: Post.Target = name.map { .conversation(.room($0)) } ?? .currentRoom
        guard let room = try existing(target, caller, &ledger, db), room.members[caller.user.id] != nil else {
            throw ProtocolError(.forbidden, "You are not in that room.")
        }
        // Stored while the leaver still counts as audience: their other devices hear of it too.
        let post = Post(caller: caller, target: target, kind: .member(.left))
        let posted = try store(post, in: room, &ledger)
        try db.execute(
            sql: "UPDATE member SET last = ? WHERE conversation = ? AND user = ? AND last IS NULL",
            arguments: [posted.entry.seq.value, room.id.value, caller.user.id.value])
        room.remove(caller.user.id)
        if ledger.currentRoom(caller.session) == room.id { try setCurrentRoom(nil, caller, &ledger, db) }
        return Left(room: try room.roomName, conversation: room.id, posted: posted)
    }

    private func setCurrentRoom(_ room: ConversationID?, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws {
        guard ledger.currentRoom(caller.session) != room else { return }
        try db.execute(sql: "UPDATE session SET room = ? WHERE id = ?", arguments: [room?.value, caller.session.value])
        ledger.setCurrentRoom(caller.session, room)
    }

    // MARK: Read positions

    func moveRead(
        _ positions: [ReadPosition], _ caller: Caller, _ ledger: inout Ledger, _ db: Database
    ) throws -> [ReadPosition] {
        try ledger.requireSession(caller, db)
        // All are found before any moves: what is refused changes nothing.
        let found = try positions.map { position in
            guard let conversation = try existing(.conversation(position.conversation), caller, &ledger, db) else {
                throw ProtocolError(.noSuchConversation, "There is no conversation \(position.conversation) yet.")
            }
            return conversation
        }
        var moved: [ReadPosition] = []
        for (position, conversation) in zip(positions, found) {
            // A position past the end would hide what is yet to be written.
            let seq = min(position.seq, conversation.lastSeq)
            if try moveReadPosition(of: caller.user, in: conversation.id, to: seq, db) {
                moved.append(ReadPosition(conversation: position.conversation, seq: seq))
            }
        }
        return moved
    }

    /// Whether it moved: it never moves back.
    @discardableResult
    private func moveReadPosition(of user: User, in conversation: ConversationID, to seq: Seq, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO read_position (user, conversation, seq) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq
                """)
        try statement.execute(arguments: [user.id.value, conversation.value, seq.value])
        return db.changesCount > 0
    }

    // MARK: Reading

    public func rooms(_ page: ListPage, for user: User) throws -> RoomsReply {
        try pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT c.room, c.folded, c.topic,
                        (SELECT count(*) FROM member m WHERE m.conversation = c.id AND m.last IS NULL) AS members,
                        EXISTS (SELECT 1 FROM member m WHERE m.conversation = c.id AND m.user = ? AND m.last IS NULL) AS joined
                    FROM conversation c
                    WHERE c.folded IS NOT NULL AND c.folded > ? AND c.folded LIKE ? ESCAPE '\\' ORDER BY c.folded LIMIT ?
                    """,
                arguments: [user.id.value, page.next ?? "", page.pattern, page.limit + 1])
            let rooms = try rows.prefix(page.limit).map { row in
                RoomsReply.Room(
                    room: try RoomName(row["room"]), topic: row["topic"], members: row["members"], joined: row["joined"])
            }
            return RoomsReply(rooms: rooms, next: rows.count > page.limit ? rooms.last?.room.folded : nil)
        }
    }

    public func members(_ room: RoomName, page: ListPage) throws -> Page<RoomMember> {
        try pool.read { db in
            guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM conversation WHERE folded = ?", arguments: [room.folded])
            else { throw ProtocolError.noSuchRoom(room) }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT u.id, u.username, u.name, u.nationality, u.folded, m.role
                    FROM member m JOIN user u ON u.id = m.user
                    WHERE m.conversation = ? AND m.last IS NULL AND u.folded > ?
                        AND (u.folded LIKE ? ESCAPE '\\' OR u.name LIKE ? ESCAPE '\\')
                    ORDER BY u.folded LIMIT ?
                    """,
                arguments: [id, page.next ?? "", page.pattern, page.pattern, page.limit + 1])
            let members = try rows.prefix(page.limit).map { RoomMember(user: try User($0), role: $0["role"]) }
            return Page(rows: members, next: rows.count > page.limit ? members.last?.user.username.folded : nil)
        }
    }
}

extension Ledger.Conversation {
    /// Of a room; a direct conversation never gets here.
    fileprivate var roomName: RoomName {
        get throws(ProtocolError) {
            guard case .room(let name) = kind else { throw ProtocolError(.noSuchRoom, "That is not a room.") }
            return name
        }
    }
}
