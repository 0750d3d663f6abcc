import ChatProtocol

/// How every conversation of an account stands, kept up as entries arrive. Pure: what is stored where is not its matter.
///
/// The server's `conversations` is the truth at one moment; what comes after it is counted on. For that each standing
/// knows its `live` seq: through it everything is counted, and past it everything will come as an event. The other
/// order, a reply to one's own message that overtakes an event, leaves `live` where it is.
struct ConversationBook {
    struct Standing {
        var state: ConversationState
        /// Everything visible through here is counted, and everything after it reaches this connection as an event.
        var live: Seq
        /// A read position that the server has not confirmed.
        var unsentRead: Seq?
    }

    let reader: Username
    private(set) var standings: [ConversationName: Standing] = [:]

    init(reader: Username) { self.reader = reader }

    subscript(conversation: ConversationName) -> Standing? { standings[conversation] }

    /// Most recently active first.
    var states: [ConversationState] { standings.values.map(\.state).sorted(by: ConversationState.isMoreRecent) }

    // MARK: From the cache and from the server

    /// What the cache held, before the server has said anything.
    mutating func restore(_ states: [ConversationState], unsentReads: [ConversationName: Seq]) {
        for state in states {
            standings[state.conversation] = Standing(
                state: state, live: state.lastSeq, unsentRead: unsentReads[state.conversation])
        }
    }

    /// The server's list. Read positions that it has not heard of yet, drafts, and what is only a draft, stay.
    /// - Parameter isWhole: whether conversations that are not in the list are gone.
    /// - Returns: Those that went.
    mutating func replace(with summaries: [ConversationSummary], isWhole: Bool) -> [ConversationName] {
        let listed = Set(summaries.map(\.conversation))
        var gone: [ConversationName] = []
        if isWhole {
            for (conversation, standing) in standings where !listed.contains(conversation) {
                if standing.state.draft.isEmpty {
                    standings[conversation] = nil
                } else {
                    standings[conversation] = draftOnly(conversation, standing.state.draft)
                }
                gone.append(conversation)
            }
        }
        for summary in summaries { take(summary) }
        return gone
    }

    /// The server's log is another one now: only drafts remain.
    mutating func startOver() { _ = replace(with: [], isWhole: true) }

    private func draftOnly(_ conversation: ConversationName, _ draft: String) -> Standing {
        Standing(
            state: ConversationState(conversation: conversation, title: conversation.bareName, draft: draft), live: .zero,
            unsentRead: nil)
    }

    private mutating func take(_ summary: ConversationSummary) {
        let before = standings[summary.conversation]
        var state = ConversationState(
            conversation: summary.conversation, title: summary.title, lastSeq: summary.lastSeq, readSeq: summary.readSeq,
            unread: Int(clamping: summary.unread), mentions: Int(clamping: summary.mentions), last: summary.last,
            muted: summary.muted, joined: summary.joined, draft: before?.state.draft ?? "")
        var unsentRead = before?.unsentRead
        if let seq = unsentRead {
            if seq > summary.readSeq {
                state.readSeq = seq
                if seq >= state.lastSeq { (state.unread, state.mentions) = (0, 0) }
            } else {
                unsentRead = nil
            }
        }
        standings[summary.conversation] = Standing(state: state, live: summary.lastSeq, unsentRead: unsentRead)
    }

    // MARK: While things happen

    /// An entry that came as an event, or as a reply to one's own message (`isOwn`).
    /// - Returns: The run of seqs that is whole with it; nil if something before it is still missing.
    mutating func add(_ entry: Entry, isOwn: Bool = false) -> ClosedRange<Seq>? {
        var standing = standings[entry.conversation] ?? unheardOf(entry)
        defer { standings[entry.conversation] = standing }
        let live = standing.live
        if isOwn, entry.seq > live.next {
            // Between them lies what others said and the server has yet to deliver.
            standing.state.show(entry)
            return nil
        }
        // What was said while the reader was away came to none of his devices: coming back is no proof of having it.
        let wasAway = !standing.state.joined
        standing.count(entry, for: reader)
        standing.live = max(live, entry.seq)
        return entry.seq > live && !wasAway ? live.next...entry.seq : entry.seq...entry.seq
    }

    /// Whether nothing was known of its conversation before.
    func isFirst(_ entry: Entry) -> Bool { (standings[entry.conversation]?.state.lastSeq ?? .zero) == .zero }

    /// A page of history that reaches from what is known to `upto`.
    mutating func absorb(_ entries: [Entry], upto: Seq, of conversation: ConversationName) {
        guard var standing = standings[conversation] else { return }
        for entry in entries { standing.count(entry, for: reader) }
        standing.live = max(standing.live, upto)
        standing.state.lastSeq = max(standing.state.lastSeq, upto)
        standings[conversation] = standing
    }

    /// A conversation begins with this entry; what came before it, if anything did, is the server's to say.
    private func unheardOf(_ entry: Entry) -> Standing {
        var title = entry.conversation.bareName
        if case .direct = entry.conversation, entry.author != reader { title = entry.authorName }
        return Standing(
            state: ConversationState(conversation: entry.conversation, title: title), live: entry.seq.previous, unsentRead: nil)
    }

    // MARK: Read positions

    /// The reader has seen everything through this seq.
    /// - Parameter isSent: whether the server knows it, because it said so.
    /// - Returns: Whether that is news.
    mutating func read(_ conversation: ConversationName, through seq: Seq, isSent: Bool) -> Bool {
        guard var standing = standings[conversation] else { return false }
        let seq = min(seq, standing.state.lastSeq)
        guard seq > standing.state.readSeq else { return false }
        standing.state.readSeq = seq
        if seq >= standing.state.lastSeq { (standing.state.unread, standing.state.mentions) = (0, 0) }
        if !isSent { standing.unsentRead = seq }
        standings[conversation] = standing
        return true
    }

    /// The server has heard of a read position.
    mutating func confirmRead(_ conversation: ConversationName, through seq: Seq) {
        guard let unsent = standings[conversation]?.unsentRead, unsent <= seq else { return }
        standings[conversation]?.unsentRead = nil
    }

    /// What the cache counted after the read position.
    mutating func recount(_ conversation: ConversationName, after seq: Seq, unread: Int, mentions: Int) {
        guard var standing = standings[conversation], standing.state.readSeq == seq else { return }
        standing.state.unread = unread
        standing.state.mentions = mentions
        standings[conversation] = standing
    }

    var unsentReads: [(ConversationName, Seq)] {
        standings.compactMap { conversation, standing in standing.unsentRead.map { (conversation, $0) } }
    }

    // MARK: The rest

    mutating func setDraft(_ text: String, of conversation: ConversationName) {
        if standings[conversation] == nil {
            guard !text.isEmpty else { return }
            standings[conversation] = draftOnly(conversation, text)
        } else {
            standings[conversation]?.state.draft = text
        }
    }

    mutating func setJoined(_ joined: Bool, _ conversation: ConversationName) {
        standings[conversation]?.state.joined = joined
    }
}

extension ConversationBook.Standing {
    /// Counts an entry that was not counted before.
    fileprivate mutating func count(_ entry: Entry, for reader: Username) {
        defer { state.show(entry) }
        guard entry.seq > live else { return }
        if case .direct = entry.conversation, entry.author != reader { state.title = entry.authorName }
        if case .member(let action) = entry.kind, entry.author == reader {
            // Said by another device of the reader.
            if action == .joined {
                state.joined = true
                // Joining moves the read position to what was the end of the room. (Protocol: Conversations)
                state.readSeq = max(state.readSeq, entry.seq.previous)
                (state.unread, state.mentions) = (0, 0)
            }
            if action == .left { state.joined = false }
        }
        guard entry.seq > state.readSeq, entry.counts(for: reader) else { return }
        state.unread = min(state.unread + 1, Limits.unreadCount)
        if entry.mentions(reader) { state.mentions = min(state.mentions + 1, Limits.unreadCount) }
    }
}

extension ConversationState {
    fileprivate mutating func show(_ entry: Entry) {
        lastSeq = max(lastSeq, entry.seq)
        if entry.seq >= last?.seq ?? .zero { last = entry }
    }
}
