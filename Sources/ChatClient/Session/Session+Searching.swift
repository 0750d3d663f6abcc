import ChatProtocol

/// Finding what was said, in the cache.
extension Session {
    func find(
        _ active: ActiveAccount, _ text: String, in conversation: ConversationName?, before place: Found.Place?, limit: Int
    ) {
        active.search?.giveUp()
        let ticket = WorkTicket()
        active.search = ticket
        advance(active, TextSearch(text, in: conversation, before: place, limit: limit), ticket)
    }

    /// A step, and the next when that is done: what arrives meanwhile is stored between them.
    private func advance(_ active: ActiveAccount, _ search: TextSearch, _ ticket: WorkTicket) {
        inCache(active) { rows in
            var search = search
            guard !ticket.isGivenUp else { return Step(search: search, answer: nil) }
            if !search.isOver { try search.advance(in: rows) }
            return Step(search: search, answer: search.isOver ? try search.answer(in: rows) : nil)
        } then: { [weak self] result in
            guard let self, active.search === ticket else { return }
            switch result {
            case .success(let step):
                guard let answer = step.answer else { return advance(active, step.search, ticket) }
                active.search = nil
                post(.found(answer))
            case .failure:
                active.search = nil
                post(.found(Found(text: search.question, conversation: search.conversation, entries: [], next: nil)))
            }
        }
    }

    private struct Step: Sendable {
        var search: TextSearch
        var answer: Found?
    }
}
