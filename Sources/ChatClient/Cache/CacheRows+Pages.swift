import ChatProtocol

/// What the cache can show of a conversation, and what would have to be asked for.
struct CachedPage: Sendable {
    var page: ConversationPage
    /// What to ask the server for, if this is less than was wanted.
    var lack: History.Anchor?
}

extension CacheRows {
    /// - Parameter last: the newest seq that the conversation is known to have.
    func page(_ conversation: ConversationName, _ anchor: History.Anchor, limit: Int, last: Seq) throws -> CachedPage {
        let limit = max(1, min(limit, Limits.historyPage))
        switch anchor {
        case .before(let seq): return try page(conversation, before: seq, limit: limit, last: last)
        case .after(let seq, _): return try page(conversation, after: seq, anchor: anchor, limit: limit, last: last)
        case .around(let seq): return try page(conversation, around: seq, limit: limit, last: last)
        }
    }

    private func page(_ conversation: ConversationName, before seq: Seq, limit: Int, last: Seq) throws -> CachedPage {
        let run =
            seq == .maximum
            ? try newestRun(of: conversation) : try self.run(of: conversation, around: seq.previous)
        guard let run else {
            let hasMore = seq > Seq.zero.next && last > .zero
            return CachedPage(
                page: ConversationPage(
                    conversation: conversation, entries: [], anchor: .before(seq), moreBefore: hasMore, moreAfter: seq <= last),
                lack: hasMore ? .before(seq) : nil)
        }
        let end = seq == .maximum ? run.upperBound : seq.previous
        let entries = try entries(of: conversation, in: run.lowerBound...max(end, run.lowerBound), limit: limit, newest: true)
        let isStale = seq == .maximum && run.upperBound < last
        let isShort = entries.count < limit && !Self.isBeginning(run)
        return CachedPage(
            page: ConversationPage(
                conversation: conversation, entries: entries, anchor: .before(seq),
                moreBefore: entries.count == limit && entries.first?.seq != run.lowerBound || !Self.isBeginning(run),
                moreAfter: end < last),
            lack: isStale ? .before(.maximum) : isShort ? .before(entries.first?.seq ?? run.lowerBound) : nil)
    }

    private func page(
        _ conversation: ConversationName, after seq: Seq, anchor: History.Anchor, limit: Int, last: Seq
    ) throws -> CachedPage {
        guard let run = try run(of: conversation, around: seq.next) else {
            return CachedPage(
                page: ConversationPage(
                    conversation: conversation, entries: [], anchor: anchor, moreBefore: seq > .zero, moreAfter: seq < last),
                lack: seq < last ? .after(seq, at: nil) : nil)
        }
        let entries = try entries(of: conversation, in: seq.next...run.upperBound, limit: limit, newest: false)
        let end = entries.count == limit ? entries.last?.seq ?? seq : run.upperBound
        return CachedPage(
            page: ConversationPage(
                conversation: conversation, entries: entries, anchor: anchor, moreBefore: seq > .zero, moreAfter: end < last),
            lack: entries.count < limit && run.upperBound < last ? .after(run.upperBound, at: nil) : nil)
    }

    private func page(_ conversation: ConversationName, around seq: Seq, limit: Int, last: Seq) throws -> CachedPage {
        guard let run = try run(of: conversation, around: seq) else {
            return CachedPage(
                page: ConversationPage(
                    conversation: conversation, entries: [], anchor: .around(seq), moreBefore: true, moreAfter: seq < last),
                lack: .around(seq))
        }
        let half = limit / 2
        let older =
            seq > run.lowerBound
            ? try entries(of: conversation, in: run.lowerBound...seq.previous, limit: half, newest: true) : []
        let newer = try entries(of: conversation, in: seq...run.upperBound, limit: limit - older.count, newest: false)
        let end = newer.count == limit - older.count ? newer.last?.seq ?? seq : run.upperBound
        let isShort =
            older.count < half && !Self.isBeginning(run) || newer.count < limit - half && run.upperBound < last
        return CachedPage(
            page: ConversationPage(
                conversation: conversation, entries: older + newer, anchor: .around(seq),
                moreBefore: older.count == half && older.first?.seq != run.lowerBound || !Self.isBeginning(run),
                moreAfter: end < last),
            lack: isShort ? .around(seq) : nil)
    }

    /// Whether nothing comes before this run.
    private static func isBeginning(_ run: ClosedRange<Seq>) -> Bool { run.lowerBound.value <= 1 }

    /// Keeps a page of history and notes which run it makes whole.
    func keep(_ reply: HistoryReply, of conversation: ConversationName, for anchor: History.Anchor) throws {
        try save(reply.entries)
        let first = reply.entries.first?.seq
        switch anchor {
        case .before(let seq):
            let start = reply.more ? first ?? reply.upto : Seq.zero.next
            let end = seq == .maximum ? reply.upto : seq.previous
            if start <= end { try cover(start...end, of: conversation) }
        case .after(let seq, _):
            if seq < reply.upto { try cover(seq.next...reply.upto, of: conversation) }
        case .around:
            if let first, let last = reply.entries.last?.seq { try cover(first...max(last, reply.upto), of: conversation) }
        }
    }
}
