import ChatClient
import ChatProtocol
import ChatText

/// Writing to people, and reading what they wrote.
extension LineClient {
    func chat(_ given: ConversationName?) throws {
        let (conversation, text) = try signedIn { (try given ?? askForConversation(), try messageText(ask(.askMessage))) }
        let id = client.compose(text, to: conversation)
        do {
            try waitForAnswer(to: id).get()
        } catch let error as ProtocolError {
            client.perform(.discard(id))
            throw refusal(error)
        } catch let failure as LineFailure {
            try takeBack([id], after: failure)
        }
        console.print(classic(.classicSent(conversation.shortName)))
    }

    private func waitForAnswer(to id: OutboxItem.ID) throws -> Result<Void, ProtocolError> {
        try wait { event in
            switch event {
            case .sent(_, id, _): return .success(())
            case .outbox(_, let items):
                guard case .failed(let error)? = items.first(where: { $0.id == id })?.state else { return nil }
                return .failure(error)
            default: return nil
            }
        }
    }

    func askForConversation() throws -> ConversationName {
        let text = try ask(.askRecipient)
        do throws(ProtocolError) { return try ConversationName(text) } catch { throw refusal(error) }
    }

    /// A line without anything to read is an empty line of a script, or a slip of the finger.
    private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    private func messageText(_ text: String) throws -> MessageText {
        if isBlank(text) { throw LineFailure(status: .refused, words: say(.lineMessageBlank)) }
        do throws(ProtocolError) { return try MessageText(text) } catch { throw refusal(error) }
    }

    /// A plain line: said in the room; nothing elsewhere, or if it is blank. Answers are not waited for, so that a script's lines go out
    /// as fast as they are read.
    func talk(_ line: String) throws {
        guard !isBlank(line) else { return }
        try requireNoMissedRoom()
        guard let room else { return }
        if console.isTerminal, !isOnline { console.print(say(.lineQueued)) }
        unsent.insert(client.compose(try messageText(line), to: .room(room)))
    }

    /// What was said in a room is confirmed, or the failure told. Each message may take its time.
    func waitForUnsent() throws {
        do {
            while !unsent.isEmpty {
                let count = unsent.count
                try wait { [self] in unsent.count < count }
            }
        } catch let failure as LineFailure {
            defer { unsent = [] }
            try takeBack(unsent, after: failure)
        }
    }

    /// Nobody waits for these any more. What the server certainly does not have is not sent later either, so that whoever
    /// is told of a failure can say it again; the rest goes out by itself.
    /// - Throws: the failure, with what became of them; nothing if they have just been confirmed.
    private func takeBack(_ ids: some Collection<OutboxItem.ID>, after failure: LineFailure) throws {
        let outcomes = ids.map(client.takeBack)
        let (takenBack, kept) = (outcomes.count { $0 == .takenBack }, outcomes.count { $0 == .kept })
        guard takenBack + kept > 0 else { return }
        var failure = failure
        if let refusal = refusal(of: ids) { failure.words = self.refusal(refusal).words }
        if takenBack > 0 { failure.words += " " + say(.lineTakenBack(takenBack)) }
        if kept > 0 {
            failure.words += " " + say(.lineKept(kept))
            failure.status = .unconfirmed
        }
        throw failure
    }

    // MARK: The inbox

    /// The unread direct messages, oldest first; they count as read once they are printed.
    func readInbox() throws {
        try requireAccount()
        let unread = states.values.filter { !$0.conversation.isRoom && $0.unread > 0 }
        var entries: [Entry] = []
        for state in unread { entries += try self.unread(of: state) }
        entries.sort { ($0.time, $0.seq) < ($1.time, $1.seq) }
        console.print(classic(.classicIncoming(entries.count)))
        for entry in entries { show(entry) }
        for state in unread { client.perform(.markRead(state.conversation, state.lastSeq)) }
        try waitUntilRead(unread)
    }

    private func waitUntilRead(_ unread: [ConversationState]) throws {
        try wait { [self] in
            unread.allSatisfy { states[$0.conversation]?.readSeq ?? .maximum >= $0.lastSeq }
        }
    }

    private func unread(of state: ConversationState) throws -> [Entry] {
        var entries: [Entry] = []
        var seq = state.readSeq
        while true {
            let page = try page(of: state.conversation, after: seq)
            entries += page.entries
            guard page.moreAfter, let last = page.entries.last?.seq else { break }
            seq = last
        }
        return entries.filter { entry in
            guard entry.author != account?.username, entry.seq <= state.lastSeq else { return false }
            return switch entry.kind {
            case .message, .file: true
            case .member, .unknown: false
            }
        }
    }

    /// A page that ends where the conversation ends, or is full.
    private func page(of conversation: ConversationName, after seq: Seq) throws -> ConversationPage {
        client.perform(.load(conversation, around: .after(seq, at: nil), limit: Limits.historyPage))
        return try wait { event -> ConversationPage? in
            switch event {
            case .page(let page):
                guard page.conversation == conversation, page.anchor == .after(seq, at: nil) else { return nil }
                // A first page from the cache is followed by a fuller one.
                return page.moreAfter && page.entries.count < Limits.historyPage ? nil : page
            case .refused(let refused):
                guard refused.subject == .history(conversation) else { return nil }
                throw refusal(refused.reason)
            default: return nil
            }
        }
    }
}

extension ConversationName {
    /// As the first client names a recipient: people without their sign.
    var shortName: String {
        switch self {
        case .direct(let person): person.text
        case .room(let room): room.description
        }
    }
}
