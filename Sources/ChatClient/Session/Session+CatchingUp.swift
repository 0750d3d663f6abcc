import ChatProtocol
import NIOCore

/// From subscribing to live: nothing that happened meanwhile is missed. (Protocol: Delivery promises, 4)
extension Session {
    /// A conversation whose newest entries the cache does not hold.
    struct Gap: Sendable {
        var conversation: ConversationName
        var anchor: History.Anchor
        var limit: Int
        /// How many more pages to fetch at most.
        var pages = 4
    }

    private enum Eagerness {
        /// Conversations never seen before are fetched ahead only if they are unread or among the latest.
        static let recent = 30
        static let page = 50
        /// A longer gap is not filled from its beginning: the newest page is fetched, and the rest when it is looked at.
        static let gap: Int64 = 1000
        static let requestsAtOnce = 4
    }

    func catchUp(_ active: ActiveAccount) {
        phase = .catchingUp
        post(.catchingUp(true))
        // From here on events come, and the list they are to be counted on does not yet.
        active.listsOnTheirWay = 1
        connection?.request(.subscribe, session: active.token) { [weak self] result in
            guard let self, self.active === active else { return }
            switch result.body(SubscribeReply.self) {
            case .success(let reply):
                post(.connection(.online))
                remember(active, epoch: reply.epoch)
                enter(active, epoch: reply.epoch)
            case .failure(.refused(let error)):
                if error.code == .sessionInvalid {
                    sessionEnded(active, reason: error.detail)
                } else {
                    drop(.refused(error))
                }
            case .failure(.connectionLost): break
            }
        }
    }

    private func enter(_ active: ActiveAccount, epoch: String) {
        let connection = connection
        inCache(active) {
            try $0.enter(epoch: epoch)
        } then: { [weak self] result in
            guard let self, self.connection === connection, connection != nil else { return }
            if case .success(true) = result {
                active.book.startOver()
                post(.notice(.newEpoch))
                for conversation in active.sharedAskedFor { listShared(active, conversation) }
            }
            sendReads(active)
            refreshPeople(active)
            askForConversations(active) { [weak self] gaps in self?.fill(active, gaps) }
        }
    }

    // MARK: The list of conversations

    /// Learns from the server how all conversations stand. Events wait meanwhile: they may be older or newer.
    func refreshConversations(_ active: ActiveAccount, then answer: @escaping ([Gap]) -> Void) {
        active.listsOnTheirWay += 1
        askForConversations(active, then: answer)
    }

    /// Who began a conversation knows the other's username: what the other is called, the list says.
    func learnTitles(_ active: ActiveAccount) {
        guard isBound else { return }
        refreshConversations(active) { _ in }
    }

    /// - Parameter before: what earlier pages told.
    private func askForConversations(
        _ active: ActiveAccount, before: ConversationsReply? = nil, then answer: @escaping ([Gap]) -> Void
    ) {
        connection?.request(.conversations(next: before?.next)) { [weak self] result in
            guard let self, self.active === active else { return }
            switch result.body(ConversationsReply.self) {
            case .success(var reply):
                reply.conversations = (before?.conversations ?? []) + reply.conversations
                if reply.next == nil {
                    take(active, reply, then: answer)
                } else {
                    askForConversations(active, before: reply, then: answer)
                }
            case .failure(.refused(let error)) where error.isTransient:
                again(error) { [weak self] in self?.askForConversations(active, before: before, then: answer) }
            case .failure(.refused(let error)):
                post(.refused(Refusal(subject: .list, .refused(error))))
                release(active)
                answer([])
            case .failure(.connectionLost): break
            }
        }
    }

    private func take(_ active: ActiveAccount, _ reply: ConversationsReply, then answer: @escaping ([Gap]) -> Void) {
        let gone = active.book.replace(with: reply.conversations, isWhole: !reply.more)
        active.uncounted = []
        let standings = reply.conversations.compactMap { active.book[$0.conversation] }
        let kept = standings.map { (state: $0.state, unsentRead: $0.unsentRead) }
            .sorted { ConversationState.isMoreRecent($0.state, $1.state) }
        let connection = connection
        inCache(active) { rows in
            for conversation in gone { try rows.forget(conversation) }
            return try kept.enumerated().compactMap { rank, kept in
                try rows.save(kept.state, unsentRead: kept.unsentRead)
                return try Self.gap(in: rows, kept.state, rank: rank)
            }
        } then: { [weak self] result in
            guard let self else { return }
            post(.conversations(active.book.states))
            tellShared(active, kept.compactMap(\.state.last))
            guard self.connection === connection else { return }
            answer((try? result.get()) ?? [])
        }
        // Stored after the list is, and counted on top of it.
        release(active)
        // The server counted from a read position that is not the last.
        for (conversation, seq) in active.book.unsentReads where seq < active.book[conversation]?.state.lastSeq ?? .zero {
            recount(active, conversation)
        }
    }

    /// Lets the events go that waited for the list, unless there is another to wait for.
    private func release(_ active: ActiveAccount) {
        active.listsOnTheirWay = max(0, active.listsOnTheirWay - 1)
        guard active.listsOnTheirWay == 0 else { return }
        let events = active.held
        active.held = []
        for event in events where self.active === active { take(event) }
        if self.active === active { storeArrived(active) }
    }

    /// What is to be fetched of a conversation, if anything. Keeps the newest entry, which lists show.
    private static func gap(in rows: CacheRows, _ state: ConversationState, rank: Int) throws -> Gap? {
        let conversation = state.conversation
        if let newest = try rows.newestEntry(of: conversation)?.seq, newest > state.lastSeq {
            // Ahead of the server: what is cached is another store's log. (Protocol: Delivery promises, 6)
            try rows.dropLog(of: conversation)
        }
        if let last = state.last { try rows.save([last]) }
        let newestPage = Gap(
            conversation: conversation, anchor: .before(.maximum),
            limit: max(Eagerness.page, min(state.unread + 20, Limits.historyPage)), pages: 1)
        guard let run = try rows.newestRun(of: conversation) else {
            return state.lastSeq > .zero && (state.unread > 0 || rank < Eagerness.recent) ? newestPage : nil
        }
        let held = run.upperBound
        guard held < state.lastSeq else { return nil }
        guard state.lastSeq.value - held.value <= Eagerness.gap else { return newestPage }
        let time = try rows.entry(held, of: conversation)?.time
        return Gap(conversation: conversation, anchor: .after(held, at: time), limit: Limits.historyPage)
    }

    // MARK: What is missing

    private func fill(_ active: ActiveAccount, _ gaps: [Gap]) {
        let ordered = gaps.sorted { a, b in
            let (left, right) = (active.book[a.conversation]?.state, active.book[b.conversation]?.state)
            return (left?.last?.time.milliseconds ?? 0) > (right?.last?.time.milliseconds ?? 0)
        }
        let work = GapWork(gaps: ordered)
        for _ in 0..<Eagerness.requestsAtOnce { fillNext(active, work) }
        if ordered.isEmpty { caughtUp(active) }
    }

    /// The gaps that are left, shared by the requests that are made at once.
    private final class GapWork {
        var gaps: ArraySlice<Gap>
        var open = 0

        init(gaps: [Gap]) { self.gaps = gaps[...] }
    }

    private func fillNext(_ active: ActiveAccount, _ work: GapWork) {
        guard let gap = work.gaps.popFirst() else { return }
        work.open += 1
        fill(active, gap) { [weak self] in
            guard let self else { return }
            work.open -= 1
            fillNext(active, work)
            if work.open == 0 { caughtUp(active) }
        }
    }

    /// Fetches what a conversation lacks, page by page. The answer does not come if the line breaks.
    func fill(_ active: ActiveAccount, _ gap: Gap, then answer: @escaping () -> Void) {
        fetch(active, History(conversation: gap.conversation, anchor: gap.anchor, limit: gap.limit)) { [weak self] result in
            guard let self else { return }
            switch result {
            case .success(let reply):
                if reply.more, gap.pages > 1, case .after = gap.anchor {
                    var rest = gap
                    rest.anchor = .after(reply.upto, at: reply.entries.last { $0.seq == reply.upto }?.time)
                    rest.pages -= 1
                    return fill(active, rest, then: answer)
                }
                answer()
            case .failure(.refused(let error)) where error.isTransient:
                again(error) { [weak self] in self?.fill(active, gap, then: answer) }
            case .failure(.refused(let error)):
                guard error.code == .conflict, case .after = gap.anchor else { return answer() }
                let conversation = gap.conversation
                inCache(active) { try $0.dropLog(of: conversation) }
                fill(
                    active, Gap(conversation: conversation, anchor: .before(.maximum), limit: Eagerness.page, pages: 1),
                    then: answer)
            case .failure(.connectionLost): break
            }
        }
    }

    private func caughtUp(_ active: ActiveAccount) {
        guard self.active === active, phase == .catchingUp else { return }
        phase = .live
        backoff.reset()
        post(.catchingUp(false))
        sendReads(active)
        flushOutbox(active)
        transfers.carryOn()
    }

    /// Asks once more when the server said it may, on the same line.
    /// - Parameter delay: at least.
    func again(_ error: ProtocolError, after delay: Duration = .zero, _ work: @escaping () -> Void) {
        let connection = connection
        _ = loop.after(max(delay, .seconds(max(1, error.retryAfter ?? 1)))) { [weak self] in
            guard let self, connection != nil, self.connection === connection else { return }
            work()
        }
    }
}
