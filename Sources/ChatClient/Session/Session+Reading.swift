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
            // How far the reader has read outlives a program that ends now.
            try rows.save(state, unsentRead: standing.unsentRead)
            return try rows.unread(in: conversation, after: state.readSeq, through: state.lastSeq, reader: reader)
        } then: { [weak self] result in
            active.recounts.remove(conversation)
            guard let self, let current = active.book[conversation]?.state else { return }
            guard current.lastSeq == state.lastSeq, current.readSeq == state.readSeq else {
                return recount(active, conversation)
            }
            switch result {
            case .success(let unread?):
                active.book.recount(conversation, after: state.readSeq, unread: unread.count, mentions: unread.mentions)
            case .success(nil):
                // There is no more of it than this. How much there is, the server knows.
                let most = min(current.unread, Int(clamping: state.lastSeq.value - state.readSeq.value))
                active.book.recount(conversation, after: state.readSeq, unread: most, mentions: min(current.mentions, most))
                active.uncounted.insert(conversation)
                countElsewhere(active)
            case .failure: break
            }
            guard let standing = active.book[conversation] else { return }
            inCache(active) { try $0.save(standing.state, unsentRead: standing.unsentRead) }
            post(.changed(standing.state))
        }
    }

    /// Has the server count what cannot be counted here, once it knows how far the reader has read.
    private func countElsewhere(_ active: ActiveAccount) {
        guard isBound, !active.isCountedElsewhere,
            active.uncounted.contains(where: { active.book[$0]?.unsentRead == nil })
        else { return }
        active.isCountedElsewhere = true
        refreshConversations(active) { _ in active.isCountedElsewhere = false }
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
            countElsewhere(active)
            sendRead(active, conversation)
        }
    }

    func saveDraft(_ active: ActiveAccount, _ conversation: ConversationName, _ text: String) {
        active.book.setDraft(text, of: conversation)
        inCache(active) { try $0.saveDraft(text, of: conversation) }
    }
}
