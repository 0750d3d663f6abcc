import ChatProtocol
import GRDB

extension SQLiteStore {
    func post(_ post: Post, _ ledger: inout Ledger, _ db: Database) throws -> Posted {
        try ledger.requireSession(post.caller, db)
        return try append(post, &ledger, db)
    }

    /// Finds the conversation, answers a retry from what is stored, judges the author's rights, and stores the post.
    func append(_ post: Post, _ ledger: inout Ledger, _ db: Database) throws -> Posted {
        switch try resolve(post.target, post.caller, &ledger, db) {
        case .existing(let conversation):
            // A retry is answered before rights are judged: whatever has happened since, it was stored.
            let tag = ledger.nonces.tag(of: post, in: conversation.id)
            if let tag, let earlier = try duplicate(of: post, tag, in: conversation, ledger, db) { return earlier }
            try requireMembership(of: post.author, in: conversation)
            return try store(post, tag, in: conversation, &ledger)
        case .newDirect(let other):
            // Judged before the conversation begins: what is refused leaves nothing behind.
            if let ref = post.ref { throw Self.noEntry(ref) }
            return try store(post, in: try createDirect(post.author, other, &ledger, db), &ledger)
        }
    }

    private enum Resolved {
        case existing(Ledger.Conversation)
        case newDirect(User)
    }

    private func resolve(_ target: Post.Target, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Resolved {
        switch target {
        case .conversation(.direct(let name)):
            if let recent = ledger.recentDirect(of: caller.user, with: name) { return .existing(recent) }
            guard let other = try ledger.user(name, db) else {
                throw ProtocolError(.noSuchUser, "There is no user \"\(name)\".")
            }
            return try ledger.direct(caller.user, other, db).map(Resolved.existing) ?? .newDirect(other)
        case .conversation(.room(let name)):
            guard let room = try ledger.room(name, db) else { throw ProtocolError.noSuchRoom(name) }
            return .existing(room)
        case .currentRoom:
            guard let id = ledger.currentRoom(caller.session), let room = try ledger.conversation(id, db) else {
                throw ProtocolError(.noSuchRoom, "Join a room first.")
            }
            return .existing(room)
        }
    }

    /// The conversation that a caller names, for changes that create nothing.
    func existing(_ target: Post.Target, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Ledger.Conversation?
    {
        if case .existing(let conversation) = try resolve(target, caller, &ledger, db) { conversation } else { nil }
    }

    private func requireMembership(of user: User, in conversation: Ledger.Conversation) throws {
        guard case .room(let name) = conversation.kind, conversation.members[user.id] == nil else { return }
        throw ProtocolError(.forbidden, "You are not in \(name). Join it first.")
    }

    func createDirect(_ a: User, _ b: User, _ ledger: inout Ledger, _ db: Database) throws -> Ledger.Conversation {
        let pair = Ledger.Pair(a.id, b.id)
        try db.execute(
            sql: "INSERT INTO conversation (low, high, created) VALUES (?, ?, ?)",
            arguments: [pair.low, pair.high, ledger.time.milliseconds])
        let made = Ledger.Conversation(id: ConversationID(db.lastInsertedRowID), kind: .direct(a, b))
        ledger.add(made)
        return made
    }

    // MARK: Retries

    private func duplicate(
        of post: Post, _ tag: UInt32, in conversation: Ledger.Conversation, _ ledger: Ledger, _ db: Database
    ) throws -> Posted? {
        let log = try ledger.log
        var earlier: (seq: Seq, time: Timestamp, isSame: Bool)?
        _ = try ledger.nonces.find(tag, log.nonces) { id in
            try log.entries.withEntry(id) { row in
                guard row.conversation == conversation.id, row.author == post.author.id, row.nonce == post.nonce?.text else {
                    return
                }
                earlier = (row.seq, row.time, try isSame(row, as: post, db))
            }
            return earlier != nil
        }
        guard let earlier else { return nil }
        guard earlier.isSame else {
            throw ProtocolError(.conflict, "This nonce was used for another message in this conversation.")
        }
        let entry = StoredEntry(
            post: post, conversation: conversation.id, place: conversation.place, seq: earlier.seq, time: earlier.time)
        return Posted(entry: entry, audience: .nobody, duplicate: true)
    }

    /// What must be the same in a retry. (Protocol: Delivery promises, 2)
    private func isSame(_ row: EntryRow, as post: Post, _ db: Database) throws -> Bool {
        guard row.ref == post.ref else { return false }
        let (kind, body) = post.stored
        guard row.kind == kind else { return false }
        // A file that is announced again has a new number; its name and its content tell whether it is the same.
        guard case .file(let file) = post.kind else { return row.body == body }
        let stored = try Row.fetchOne(db, sql: "SELECT label, sha256 FROM file WHERE id = ?", arguments: [row.body])
        return stored?["label"] == file.label.text && stored?["sha256"] == file.sha256.text
    }

    // MARK: Storing

    /// Gives the post the next seq and writes it; fixes who is told.
    func store(_ post: Post, in conversation: Ledger.Conversation, _ ledger: inout Ledger) throws -> Posted {
        try store(post, ledger.nonces.tag(of: post, in: conversation.id), in: conversation, &ledger)
    }

    /// - Parameter tag: of the nonce, if there is one.
    private func store(
        _ post: Post, _ tag: UInt32?, in conversation: Ledger.Conversation, _ ledger: inout Ledger
    ) throws -> Posted {
        let previous = conversation.head
        if let ref = post.ref, ref == .zero || ref > previous.seq {
            throw Self.noEntry(ref)
        }
        let head = ledger.moveHead(of: conversation)
        try ledger.log.writer.write(post, as: head, after: previous, in: conversation.id, at: ledger.time)
        if let tag { ledger.nonces.insert(tag, head.entry) }
        let entry = StoredEntry(
            post: post, conversation: conversation.id, place: conversation.place, seq: head.seq, time: ledger.time)
        return Posted(entry: entry, audience: conversation.audience, duplicate: false)
    }

    private static func noEntry(_ ref: Seq) -> ProtocolError {
        ProtocolError(.noSuchMessage, "There is no entry \(ref) in this conversation.")
    }
}

extension NonceMemory {
    /// Nil for a post without a nonce.
    fileprivate func tag(of post: Post, in conversation: ConversationID) -> UInt32? {
        post.nonce.map { hash.tag(conversation, post.author.id, $0) }
    }
}

extension NonceHash {
    func tag(_ conversation: ConversationID, _ author: UserID, _ nonce: Nonce) -> UInt32 {
        nonce.text.utf8.withContiguousStorageIfAvailable { tag(conversation, author, UnsafeRawBufferPointer($0)) }
            ?? Array(nonce.text.utf8).withUnsafeBytes { tag(conversation, author, $0) }
    }
}

extension ProtocolError {
    static func noSuchRoom(_ name: RoomName) -> ProtocolError {
        ProtocolError(.noSuchRoom, "There is no room \(name).")
    }
}
