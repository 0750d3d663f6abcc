import ChatProtocol
import GRDB

/// Writes entries at the end of the log: an entry touches the last page and nothing else, but for its milestones.
struct EntryWriter {
    private let insert: DirectStatement
    private let milestone: DirectStatement

    init(_ db: Database) throws {
        insert = try DirectStatement(
            """
            INSERT INTO entry (id, conversation, seq, previous, author, kind, time, ref, nonce, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, db)
        milestone = try DirectStatement("INSERT INTO milestone (conversation, seq, entry) VALUES (?, ?, ?)", db)
    }

    /// - Parameters:
    ///   - head: what the entry becomes: its own number and seq.
    ///   - previous: the head before it.
    func write(_ post: Post, as head: Head, after previous: Head, in conversation: ConversationID, at time: Timestamp) throws {
        let (kind, body) = post.stored
        try insert.bind(head.entry.value, at: 1)
        try insert.bind(conversation.value, at: 2)
        try insert.bind(head.seq.value, at: 3)
        try insert.bind(previous.entry.value, at: 4)
        try insert.bind(post.author.id.value, at: 5)
        try insert.bind(kind, at: 6)
        try insert.bind(time.milliseconds, at: 7)
        try insert.bind(post.ref?.value, at: 8)
        try insert.withText(body, at: 10) {
            if let nonce = post.nonce {
                try insert.withText(nonce.text, at: 9) { try insert.run() }
            } else {
                try insert.bind(nil, at: 9)
                try insert.run()
            }
        }
        if head.seq.value % EntryLog.milestones == 0 {
            try milestone.bind(conversation.value, at: 1)
            try milestone.bind(head.seq.value, at: 2)
            try milestone.bind(head.entry.value, at: 3)
            try milestone.run()
        }
    }
}
