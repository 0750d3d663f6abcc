import ChatProtocol
import GRDB

/// Reads entries of one conversation for one reader, in either direction, passing over what the reader may not see.
struct EntryReading {
    let conversation: ReadableConversation
    let reader: User
    let db: Database

    /// What one page may hold, besides its number of entries.
    private static let bytes = Limits.listBytes

    struct Run {
        var entries: [Entry]
        /// Whether there is more in the direction that was read.
        var more: Bool
    }

    /// Entries after `seq`, oldest first.
    func after(_ seq: Seq, limit: Int) throws -> Run {
        try read(
            order: "e.seq > ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq", from: seq, ranges: conversation.visible, limit: limit)
    }

    /// Entries before `seq`, newest first.
    func before(_ seq: Seq, limit: Int) throws -> Run {
        try read(
            order: "e.seq < ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq DESC", from: seq, ranges: conversation.visible.reversed(),
            limit: limit)
    }

    private func read(order: String, from seq: Seq, ranges: [ClosedRange<Seq>], limit: Int) throws -> Run {
        let statement = try db.cachedStatement(sql: Self.select + order + " LIMIT ?")
        var entries: [Entry] = []
        var bytes = 0
        for range in ranges {
            let rows = try Row.fetchCursor(
                statement,
                arguments: [
                    conversation.id.value, seq.value, range.lowerBound.value, range.upperBound.value, limit - entries.count + 1,
                ])
            while let row = try rows.next() {
                let entry = try entry(row)
                bytes += entry.text.utf8.count + 200
                if entries.count == limit || (bytes > Self.bytes && !entries.isEmpty) { return Run(entries: entries, more: true) }
                entries.append(entry)
            }
        }
        return Run(entries: entries, more: false)
    }

    func newest() throws -> Entry? { try before(.maximum, limit: 1).entries.first }

    private static let select = """
        SELECT e.seq, e.kind, e.time, e.body, e.ref, e.nonce, e.author, u.username, u.name,
            f.label, f.size, f.sha256
        FROM entry e JOIN user u ON u.id = e.author LEFT JOIN file f ON e.kind = \(StoredKind.file) AND f.id = e.body
        WHERE e.conversation = ? AND
        """ + " "

    private func entry(_ row: Row) throws -> Entry {
        let body: String = row["body"]
        let isOwn = row["author"] == reader.id.value
        return Entry(
            conversation: conversation.name, seq: Seq(unchecked: row["seq"]), kind: try kind(row, body: body),
            author: try Username(row["username"]), authorName: row["name"],
            text: row["kind"] == StoredKind.message ? body : "", time: Timestamp(milliseconds: row["time"]),
            nonce: isOwn ? try (row["nonce"] as String?).map { text throws(ProtocolError) in try Nonce(text) } : nil,
            ref: (row["ref"] as Int64?).map { Seq(unchecked: $0) })
    }

    private func kind(_ row: Row, body: String) throws -> Entry.Kind {
        switch row["kind"] as Int {
        case StoredKind.message: return .message
        case StoredKind.file:
            guard let label = row["label"] as String? else { return .unknown("file") }
            return .file(
                SharedFile(
                    id: try FileID(body), label: try FileLabel(label), size: row["size"],
                    sha256: try ContentHash(row["sha256"] as String)))
        case StoredKind.member: return Entry.MemberAction(rawValue: body).map(Entry.Kind.member) ?? .unknown("member")
        default: return .unknown(body)
        }
    }
}
