import ChatProtocol
import GRDB

/// Reads entries of one conversation for one reader, in either direction, passing over what the reader may not see.
struct EntryReading {
    private let conversation: ReadableConversation
    private let reader: User
    private let db: Database
    private let log: EntryLog

    init(conversation: ReadableConversation, reader: User, db: Database) throws {
        self.conversation = conversation
        self.reader = reader
        self.db = db
        log = try EntryLog(db)
    }

    /// What one page may hold, besides its number of entries.
    private static let bytes = Limits.listBytes

    struct Run {
        var entries: [Entry]
        /// Whether there is more in the direction that was read.
        var more: Bool
    }

    /// Entries after `seq`, oldest first.
    func after(_ seq: Seq, limit: Int) throws -> Run {
        var places: [ClosedRange<Seq>] = []
        var missing = Int64(limit) + 1
        for range in conversation.visible where missing > 0 {
            let first = max(range.lowerBound, seq.next)
            let last = min(range.upperBound, conversation.lastSeq)
            guard first > seq, first <= last else { continue }
            let end = min(last, Seq(unchecked: first.value + (missing - 1)))
            missing -= end.value - first.value + 1
            places.append(first...end)
        }
        // The log goes backwards only: what a page has too much is cut off afterwards.
        var authors = Authors(db)
        var entries: [Entry] = []
        for place in places.reversed() {
            try log.walk(down: place, of: conversation.id, from: conversation.head) { row in
                entries.append(try entry(row, &authors))
                return true
            }
        }
        return cut(entries.reversed(), limit: limit)
    }

    /// Entries before `seq`, newest first.
    func before(_ seq: Seq, limit: Int) throws -> Run {
        var authors = Authors(db)
        var entries: [Entry] = []
        var bytes = 0
        for range in conversation.visible.reversed() where entries.count <= limit && bytes <= Self.bytes {
            let last = min(range.upperBound, conversation.lastSeq, seq.previous)
            guard range.lowerBound <= last, last < seq else { continue }
            try log.walk(down: range.lowerBound...last, of: conversation.id, from: conversation.head) { row in
                let entry = try entry(row, &authors)
                bytes += entry.weight
                entries.append(entry)
                return entries.count <= limit && bytes <= Self.bytes
            }
        }
        return cut(entries, limit: limit)
    }

    private func cut(_ entries: [Entry], limit: Int) -> Run {
        var bytes = 0
        for (index, entry) in entries.enumerated() {
            bytes += entry.weight
            if index == limit || (bytes > Self.bytes && index > 0) { return Run(entries: Array(entries[..<index]), more: true) }
        }
        return Run(entries: entries, more: false)
    }

    func newest() throws -> Entry? { try before(.maximum, limit: 1).entries.first }

    /// The time of an entry that the reader may see.
    func time(of seq: Seq) throws -> Timestamp? {
        guard conversation.sees(seq), seq <= conversation.lastSeq, seq != .zero else { return nil }
        var time: Timestamp?
        try log.walk(down: seq...seq, of: conversation.id, from: conversation.head) { row in
            time = row.time
            return false
        }
        return time
    }

    /// Bodies of the unread entries, newest first, at most `Limits.unreadCount` among the newest `Limits.unreadDepth`; only
    /// of those that may mention somebody. (Protocol: The log, Unread)
    func unread(after seq: Seq) throws -> (count: Int, mentioning: [String]) {
        var count = 0
        var looked = 0
        var mentioning: [String] = []
        for range in conversation.visible.reversed() where count < Limits.unreadCount && looked < Limits.unreadDepth {
            let first = max(range.lowerBound, seq.next)
            let last = min(range.upperBound, conversation.lastSeq)
            guard first > seq, first <= last else { continue }
            try log.walk(down: first...last, of: conversation.id, from: conversation.head) { row in
                let kind = row.kind
                looked += 1
                if row.author != reader.id, kind == StoredKind.message || kind == StoredKind.file {
                    count += 1
                    if kind == StoredKind.message, row.bodyHolds(UInt8(ascii: "@")) { mentioning.append(row.body) }
                }
                return count < Limits.unreadCount && looked < Limits.unreadDepth
            }
        }
        return (count, mentioning)
    }

    // MARK: Entries

    private func entry(_ row: EntryRow, _ authors: inout Authors) throws -> Entry {
        let body = row.body
        let author = try authors.user(row.author)
        let kind = try kind(row.kind, body: body)
        return Entry(
            conversation: conversation.name, seq: row.seq, kind: kind, author: author.username, authorName: author.name,
            text: row.kind == StoredKind.message ? body : "", time: row.time,
            nonce: row.author == reader.id ? try row.nonce.map { text throws(ProtocolError) in try Nonce(text) } : nil,
            ref: row.ref)
    }

    private func kind(_ kind: Int64, body: String) throws -> Entry.Kind {
        switch kind {
        case StoredKind.message: .message
        case StoredKind.file: try file(body).map(Entry.Kind.file) ?? .unknown("file")
        case StoredKind.member: Entry.MemberAction(rawValue: body).map(Entry.Kind.member) ?? .unknown("member")
        default: .unknown(body)
        }
    }

    private func file(_ id: String) throws -> SharedFile? {
        let statement = try db.cachedStatement(sql: "SELECT id, label, size, sha256 FROM file WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { try SharedFile($0) }
    }
}

/// The authors on a page, each looked up once.
private struct Authors {
    private let db: Database
    private var known: [UserID: User] = [:]

    init(_ db: Database) { self.db = db }

    mutating func user(_ id: UserID) throws -> User {
        if let user = known[id] { return user }
        let statement = try db.cachedStatement(sql: "SELECT id, username, name, nationality FROM user WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id.value]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "An entry has no author.")
        }
        let user = try User(row)
        known[id] = user
        return user
    }
}

extension Entry {
    /// Bytes that it takes of a page, roughly.
    fileprivate var weight: Int { text.utf8.count + 200 }
}
