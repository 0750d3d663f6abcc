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

    /// In its room what somebody said stands by its author; elsewhere it says that it comes from somebody.
    func show(_ entry: Entry) {
        guard let text = words(of: entry) else { return }
        if case .member = entry.kind { return console.print(text) }
        let name = name(ofAuthorOf: entry)
        console.print(entry.conversation.isRoom ? "\(name): \(text)" : classic(.classicFrom(name, text)))
    }

    /// What the author is called, as the first client says it, if that is the user name but for its capitals. Otherwise the
    /// user name comes first: anybody may be called like somebody else, and even like the beginning of a line.
    private func name(ofAuthorOf entry: Entry) -> String {
        let name = clean(entry.authorName)
        return (try? Username(name)) == entry.author ? name : "\(entry.author) (\(name))"
    }

    /// The text of an entry in one piece. Further lines are set in, so that nobody can write a line that looks as if it
    /// came from somebody else.
    func words(of entry: Entry) -> String? {
        switch entry.kind {
        case .message:
            return Sanitizer.body.clean(entry.text).split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n  ")
        case .file(let file): return classic(.classicFile(clean(file.label.text)))
        case .member(let action):
            switch action {
            case .joined: return say(.memberJoined(name(ofAuthorOf: entry)))
            case .left: return say(.memberLeft(name(ofAuthorOf: entry)))
            case .invited, .kicked, .role: return nil
            }
        case .unknown: return nil
        }
    }
}
