public import ChatProtocol
import GRDB

extension SQLiteStore {
    // MARK: History

    public func history(_ request: History, for user: User) throws -> HistoryReply {
        let found = try pool.unsafeRead { db in try FoundConversation.find(request.conversation, for: user, heads, db) }
        return try pool.read { db in
            guard let conversation = try found.readable(by: user, db) else {
                throw FoundConversation.missing(request.conversation)
            }
            let reading = try EntryReading(conversation: conversation, reader: user, db: db)
            let asOf = conversation.lastVisible
            switch request.anchor {
            case .before(let seq):
                let run = try reading.before(seq, limit: request.limit)
                let upto = min(seq.previous, asOf)
                return HistoryReply(entries: run.entries.reversed(), upto: upto, asOf: asOf, more: run.more)
            case .after(let seq, let time):
                try requireSameHistory(conversation, reading, seq: seq, time: time)
                let run = try reading.after(seq, limit: request.limit)
                let upto = run.more ? run.entries.last?.seq ?? seq : max(asOf, seq)
                return HistoryReply(entries: run.entries, upto: upto, asOf: asOf, more: run.more)
            case .around(let seq):
                let before = try reading.before(seq, limit: request.limit / 2)
                let after = try reading.after(seq.previous, limit: max(1, request.limit - before.entries.count))
                let upto = after.more ? after.entries.last?.seq ?? seq : asOf
                return HistoryReply(
                    entries: before.entries.reversed() + after.entries, upto: upto, asOf: asOf, more: before.more || after.more)
            }
        }
    }

    /// A caller who is ahead of this store, or knows another time for an entry, holds another store's history.
    /// (Protocol: Delivery promises, 6)
    private func requireSameHistory(
        _ conversation: ReadableConversation, _ reading: EntryReading, seq: Seq, time: Timestamp?
    ) throws {
        let conflict = ProtocolError(.conflict, "This server's history is another one: drop what you hold and start over.")
        guard seq <= conversation.lastSeq else { throw conflict }
        guard let time, let stored = try reading.time(of: seq) else { return }
        guard stored == time else { throw conflict }
    }

    // MARK: Conversations

    public func conversations(of user: User, next: String?) throws -> ConversationList {
        guard let after = Int64(next ?? "0") else { throw ProtocolError(.badRequest, "No list goes on at \"next\".") }
        let found = try pool.unsafeRead { db in
            try FoundConversation.all(of: user, after: ConversationID(after), heads, db)
        }
        return try pool.read { db in
            var summaries: [ConversationSummary] = []
            var bytes = 0
            var last = after
            for found in found {
                guard let conversation = try found.readable(by: user, db) else { continue }
                let summary = try summary(conversation, for: user, db)
                bytes += (summary.last?.text.utf8.count ?? 0) + 300
                if bytes > Limits.listBytes, !summaries.isEmpty {
                    return ConversationList(conversations: summaries, next: "\(last)")
                }
                summaries.append(summary)
                last = conversation.id.value
            }
            return ConversationList(conversations: summaries, next: nil)
        }
    }

    private func summary(_ conversation: ReadableConversation, for user: User, _ db: Database) throws -> ConversationSummary {
        let readSeq = try readPosition(of: user, in: conversation.id, db)
        let reading = try EntryReading(conversation: conversation, reader: user, db: db)
        let unread = try reading.unread(after: readSeq)
        let mentions = unread.mentioning.count { user.username.isMentioned(in: $0) }
        return ConversationSummary(
            conversation: conversation.name, title: conversation.title, lastSeq: conversation.lastVisible, readSeq: readSeq,
            unread: Int64(unread.count), mentions: Int64(mentions),
            last: try reading.newest(),
            visible: conversation.visible, joined: conversation.joined)
    }

    private func readPosition(of user: User, in conversation: ConversationID, _ db: Database) throws -> Seq {
        let statement = try db.cachedStatement(sql: "SELECT seq FROM read_position WHERE user = ? AND conversation = ?")
        return Seq(unchecked: try Int64.fetchOne(statement, arguments: [user.id.value, conversation.value]) ?? 0)
    }

    // MARK: Inbox

    public func inbox(of user: User) throws -> Inbox {
        let found = try pool.unsafeRead { db in try FoundConversation.all(of: user, after: ConversationID(0), heads, db) }
        return try pool.read { db in
            var inbox = InboxBuilder(reader: user)
            for found in found {
                guard let conversation = try found.readable(by: user, db), !conversation.name.isRoom else { continue }
                let readSeq = try readPosition(of: user, in: conversation.id, db)
                guard readSeq < conversation.lastSeq else { continue }
                try inbox.add(conversation, after: readSeq, db)
            }
            return inbox.finished()
        }
    }
}
