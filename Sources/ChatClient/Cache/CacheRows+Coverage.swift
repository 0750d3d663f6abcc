import ChatProtocol
import GRDB

/// Which runs of a conversation are here without a gap.
extension CacheRows {
    /// Everything visible of this run is here now. Runs that touch become one.
    func cover(_ run: ClosedRange<Seq>, of conversation: ConversationName) throws {
        let touching: StatementArguments = [conversation.key, run.upperBound.next.value, run.lowerBound.previous.value]
        let bounds = try Row.fetchOne(
            try database.cachedStatement(
                sql: "SELECT min(first), max(last) FROM coverage WHERE conversation = ? AND first <= ? AND last >= ?"),
            arguments: touching)
        let first = min(bounds?[0] as Int64? ?? run.lowerBound.value, run.lowerBound.value)
        let last = max(bounds?[1] as Int64? ?? run.upperBound.value, run.upperBound.value)
        try database.cachedStatement(
            sql: "DELETE FROM coverage WHERE conversation = ? AND first <= ? AND last >= ?"
        ).execute(arguments: touching)
        try database.cachedStatement(
            sql: "INSERT INTO coverage (conversation, first, last) VALUES (?, ?, ?)"
        ).execute(arguments: [conversation.key, first, last])
    }

    /// The run that holds this seq; nil if that part is not here.
    func run(of conversation: ConversationName, around seq: Seq) throws -> ClosedRange<Seq>? {
        let row = try Row.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT first, last FROM coverage WHERE conversation = ? AND first <= ? ORDER BY first DESC LIMIT 1
                    """),
            arguments: [conversation.key, seq.value])
        return row.flatMap(Self.run).flatMap { $0.contains(seq) ? $0 : nil }
    }

    /// The run with the newest entries.
    func newestRun(of conversation: ConversationName) throws -> ClosedRange<Seq>? {
        let row = try Row.fetchOne(
            try database.cachedStatement(
                sql: "SELECT first, last FROM coverage WHERE conversation = ? ORDER BY first DESC LIMIT 1"),
            arguments: [conversation.key])
        return row.flatMap(Self.run)
    }

    private static func run(_ row: Row) -> ClosedRange<Seq>? {
        guard let first = Seq(row[0] as Int64), let last = Seq(row[1] as Int64), first <= last else { return nil }
        return first...last
    }

    /// Forgets what was said in a conversation, because the server's log is another one now.
    func dropLog(of conversation: ConversationName) throws {
        try database.execute(sql: "DELETE FROM entries WHERE conversation = ?", arguments: [conversation.key])
        try database.execute(sql: "DELETE FROM coverage WHERE conversation = ?", arguments: [conversation.key])
    }

    // MARK: The log's identity

    /// Takes the epoch that the server has now. (Protocol: Delivery promises, 6)
    /// - Returns: Whether it was another one before, so that the cached log had to go. Drafts and the outbox stay.
    func enter(epoch: String) throws -> Bool {
        let known = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'epoch'")
        guard known != epoch else { return false }
        try database.execute(
            sql: """
                DELETE FROM entries;
                DELETE FROM coverage;
                DELETE FROM conversations;
                """)
        try database.execute(sql: "INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)", arguments: [epoch])
        return known != nil
    }
}
