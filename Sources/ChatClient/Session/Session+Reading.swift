import ChatProtocol

/// Read positions and drafts.
extension Session {
    func markRead(_ active: ActiveAccount, _ conversation: ConversationName, through seq: Seq) {
        guard active.book.read(conversation, through: seq, isSent: false) else { return }
        recount(active, conversation)
        sendRead(active, conversation)
    }

    /// Counts what is left unread, and tells. One count at a time for each conversation: if it stands otherwise by the
    /// time of the answer, it is counted again.
    func recount(_ active: ActiveAccount, _ conversation: ConversationName) {
        guard active.recounts.insert(conversation).inserted else { return }
        // What arrived is to be counted, too.
        storeArrived(active)
        guard let standing = active.book[conversation] else {
            active.recounts.remove(conversation)
            return
        }
        let (state, reader) = (standing.state, active.account.username)
        inCache(active) { rows in
            let unread = try rows.unread(in: conversation, after: state.readSeq, through: state.lastSeq, reader: reader)
            var state = state
            if let unread {
                (state.unread, state.mentions) = (unread.count, unread.mentions)
            } else {
                // Not all of it is here; there is no more of it than this.
                state.unread = min(state.unread, Int(clamping: state.lastSeq.value - state.readSeq.value))
                state.mentions = min(state.mentions, state.unread)
            }
            try rows.save(state, unsentRead: standing.unsentRead)
            return Counts(unread: state.unread, mentions: state.mentions)
        } then: { [weak self] result in
            active.recounts.remove(conversation)
            guard let self, let current = active.book[conversation]?.state else { return }
            guard current.lastSeq == state.lastSeq, current.readSeq == state.readSeq else {
                return recount(active, conversation)
            }
            if case .success(let counts) = result {
                active.book.recount(conversation, after: state.readSeq, unread: counts.unread, mentions: counts.mentions)
            }
            if let state = active.book[conversation]?.state { post(.changed(state)) }
        }
    }

    private struct Counts: Sendable {
        var unread: Int
        var mentions: Int
    }

    /// Tells the server all positions that it has not heard of.
    func sendReads(_ active: ActiveAccount) {
        for (conversation, _) in active.book.unsentReads { sendRead(active, conversation) }
    }

    /// One at a time for each conversation: by the time of the answer there may be a later one, and those between are
    /// not worth a request.
    private func sendRead(_ active: ActiveAccount, _ conversation: ConversationName) {
        guard isBound, let connection, let seq = active.book[conversation]?.unsentRead,
            active.readsOnTheirWay.insert(conversation).inserted
        else { return }
        connection.request(.read(conversation, seq)) { [weak self] result in
            guard let self, self.active === active else { return }
            if case .failure(.connectionLost) = result { return }
            active.readsOnTheirWay.remove(conversation)
            if case .failure(.refused(let error)) = result, error.isTransient {
                return again(error) { [weak self] in self?.sendRead(active, conversation) }
            }
            active.book.confirmRead(conversation, through: seq)
            if let standing = active.book[conversation] {
                inCache(active) { try $0.save(standing.state, unsentRead: standing.unsentRead) }
            }
            sendRead(active, conversation)
        }
    }

    func saveDraft(_ active: ActiveAccount, _ conversation: ConversationName, _ text: String) {
        active.book.setDraft(text, of: conversation)
        inCache(active) { try $0.saveDraft(text, of: conversation) }
    }
}
