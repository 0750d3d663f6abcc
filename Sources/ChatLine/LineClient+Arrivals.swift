import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// What others say, as it comes.
extension LineClient {
    /// Whether arrivals of a conversation are printed: those of the room one is in, and on a terminal what people write
    /// to one directly.
    private func isShown(_ conversation: ConversationName) -> Bool {
        switch conversation {
        case .room(let name): name == room
        case .direct: console.isTerminal
        }
    }

    func arrived(_ state: ConversationState) {
        let conversation = state.conversation
        guard isShown(conversation) else { return arrivals.skip(conversation, through: state.lastSeq) }
        guard let seq = arrivals.next(conversation, through: state.lastSeq) else { return }
        client.perform(.load(conversation, around: .after(seq, at: nil), limit: Limits.historyPage))
    }

    func show(_ page: ConversationPage) {
        guard case .after(let seq, _) = page.anchor else { return }
        let entries = page.entries
        guard arrivals.take(page.conversation, entries, after: seq, isEnd: !page.moreAfter) else { return }
        for entry in entries where entry.author != account?.username { show(entry) }
        if page.conversation.isRoom, let end = entries.last?.seq { client.perform(.markRead(page.conversation, end)) }
        // What came while this was on its way. Offline there is more that cannot be had now.
        let isStuck = page.moreAfter && entries.isEmpty
        if let state = states[page.conversation], !isStuck { arrived(state) }
    }

    /// In its room an entry stands by its author; elsewhere it says that it comes from somebody.
    func show(_ entry: Entry) {
        guard let text = words(of: entry) else { return }
        let name = clean(entry.authorName)
        console.print(entry.conversation.isRoom ? "\(name): \(text)" : ClassicWords.from(name, text))
    }

    /// The text of an entry in one piece. Further lines are set in, so that nobody can write a line that looks as if it
    /// came from somebody else.
    func words(of entry: Entry) -> String? {
        switch entry.kind {
        case .message:
            return Sanitizer.body.clean(entry.text).split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n  ")
        case .file(let file): return "[file] \(clean(file.label.text))"
        case .member(let action):
            switch action {
            case .joined: return say(.memberJoined(clean(entry.authorName)))
            case .left: return say(.memberLeft(clean(entry.authorName)))
            case .invited, .kicked, .role: return nil
            }
        case .unknown: return nil
        }
    }
}
