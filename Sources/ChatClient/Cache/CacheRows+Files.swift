import ChatProtocol
import GRDB

/// The files among the entries. An index of their own finds them among a million messages.
extension CacheRows {
    /// The newest files of a conversation, newest first.
    func shared(in conversation: ConversationName, limit: Int) throws -> [SharedEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT seq, kind, author, author_name, text, time, nonce, ref, action, file_id, file_name, file_size, file_sha256
                FROM entries INDEXED BY shared_files WHERE conversation = ? AND file_id IS NOT NULL ORDER BY seq DESC LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [conversation.key, limit])
            .compactMap { Self.entry($0, of: conversation).flatMap(SharedEntry.init) }
    }

    /// The newest file of that name.
    func newestFile(named label: FileLabel, in conversation: ConversationName) throws -> SharedFile? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT seq, kind, author, author_name, text, time, nonce, ref, action, file_id, file_name, file_size, file_sha256
                FROM entries INDEXED BY shared_files
                WHERE conversation = ? AND file_id IS NOT NULL AND file_name = ? ORDER BY seq DESC LIMIT 1
                """)
        let row = try Row.fetchOne(statement, arguments: [conversation.key, label.text])
        guard let row, case .file(let file)? = Self.entry(row, of: conversation)?.kind else { return nil }
        return file
    }
}
