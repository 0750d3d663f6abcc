import ChatProtocol
import Crypto
import Foundation
import GRDB

/// An entry before it has its seq.
struct NewEntry {
    var kind: Entry.Kind
    var author: User
    var text: String
    var nonce: Nonce?
    var ref: Seq?

    /// What must be the same in a retry. (Protocol: Delivery promises, 2)
    func digest() -> Data? {
        guard nonce != nil else { return nil }
        var hash = SHA256()
        hash.update(data: Data(text.utf8))
        hash.update(data: Data("\u{0}\(ref?.value ?? 0)".utf8))
        if case .file(let file) = kind { hash.update(data: Data("\u{0}\(file.label)\u{0}\(file.sha256)".utf8)) }
        return Data(hash.finalize().prefix(8))
    }

    /// The number of the kind and what the body column holds for it.
    fileprivate var stored: (kind: Int, body: String) {
        switch kind {
        case .message: (StoredKind.message, text)
        case .file(let file): (StoredKind.file, file.id.text)
        case .member(let action): (StoredKind.member, action.rawValue)
        case .unknown(let name): (StoredKind.other, name)
        }
    }
}

/// Kinds of entries in the database. The numbers are for ever.
enum StoredKind {
    static let message = 0
    static let file = 1
    static let member = 2
    static let other = 99
}

extension SQLiteStore {
    func post(_ post: Post, _ ledger: inout Ledger, _ db: Database) throws -> Posted {
        try ledger.requireSession(post.caller, db)
        let entry = NewEntry(kind: .message, author: post.caller.user, text: post.text.text, nonce: post.nonce, ref: post.ref)
        return try append(entry, to: post.target, caller: post.caller, &ledger, db)
    }

    /// Finds the conversation, answers a retry from what is stored, judges the author's rights, and stores the entry.
    func append(
        _ entry: NewEntry, to target: Post.Target, caller: Caller, _ ledger: inout Ledger, _ db: Database
    ) throws -> Posted {
        switch try resolve(target, caller, &ledger, db) {
        case .existing(let conversation):
            // A retry is answered before rights are judged: whatever has happened since, it was stored.
            if let earlier = try duplicate(of: entry, in: conversation, db) { return earlier }
            try requireMembership(of: caller.user, in: conversation)
            return try store(entry, in: conversation, &ledger, db)
        case .newDirect(let other):
            return try store(entry, in: try createDirect(caller.user, other, &ledger, db), &ledger, db)
        }
    }

    private enum Resolved {
        case existing(Ledger.Conversation)
        case newDirect(User)
    }

    private func resolve(_ target: Post.Target, _ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Resolved {
        switch target {
        case .conversation(.direct(let name)):
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
        let made = Ledger.Conversation(id: ConversationID(db.lastInsertedRowID), kind: .direct(a, b), lastSeq: .zero)
        ledger.add(made)
        return made
    }

    // MARK: Retries

    private func duplicate(of entry: NewEntry, in conversation: Ledger.Conversation, _ db: Database) throws -> Posted? {
        guard let nonce = entry.nonce else { return nil }
        let statement = try db.cachedStatement(
            sql: "SELECT seq, time, digest FROM entry WHERE conversation = ? AND author = ? AND nonce = ?")
        guard
            let row = try Row.fetchOne(statement, arguments: [conversation.id.value, entry.author.id.value, nonce.text])
        else { return nil }
        guard row["digest"] as Data? == entry.digest() else {
            throw ProtocolError(.conflict, "This nonce was used for another message in this conversation.")
        }
        let stored = StoredEntry(
            conversation: conversation.id, place: conversation.place, seq: Seq(unchecked: row["seq"]), kind: entry.kind,
            author: entry.author, text: entry.text, time: Timestamp(milliseconds: row["time"]), nonce: nonce, ref: entry.ref)
        return Posted(entry: stored, audience: Audience([]), duplicate: true)
    }

    // MARK: Storing

    /// Gives the entry the next seq and writes it; fixes who is told.
    func store(_ entry: NewEntry, in conversation: Ledger.Conversation, _ ledger: inout Ledger, _ db: Database) throws -> Posted {
        let seq = conversation.lastSeq.next
        if let ref = entry.ref, ref == .zero || ref >= seq {
            throw ProtocolError(.noSuchMessage, "There is no entry \(ref) in this conversation.")
        }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO entry (conversation, seq, author, kind, time, body, ref, nonce, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let (kind, body) = entry.stored
        statement.setUncheckedArguments([
            conversation.id.value, seq.value, entry.author.id.value, kind, ledger.time.milliseconds, body,
            entry.ref?.value, entry.nonce?.text, entry.digest(),
        ])
        try statement.execute()
        conversation.lastSeq = seq
        let stored = StoredEntry(
            conversation: conversation.id, place: conversation.place, seq: seq, kind: entry.kind, author: entry.author,
            text: entry.text, time: ledger.time, nonce: entry.nonce, ref: entry.ref)
        return Posted(entry: stored, audience: conversation.audience, duplicate: false)
    }
}

extension ProtocolError {
    static func noSuchRoom(_ name: RoomName) -> ProtocolError {
        ProtocolError(.noSuchRoom, "There is no room \(name).")
    }
}
