import ChatProtocol
import GRDB

extension CacheRows {
    /// Before the network sees it.
    func enqueue(_ item: OutboxItem) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO outbox (nonce, name, text, ref, time) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                item.id.text, item.conversation.description, item.text.text, item.ref?.value, item.time.milliseconds,
            ])
    }

    /// Sent or discarded.
    func dequeue(_ id: OutboxItem.ID) throws {
        try database.execute(sql: "DELETE FROM outbox WHERE nonce = ?", arguments: [id.text])
    }

    /// Why it was refused; nil if it is to be tried again.
    func mark(_ id: OutboxItem.ID, failed error: ProtocolError?) throws {
        try database.execute(
            sql: "UPDATE outbox SET error_code = ?, error_detail = ? WHERE nonce = ?",
            arguments: [error?.code.rawValue, error?.detail, id.text])
    }

    /// Oldest first.
    func outbox() throws -> [OutboxItem] {
        try Row.fetchAll(
            database, sql: "SELECT nonce, name, text, ref, time, error_code, error_detail FROM outbox ORDER BY place"
        ).compactMap { row in
            do {
                let code: String? = row[5]
                let failure = code.flatMap(ErrorCode.init(rawValue:)).map { ProtocolError($0, row[6] as String? ?? "") }
                return OutboxItem(
                    id: try Nonce(row[0]), conversation: try ConversationName(row[1] as String), text: try MessageText(row[2]),
                    ref: (row[3] as Int64?).flatMap { Seq($0) }, time: Timestamp(milliseconds: row[4]),
                    state: failure.map(OutboxItem.State.failed) ?? .queued)
            } catch {
                return nil
            }
        }
    }
}
