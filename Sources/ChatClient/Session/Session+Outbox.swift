import ChatProtocol

/// Messages on their way: on disk first, sent in order, sent again by the same nonce until the server has answered.
extension Session {
    func compose(
        _ active: ActiveAccount, id: OutboxItem.ID, _ conversation: ConversationName, _ text: MessageText, ref: Seq?
    ) {
        let item = OutboxItem(id: id, conversation: conversation, text: text, ref: ref, time: .now, state: .queued)
        active.outbox.add(item)
        postOutbox(active, conversation)
        inCache(active) {
            try $0.enqueue(item)
        } then: { [weak self] _ in
            active.outbox.markStored(id)
            self?.flushOutbox(active)
        }
    }

    /// As `compose` from a face that chose the id itself.
    func compose(id: OutboxItem.ID, _ conversation: ConversationName, _ text: MessageText, ref: Seq?) {
        guard let active else { return perform(.compose(conversation, text, ref: ref)) }
        compose(active, id: id, conversation, text, ref: ref)
    }

    func flushOutbox(_ active: ActiveAccount) {
        guard phase == .live, let connection else { return }
        for item in active.outbox.takeNext() {
            postOutbox(active, item.conversation)
            let send = Send(conversation: item.conversation, message: item.text, nonce: item.id, ref: item.ref)
            connection.request(.send(send)) { [weak self] result in
                guard let self, self.active === active else { return }
                switch result.body(SendReply.self) {
                case .success(let reply): sent(active, item, reply)
                case .failure(.refused(let error)): refused(active, item, error)
                case .failure(.connectionLost): break
                }
            }
        }
    }

    private func sent(_ active: ActiveAccount, _ item: OutboxItem, _ reply: SendReply) {
        let entry = Entry(
            conversation: item.conversation, seq: reply.seq, author: active.account.username, authorName: active.account.name,
            text: item.text.text, time: reply.time, nonce: item.id, ref: item.ref)
        let isFirst = active.book.isFirst(entry)
        let run = active.book.add(entry, isOwn: true)
        active.outbox.remove(item.id)
        let standing = active.book[item.conversation]
        inCache(active) { rows in
            try rows.save([entry])
            if let run { try rows.cover(run, of: entry.conversation) }
            if let standing { try rows.save(standing.state, unsentRead: standing.unsentRead) }
            try rows.dequeue(item.id)
        } then: { [weak self] _ in
            guard let self else { return }
            // Only now, so that a face that hears of it finds it in the cache.
            if let state = active.book[item.conversation]?.state { post(.changed(state)) }
            if isFirst { learnTitles(active) }
            postOutbox(active, item.conversation)
            post(.sent(item.conversation, item.id, reply.seq))
        }
        if run == nil { closeGap(active, item.conversation) }
        flushOutbox(active)
    }

    private func refused(_ active: ActiveAccount, _ item: OutboxItem, _ error: ProtocolError) {
        if error.code == .sessionInvalid { return sessionEnded(active, reason: error.detail) }
        // Discarded while it was on its way.
        guard active.outbox[item.id] != nil else { return }
        if error.isTransient {
            let delay = active.outbox.rest(item.id, error)
            postOutbox(active, item.conversation)
            return again(error, after: delay) { [weak self] in
                active.outbox.wake(item.conversation)
                self?.flushOutbox(active)
            }
        }
        active.outbox.set(.failed(error), of: item.id)
        inCache(active) { try $0.mark(item.id, failed: error) }
        postOutbox(active, item.conversation)
        post(.refused(Refusal(subject: .message(item.conversation), .refused(error))))
        flushOutbox(active)
    }

    /// Entries that come from the server, and of which one may be a message whose confirmation was lost with the line.
    func confirm(_ active: ActiveAccount, _ entries: [Entry]) {
        for entry in entries where entry.author == active.account.username {
            guard let id = entry.nonce, let item = active.outbox[id], item.state == .queued else { continue }
            active.outbox.remove(id)
            inCache(active) {
                try $0.dequeue(id)
            } then: { [weak self] _ in
                self?.postOutbox(active, item.conversation)
                self?.post(.sent(item.conversation, id, entry.seq))
            }
        }
    }

    func retry(_ active: ActiveAccount, _ id: OutboxItem.ID) {
        guard let item = active.outbox[id], case .failed = item.state else { return }
        active.outbox.set(.queued, of: id)
        inCache(active) { try $0.mark(id, failed: nil) }
        postOutbox(active, item.conversation)
        flushOutbox(active)
    }

    /// It is not sent again. What is on its way cannot be taken back: if it arrives, its entry shows it.
    func discard(_ active: ActiveAccount, _ id: OutboxItem.ID) {
        guard let item = active.outbox[id] else { return }
        active.outbox.remove(id)
        inCache(active) { try $0.dequeue(id) }
        postOutbox(active, item.conversation)
        flushOutbox(active)
    }

    /// Of a face that waited long enough. On a line that broke it may have arrived, too.
    func takeBack(_ id: OutboxItem.ID) -> Withdrawal {
        guard let active else { return .kept }
        guard let item = active.outbox[id] else { return .settled }
        guard !item.mayHaveArrived else { return .kept }
        discard(active, id)
        return .takenBack
    }

    private func postOutbox(_ active: ActiveAccount, _ conversation: ConversationName) {
        post(.outbox(conversation, active.outbox.items(of: conversation)))
    }
}
