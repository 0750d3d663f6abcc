public import ChatProtocol
import GRDB

extension SQLiteStore {
    // MARK: Uploads

    func beginUpload(_ new: NewUpload, _ ledger: inout Ledger, _ db: Database) throws -> Upload {
        try ledger.requireSession(new.caller, db)
        let conversation = try conversationForFile(new.begin.conversation, new.caller, &ledger, db)
        let known = try Row.fetchOne(
            db,
            sql: """
                SELECT id, size, sha256, content FROM upload
                WHERE owner = ? AND conversation = ? AND label = ? AND size = ? AND sha256 = ? AND nonce = ?
                """,
            arguments: [
                new.caller.user.id.value, conversation.id.value, new.begin.label.text, new.begin.size, new.begin.sha256.text,
                new.begin.nonce?.text ?? "",
            ])
        if let known {
            // Whoever comes back to it has as long again.
            try db.execute(
                sql: "UPDATE upload SET created = ? WHERE id = ? AND file IS NULL",
                arguments: [ledger.time.milliseconds, known["id"] as String])
            return try Upload(known)
        }
        let content = try readableContent(new.begin.sha256, size: new.begin.size, by: new.caller.user, db)
        try db.execute(
            sql: """
                INSERT INTO upload (id, owner, conversation, label, size, sha256, nonce, created, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                new.id.text, new.caller.user.id.value, conversation.id.value, new.begin.label.text, new.begin.size,
                new.begin.sha256.text, new.begin.nonce?.text ?? "", ledger.time.milliseconds, content?.text,
            ])
        return Upload(id: new.id, size: new.begin.size, sha256: new.begin.sha256, content: content)
    }

    private func conversationForFile(
        _ name: ConversationName, _ caller: Caller, _ ledger: inout Ledger, _ db: Database
    ) throws -> Ledger.Conversation {
        if let conversation = try existing(.conversation(name), caller, &ledger, db) {
            if case .room(let room) = conversation.kind, conversation.members[caller.user.id] == nil {
                throw ProtocolError(.forbidden, "You are not in \(room). Join it first.")
            }
            return conversation
        }
        guard case .direct(let other) = name, let user = try ledger.user(other, db) else {
            throw ProtocolError(.noSuchConversation, "There is no conversation \(name).")
        }
        return try createDirect(caller.user, user, &ledger, db)
    }

    /// Content that this user may read anyway need not be sent again.
    private func readableContent(_ hash: ContentHash, size: Int64, by user: User, _ db: Database) throws -> FileID? {
        let content = try String.fetchOne(
            db,
            sql: """
                SELECT f.content FROM file f JOIN conversation c ON c.id = f.conversation
                WHERE f.sha256 = :hash AND f.size = :size AND \(Self.readable) LIMIT 1
                """, arguments: ["hash": hash.text, "size": size, "me": user.id.value])
        return try content.map { try FileID($0) }
    }

    /// Whether `:me` may see file `f` in conversation `c`: the rule of `ReadableConversation`, for a query.
    private static let readable = """
        (c.low = :me OR c.high = :me OR EXISTS (
            SELECT 1 FROM member m WHERE m.conversation = f.conversation AND m.user = :me
                AND f.seq >= m.first AND (m.last IS NULL OR f.seq <= m.last)))
        """

    public func upload(_ id: FileID, of user: User) throws -> Upload {
        try pool.read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT id, size, sha256, content FROM upload WHERE id = ? AND owner = ?",
                arguments: [id.text, user.id.value])
            guard let row else { throw ProtocolError(.noSuchFile, "There is no such upload.") }
            return try Upload(row)
        }
    }

    // MARK: Sharing

    func shareFile(_ share: FileShare, _ ledger: inout Ledger, _ db: Database) throws -> Outcome {
        try ledger.requireSession(share.caller, db)
        switch share.source {
        case .whole(let target, let label):
            if let earlier = try existing(target, share.caller, &ledger, db) {
                try refuseSecondOfItsName(label, in: earlier, by: share.caller, db)
            }
            return try announce(share, label: label, to: target, whole: true, &ledger, db)
        case .upload(let id):
            return try finishUpload(id, share, &ledger, db)
        }
    }

    private func refuseSecondOfItsName(
        _ label: FileLabel, in conversation: Ledger.Conversation, by caller: Caller, _ db: Database
    ) throws {
        guard case .direct(let a, let b) = conversation.kind else { return }
        let recipient = a.id == caller.user.id ? b : a
        let held = try Int.fetchOne(
            db, sql: "SELECT 1 FROM file WHERE recipient = ? AND label = ? AND whole = 1",
            arguments: [recipient.id.value, label.text])
        guard held == nil else {
            throw ProtocolError(.fileExists, "\(recipient.username) already has a file named \"\(label)\".")
        }
    }

    private func finishUpload(_ id: FileID, _ share: FileShare, _ ledger: inout Ledger, _ db: Database) throws -> Outcome {
        let row = try Row.fetchOne(
            db, sql: "SELECT conversation, label, file FROM upload WHERE id = ? AND owner = ?",
            arguments: [id.text, share.caller.user.id.value])
        guard let row else { throw ProtocolError(.noSuchFile, "There is no such upload.") }
        let target = Post.Target.conversation(try name(of: ConversationID(row["conversation"]), for: share.caller.user, db))
        if let file = row["file"] as String? {
            return try alreadyFinished(FileID(file), share, target, &ledger, db)
        }
        let outcome = try announce(share, label: try FileLabel(row["label"]), to: target, whole: false, &ledger, db)
        if case .shared(_, let file) = outcome {
            try db.execute(
                sql: "UPDATE upload SET file = ?, content = ? WHERE id = ?",
                arguments: [file.id.text, share.content.text, id.text])
        }
        return outcome
    }

    private func name(of conversation: ConversationID, for user: User, _ db: Database) throws -> ConversationName {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT c.room, u.username FROM conversation c
                LEFT JOIN user u ON u.id = CASE WHEN c.low = :me THEN c.high ELSE c.low END WHERE c.id = :id
                """, arguments: ["me": user.id.value, "id": conversation.value])
        if let room = row?["room"] as String? { return .room(try RoomName(room)) }
        guard let username = row?["username"] as String? else {
            throw ProtocolError(.noSuchConversation, "That conversation is gone.")
        }
        return .direct(try Username(username))
    }

    private func alreadyFinished(
        _ id: FileID, _ share: FileShare, _ target: Post.Target, _ ledger: inout Ledger, _ db: Database
    ) throws -> Outcome {
        let row = try Row.fetchOne(
            db, sql: "SELECT id, label, size, sha256, seq, time FROM file WHERE id = ?", arguments: [id.text])
        guard let row, let conversation = try existing(target, share.caller, &ledger, db) else {
            throw ProtocolError(.noSuchFile, "This upload was finished and its file is gone.")
        }
        let file = try SharedFile(row)
        let entry = StoredEntry(
            post: Post(caller: share.caller, target: target, kind: .file(file), nonce: share.nonce),
            conversation: conversation.id, place: conversation.place, seq: Seq(unchecked: row["seq"]),
            time: Timestamp(milliseconds: row["time"]))
        return .shared(Posted(entry: entry, audience: .nobody, duplicate: true), file)
    }

    private func announce(
        _ share: FileShare, label: FileLabel, to target: Post.Target, whole: Bool, _ ledger: inout Ledger, _ db: Database
    ) throws -> Outcome {
        let file = SharedFile(id: FileID.random(), label: label, size: share.size, sha256: share.sha256)
        let post = Post(caller: share.caller, target: target, kind: .file(file), nonce: share.nonce)
        let posted = try append(post, &ledger, db)
        if posted.duplicate { return .shared(posted, try storedFile(of: posted, db) ?? file) }
        var recipient: UserID?
        if case .direct(let a, let b) = posted.entry.place { recipient = a.id == share.caller.user.id ? b.id : a.id }
        try db.execute(
            sql: """
                INSERT INTO file (id, content, conversation, seq, owner, recipient, label, size, sha256, time, whole)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file.id.text, share.content.text, posted.entry.conversation.value, posted.entry.seq.value,
                share.caller.user.id.value, recipient?.value, label.text, share.size, share.sha256.text,
                posted.entry.time.milliseconds, whole,
            ])
        return .shared(posted, file)
    }

    private func storedFile(of posted: Posted, _ db: Database) throws -> SharedFile? {
        try Row.fetchOne(
            db, sql: "SELECT id, label, size, sha256 FROM file WHERE conversation = ? AND seq = ?",
            arguments: [posted.entry.conversation.value, posted.entry.seq.value]
        ).map { try SharedFile($0) }
    }

    // MARK: Reading

    private static let columns = "f.id, f.content, f.label, f.size, f.sha256, f.seq, f.time, f.conversation, o.username AS owner"

    public func filesReceived(by user: User) throws -> FileListReply {
        try pool.read { db in
            let limit = Limits.listPage
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Self.columns) FROM file f JOIN user o ON o.id = f.owner
                    WHERE f.recipient = ? ORDER BY f.time DESC, f.id LIMIT ?
                    """, arguments: [user.id.value, limit + 1])
            let files = try rows.prefix(limit).map { row in
                FileReply(
                    file: try SharedFile(row), conversation: .direct(try Username(row["owner"])), seq: Seq(unchecked: row["seq"]),
                    time: Timestamp(milliseconds: row["time"]), from: try Username(row["owner"]))
            }
            return FileListReply(files: files, more: rows.count > limit)
        }
    }

    public func file(_ query: FileQuery, for caller: Caller) throws -> StoredFile {
        try pool.read { db in
            let me = caller.user.id.value
            let row: Row? =
                switch query {
                case .id(let id):
                    try Row.fetchOne(db, sql: Self.select("f.id = :id"), arguments: ["id": id.text, "me": me])
                case .received(let label):
                    try Row.fetchOne(
                        db, sql: Self.select("f.recipient = :me AND f.label = :label"),
                        arguments: ["label": label.text, "me": me])
                case .inRoom(let room, let label):
                    try Row.fetchOne(
                        db, sql: Self.select("f.conversation = :room AND f.label = :label"),
                        arguments: ["room": try roomID(room, caller, db), "label": label.text, "me": me])
                }
            guard let row else { throw ProtocolError(.noSuchFile, "There is no such file, or it is not for you.") }
            return StoredFile(
                file: try SharedFile(row), content: try FileID(row["content"]),
                conversation: try name(of: ConversationID(row["conversation"]), for: caller.user, db),
                seq: Seq(unchecked: row["seq"]), from: try Username(row["owner"]), time: Timestamp(milliseconds: row["time"]))
        }
    }

    /// The newest that the caller may read.
    private static func select(_ condition: String) -> String {
        """
        SELECT \(columns) FROM file f JOIN user o ON o.id = f.owner JOIN conversation c ON c.id = f.conversation
        WHERE \(condition) AND \(readable) ORDER BY f.time DESC, f.seq DESC LIMIT 1
        """
    }

    private func roomID(_ room: RoomName?, _ caller: Caller, _ db: Database) throws -> Int64 {
        if let room {
            guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM conversation WHERE folded = ?", arguments: [room.folded])
            else { throw ProtocolError.noSuchRoom(room) }
            return id
        }
        guard let id = try Int64.fetchOne(db, sql: "SELECT room FROM session WHERE id = ?", arguments: [caller.session.value])
        else { throw ProtocolError(.noSuchRoom, "Join a room first.") }
        return id
    }
}

extension SharedFile {
    init(_ row: Row) throws {
        self.init(
            id: try FileID(row["id"]), label: try FileLabel(row["label"]), size: row["size"],
            sha256: try ContentHash(row["sha256"] as String))
    }
}

extension Upload {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try FileID(row["id"]), size: row["size"], sha256: try ContentHash(row["sha256"] as String),
            content: try (row["content"] as String?).map { try FileID($0) })
    }
}
