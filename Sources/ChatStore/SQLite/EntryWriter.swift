import ChatProtocol
import GRDB

/// Writes entries at the end of the log: an entry touches the last page and nothing else, but for its milestones.
///
/// They are gathered and go down several at a time, which costs two thirds of what as many statements do. Whoever reads
/// what this transaction has written flushes first.
final class EntryWriter {
    private let insertOne: DirectStatement
    private let insertMany: DirectStatement
    private let milestone: DirectStatement

    private var rows: [Row] = []
    /// The texts of the rows, which stay where they are until they are stored.
    private var texts: [UInt8] = []

    private struct Row {
        let entry: EntryID
        let conversation: ConversationID
        let seq: Seq
        let previous: EntryID
        let author: UserID
        let kind: Int64
        let time: Timestamp
        let ref: Seq?
        /// In `texts`.
        let nonce: Range<Int>?
        let body: Range<Int>
    }

    private static let together = 16
    private static let columns: CInt = 9

    /// The number of the entry is the next of the table: SQLite puts such a row down without looking for its place.
    private static func insertion(of rows: Int) -> String {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
        return "INSERT INTO entry (conversation, seq, previous, author, kind, time, ref, nonce, body) VALUES "
            + Array(repeating: row, count: rows).joined(separator: ", ")
    }

    private static let insertionOfOne = insertion(of: 1)
    private static let insertionOfMany = insertion(of: together)

    init(_ db: Database) throws {
        insertOne = try DirectStatement(Self.insertionOfOne, db)
        insertMany = try DirectStatement(Self.insertionOfMany, db)
        milestone = try DirectStatement("INSERT INTO milestone (conversation, seq, entry) VALUES (?, ?, ?)", db)
        rows.reserveCapacity(Self.together)
        texts.reserveCapacity(Self.together * 128)
    }

    /// - Parameters:
    ///   - head: what the entry becomes: its own number, the next of all, and its seq.
    ///   - previous: the head before it.
    func write(_ post: Post, as head: Head, after previous: Head, in conversation: ConversationID, at time: Timestamp) throws {
        let (kind, body) = post.stored
        rows.append(
            Row(
                entry: head.entry, conversation: conversation, seq: head.seq, previous: previous.entry, author: post.author.id,
                kind: kind, time: time, ref: post.ref, nonce: post.nonce.map { keep($0.text) }, body: keep(body)))
        if rows.count == Self.together { try flush() }
        if head.seq.value % EntryLog.milestones == 0 {
            try milestone.bind(conversation.value, at: 1)
            try milestone.bind(head.seq.value, at: 2)
            try milestone.bind(head.entry.value, at: 3)
            try milestone.run()
        }
    }

    private func keep(_ text: String) -> Range<Int> {
        let start = texts.count
        texts.append(contentsOf: text.utf8)
        return start..<texts.count
    }

    /// Writes what was gathered.
    func flush() throws {
        guard let newest = rows.last else { return }
        try texts.withUnsafeBufferPointer { texts in
            if rows.count == Self.together {
                for (index, row) in rows.enumerated() {
                    try bind(row, of: texts, to: insertMany, after: CInt(index) * Self.columns)
                }
                try insertMany.run()
            } else {
                for row in rows {
                    try bind(row, of: texts, to: insertOne, after: 0)
                    try insertOne.run()
                }
            }
        }
        guard insertOne.lastInsertedRow == newest.entry.value else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "The log ends elsewhere than the server remembers.")
        }
        rows.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    private func bind(
        _ row: Row, of texts: UnsafeBufferPointer<UInt8>, to statement: DirectStatement, after column: CInt
    ) throws {
        try statement.bind(row.conversation.value, at: column + 1)
        try statement.bind(row.seq.value, at: column + 2)
        try statement.bind(row.previous.value, at: column + 3)
        try statement.bind(row.author.value, at: column + 4)
        try statement.bind(row.kind, at: column + 5)
        try statement.bind(row.time.milliseconds, at: column + 6)
        try statement.bind(row.ref?.value, at: column + 7)
        if let nonce = row.nonce {
            try statement.bind(UnsafeBufferPointer(rebasing: texts[nonce]), at: column + 8)
        } else {
            try statement.bind(nil, at: column + 8)
        }
        try statement.bind(UnsafeBufferPointer(rebasing: texts[row.body]), at: column + 9)
    }
}
