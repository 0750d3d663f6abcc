import ChatProtocol
import GRDB

extension ConversationName {
    /// What the cache knows it by: two spellings of a name are one conversation.
    var key: String {
        switch self {
        case .direct(let person): "@" + person.folded
        case .room(let room): "#" + room.folded
        }
    }
}

extension CacheRows {
    /// Keeps entries; one that is here already is replaced, for the server's word is the newer.
    func save(_ entries: [Entry]) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO entries (conversation, seq, kind, author, author_name, text, time, nonce, ref, action,
                    file_id, file_name, file_size, file_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for entry in entries { try statement.execute(arguments: Self.columns(of: entry)) }
    }

    private static func columns(of entry: Entry) -> StatementArguments {
        var kind = "message"
        var action: String?
        var file: SharedFile?
        switch entry.kind {
        case .message: break
        case .file(let shared): (kind, file) = ("file", shared)
        case .member(let change): (kind, action) = ("member", change.rawValue)
        case .unknown(let name): kind = name
        }
        return [
            entry.conversation.key, entry.seq.value, kind, entry.author.text, entry.authorName, entry.text,
            entry.time.milliseconds, entry.nonce?.text, entry.ref?.value, action, file?.id.text, file?.label.text, file?.size,
            file?.sha256.text,
        ]
    }

    /// Entries of a run of seqs, in seq order: the first ones, or with `newest` the last ones.
    func entries(
        of conversation: ConversationName, in run: ClosedRange<Seq>, limit: Int, newest: Bool
    ) throws -> [Entry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT seq, kind, author, author_name, text, time, nonce, ref, action, file_id, file_name, file_size, file_sha256
                FROM entries WHERE conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq \(newest ? "DESC" : "ASC") LIMIT ?
                """)
        let rows = try Row.fetchAll(
            statement, arguments: [conversation.key, run.lowerBound.value, run.upperBound.value, limit])
        let entries = rows.compactMap { Self.entry($0, of: conversation) }
        return newest ? entries.reversed() : entries
    }

    /// The newest that there is, covered or not: what a list shows beside the name.
    func newestEntry(of conversation: ConversationName) throws -> Entry? {
        try entries(of: conversation, in: Seq.zero...Seq.maximum, limit: 1, newest: true).first
    }

    func entry(_ seq: Seq, of conversation: ConversationName) throws -> Entry? {
        try entries(of: conversation, in: seq...seq, limit: 1, newest: false).first
    }

    /// Those that count as unread after a seq, if everything after it is here; else nil.
    func unread(
        in conversation: ConversationName, after seq: Seq, through last: Seq, reader: Username
    ) throws -> (count: Int, mentions: Int)? {
        guard seq < last else { return (0, 0) }
        guard let run = try run(of: conversation, around: seq.next), run.upperBound >= last else { return nil }
        let entries = try entries(of: conversation, in: seq.next...last, limit: Limits.unreadCount * 2, newest: true)
        let unread = entries.filter { $0.counts(for: reader) }
        return (
            min(unread.count, Limits.unreadCount),
            min(unread.filter { $0.mentions(reader) }.count, Limits.unreadCount)
        )
    }

    /// Nil for a row that a later version wrote and this one cannot read.
    static func entry(_ row: Row, of conversation: ConversationName) -> Entry? {
        let author: String = row[2]
        guard let seq = Seq(row[0] as Int64), let username = try? Username(author) else { return nil }
        let kindName: String = row[1]
        let kind: Entry.Kind
        switch kindName {
        case "message": kind = .message
        case "file": kind = file(row).map(Entry.Kind.file) ?? .unknown(kindName)
        case "member":
            let action: String? = row[8]
            kind = action.flatMap(Entry.MemberAction.init(rawValue:)).map(Entry.Kind.member) ?? .unknown(kindName)
        default: kind = .unknown(kindName)
        }
        let nonce: String? = row[6]
        let ref: Int64? = row[7]
        return Entry(
            conversation: conversation, seq: seq, kind: kind, author: username, authorName: row[3], text: row[4],
            time: Timestamp(milliseconds: row[5]), nonce: nonce.flatMap { try? Nonce($0) }, ref: ref.flatMap { Seq($0) })
    }

    private static func file(_ row: Row) -> SharedFile? {
        guard let id: String = row[9], let label: String = row[10], let size: Int64 = row[11], let hash: String = row[12]
        else { return nil }
        do {
            return SharedFile(
                id: try FileID(id), label: try FileLabel(label), size: size, sha256: try ContentHash(hash))
        } catch {
            return nil
        }
    }
}
