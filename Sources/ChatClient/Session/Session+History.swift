import ChatProtocol

/// Pages of conversations: from the cache at once, from the server what it lacks.
extension Session {
    func load(_ active: ActiveAccount, _ conversation: ConversationName, _ anchor: History.Anchor, limit: Int) {
        let last = active.book[conversation]?.state.lastSeq ?? .zero
        inCache(active) {
            try $0.page(conversation, anchor, limit: limit, last: last)
        } then: { [weak self] result in
            guard let self else { return }
            guard case .success(let cached) = result else {
                let error = ProtocolError(.internal, "The local cache cannot be read.")
                return post(.refused(Refusal(subject: .history(conversation), .refused(error))))
            }
            guard let lack = cached.lack, isBound else { return post(.page(cached.page)) }
            // An empty page would say that there is nothing; whoever waits can wait for the server's word.
            if !cached.page.entries.isEmpty { post(.page(cached.page)) }
            complete(active, cached.page, lack: lack, limit: limit)
        }
    }

    private func complete(_ active: ActiveAccount, _ page: ConversationPage, lack: History.Anchor, limit: Int) {
        let conversation = page.conversation
        let limit = max(50, min(limit, Limits.historyPage))
        fetch(active, History(conversation: conversation, anchor: lack, limit: limit)) { [weak self] result in
            guard let self else { return }
            if case .failure(let failure) = result {
                if page.entries.isEmpty { post(.page(page)) }
                if case .refused(let error) = failure {
                    post(.refused(Refusal(subject: .history(conversation), .refused(error))))
                }
                return
            }
            let last = active.book[conversation]?.state.lastSeq ?? .zero
            inCache(active) {
                try $0.page(conversation, page.anchor, limit: limit, last: last)
            } then: { [weak self] result in
                self?.post(.page((try? result.get())?.page ?? page))
            }
        }
    }

    /// Asks for history and keeps it. The answer comes after it is in the cache, and does not if the account is left.
    func fetch(
        _ active: ActiveAccount, _ history: History, then answer: @escaping (Result<HistoryReply, RequestFailure>) -> Void
    ) {
        guard let connection else { return answer(.failure(.connectionLost)) }
        connection.request(.history(history)) { [weak self] result in
            guard let self, self.active === active else { return }
            switch result.body(HistoryReply.self) {
            case .success(let reply): keep(active, reply, history) { answer(.success(reply)) }
            case .failure(let failure): answer(.failure(failure))
            }
        }
    }

    private func keep(_ active: ActiveAccount, _ reply: HistoryReply, _ history: History, then answer: @escaping () -> Void) {
        let conversation = history.conversation
        // What arrived as events before this reply is counted before it.
        storeArrived(active)
        let isNewest =
            switch history.anchor {
            case .before(let seq): seq == .maximum
            case .after: true
            case .around: false
            }
        if isNewest { active.book.absorb(reply.entries, upto: reply.upto, of: conversation) }
        let standing = active.book[conversation]
        inCache(active) { rows in
            try rows.keep(reply, of: conversation, for: history.anchor)
            if let standing { try rows.save(standing.state, unsentRead: standing.unsentRead) }
        } then: { [weak self] _ in
            if isNewest, let state = active.book[conversation]?.state { self?.post(.changed(state)) }
            self?.tellShared(active, reply.entries)
            answer()
        }
        confirm(active, reply.entries)
    }

    /// One's own message came back with a seq beyond what has arrived: the entries between may be lost with the line,
    /// so they are asked for.
    func closeGap(_ active: ActiveAccount, _ conversation: ConversationName) {
        guard isBound, let live = active.book[conversation]?.live, active.gapsAskedFor.insert(conversation).inserted else {
            return
        }
        fill(active, Gap(conversation: conversation, anchor: .after(live, at: nil), limit: 100)) {
            active.gapsAskedFor.remove(conversation)
        }
    }
}
