import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// What would be left undone, or lost, by quitting or logging out.
extension State {
    private static let namedOnQuit = 3

    /// What is on its way, each named; nil if nothing is.
    /// - Parameters:
    ///   - keepsMessages: whether unsent messages go out the next time.
    ///   - keepsFiles: whether transfers go on then. Else those that failed are lost, too, though they could be tried again.
    private func pending(keepsMessages: Bool, keepsFiles: Bool) -> Sentence? {
        let messages = outbox.compactMap { name, items -> (name: ConversationName, count: Int)? in
            let count = items.count - (keepsMessages ? failedCount(in: name) : 0)
            return count > 0 ? (name, count) : nil
        }
        let recipients = messages.sorted { $0.name < $1.name }.map { directory.label(of: $0.name) + " (\($0.count))" }
        let files = (keepsFiles ? transfers.running : transfers.unfinished).map { transfer in
            let name = TextLayout.shorten(transfer.name, width: 30)
            return transfer.size > 0 ? name + " (\(ByteCount.percent(transfer.done, of: transfer.size)) %)" : name
        }
        var sentences: [Sentence] = []
        if !recipients.isEmpty { sentences.append(.messagesPending(Self.list(recipients), areKept: keepsMessages)) }
        if !files.isEmpty { sentences.append(.filesPending(Self.list(files), areKept: keepsFiles)) }
        return sentences.isEmpty ? nil : .lines(sentences)
    }

    /// Quits at once unless something is on its way.
    mutating func quit() {
        guard let pending = pending(keepsMessages: keepsUnsent, keepsFiles: keepsUnsent) else { return leave() }
        ask(.quitTitle, pending, .init(.yesQuit, .quit))
    }

    /// Logs out likewise. Messages wait for the next time; transfers end with the session.
    mutating func askToLogOut() {
        guard let pending = pending(keepsMessages: keepsUnsent, keepsFiles: false) else { return logOut() }
        ask(.logOutTitle, pending, .init(.yesLogOut, .logOut))
    }

    mutating func logOut() {
        saveDrafts()
        emit(.perform(.logOut))
    }

    private mutating func ask(_ title: Sentence, _ pending: Sentence, _ answer: Question.Answer) {
        overlays.append(.question(Question(title: title, text: pending, answers: [.init(.noStay, .nothing), answer])))
    }

    /// Messages that the server has refused.
    func failedCount(in name: ConversationName) -> Int {
        outbox[name]?.count { if case .failed = $0.state { true } else { false } } ?? 0
    }

    private static func list(_ names: [String]) -> String {
        let rest = names.count - namedOnQuit
        return (names.prefix(namedOnQuit) + (rest > 0 ? ["+\(rest)"] : [])).joined(separator: ", ")
    }
}
