import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// What would be left undone by quitting.
extension State {
    private static let namedOnQuit = 3

    /// Names it; nil if nothing is on its way.
    var pendingOnQuit: Sentence? {
        let messages = outbox.compactMap { name, items -> (name: ConversationName, count: Int)? in
            let count = items.count - failedCount(in: name)
            return count > 0 ? (name, count) : nil
        }
        let running = transfers.running
        guard !messages.isEmpty || !running.isEmpty else { return nil }
        let recipients = messages.sorted { $0.name < $1.name }.map { directory.label(of: $0.name) + " (\($0.count))" }
        let files = running.map { transfer in
            let name = TextLayout.shorten(transfer.name, width: 30)
            return transfer.size > 0 ? name + " (\(ByteCount.percent(transfer.done, of: transfer.size)) %)" : name
        }
        return .quitPending(messages: Self.list(recipients), files: Self.list(files))
    }

    /// Quits at once unless something is on its way.
    mutating func quit() {
        guard let pending = pendingOnQuit else { return leave() }
        ask(.quitTitle, pending, .init(.yesQuit, .quit))
    }

    /// Logs out likewise. What is on its way is kept for the next time.
    mutating func askToLogOut() {
        guard let pending = pendingOnQuit else { return logOut() }
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
