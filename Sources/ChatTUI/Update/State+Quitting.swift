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
            let count = items.count { item in
                if case .failed = item.state { false } else { true }
            }
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

    private static func list(_ names: [String]) -> String {
        let rest = names.count - namedOnQuit
        return (names.prefix(namedOnQuit) + (rest > 0 ? ["+\(rest)"] : [])).joined(separator: ", ")
    }
}
