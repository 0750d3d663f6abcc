import ChatProtocol
import GRDB

extension CacheRows {
    /// Keeps how a conversation stands; its draft and its newest entry lie in tables of their own.
    /// - Parameter unsentRead: the read position that the server has not heard of yet.
    func save(_ state: ConversationState, unsentRead: Seq?) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO conversations (conversation, name, title, last_seq, read_seq, unread, mentions, muted, joined,
                    unsent_read) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            state.conversation.key, state.conversation.description, state.title, state.lastSeq.value, state.readSeq.value,
            state.unread, state.mentions, state.muted, state.joined, unsentRead?.value,
        ])
    }

    /// All that are known, and those that are only a draft so far; most recently active first.
    func conversations() throws -> [ConversationState] {
        let drafts = try drafts()
        var states = try Row.fetchAll(
            database,
            sql: "SELECT name, title, last_seq, read_seq, unread, mentions, muted, joined FROM conversations"
        ).compactMap { row -> ConversationState? in
            let name: String = row[0]
            guard let conversation = try? ConversationName(name) else { return nil }
            return ConversationState(
                conversation: conversation, title: row[1], lastSeq: Seq(unchecked: row[2]), readSeq: Seq(unchecked: row[3]),
                unread: row[4], mentions: row[5], last: try newestEntry(of: conversation), muted: row[6], joined: row[7],
                draft: drafts[conversation] ?? "")
        }
        let known = Set(states.map(\.conversation))
        for (conversation, text) in drafts where !known.contains(conversation) {
            states.append(ConversationState(conversation: conversation, title: conversation.bareName, draft: text))
        }
        return states.sorted(by: ConversationState.isMoreRecent)
    }

    /// Read positions that the server has not heard of.
    func unsentReads() throws -> [ConversationName: Seq] {
        var reads: [ConversationName: Seq] = [:]
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, unsent_read FROM conversations WHERE unsent_read IS NOT NULL")
        for row in rows {
            let name: String = row[0]
            if let conversation = try? ConversationName(name) { reads[conversation] = Seq(unchecked: row[1]) }
        }
        return reads
    }

    /// The server lists this conversation no more.
    func forget(_ conversation: ConversationName) throws {
        try dropLog(of: conversation)
        try database.execute(sql: "DELETE FROM conversations WHERE conversation = ?", arguments: [conversation.key])
    }

    // MARK: Drafts

    /// An empty text takes the draft away.
    func saveDraft(_ text: String, of conversation: ConversationName) throws {
        if text.isEmpty {
            try database.execute(sql: "DELETE FROM drafts WHERE conversation = ?", arguments: [conversation.key])
        } else {
            try database.execute(
                sql: "INSERT OR REPLACE INTO drafts (conversation, name, text) VALUES (?, ?, ?)",
                arguments: [conversation.key, conversation.description, text])
        }
    }

    private func drafts() throws -> [ConversationName: String] {
        var drafts: [ConversationName: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT name, text FROM drafts") {
            let name: String = row[0]
            if let conversation = try? ConversationName(name) { drafts[conversation] = row[1] }
        }
        return drafts
    }
}

extension ConversationName {
    /// The name without its sign: a title until there is a better one.
    var bareName: String {
        switch self {
        case .direct(let person): person.text
        case .room(let room): room.text
        }
    }
}

extension ConversationState {
    /// The order of a list that shows the latest first.
    static func isMoreRecent(_ a: ConversationState, _ b: ConversationState) -> Bool {
        let (left, right) = (a.last?.time, b.last?.time)
        if left != right {
            guard let left else { return false }
            guard let right else { return true }
            return left > right
        }
        return a.conversation < b.conversation
    }
}
