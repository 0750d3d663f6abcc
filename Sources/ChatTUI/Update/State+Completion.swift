import ChatClient
import ChatProtocol
import ChatText

/// Tab in compose: the rest of a command, a person or a room.
extension State {
    /// Completes the word before the caret. False if there is nothing that could be completed: then Tab changes panes.
    mutating func complete() -> Bool {
        if completePath() { return true }
        let before = composeEditor.beforeCaret
        let word = String(before.reversed().prefix { !$0.isWhitespace }.reversed())
        guard let mark = word.first, word.count < 200 else { return false }
        let isFirst = word.count == before.count
        let candidates: [String]
        switch mark {
        case "/" where isFirst: candidates = CommandTable.rows(in: .compose).compactMap { $0.spelling[.compose] }
        case "@": candidates = directory.people.values.map { "@" + $0.username.text }
        case "#": candidates = roomNames
        default:
            // The argument of a command may leave the mark of a person out.
            if before.hasPrefix("/chat ") {
                candidates = directory.people.values.map(\.username.text)
            } else if before.hasPrefix("/theme ") {
                candidates = themes.names
            } else if before.hasPrefix("/notify ") {
                candidates = NotifyLevel.allCases.map(\.rawValue)
            } else {
                return false
            }
        }
        let folded = word.lowercased()
        let fitting = candidates.filter { $0.lowercased().hasPrefix(folded) }.sorted()
        guard let first = fitting.first else {
            announce(.nothingFound)
            return true
        }
        if fitting.count == 1 {
            editCompose { $0.replaceBeforeCaret(count: word.count, with: first + " ") }
        } else {
            let common = fitting.dropFirst().reduce(first) { String($0.commonPrefix(with: $1)) }
            if common.count > word.count { editCompose { $0.replaceBeforeCaret(count: word.count, with: common) } }
            announce(.severalMeanings(fitting.joined(separator: "  ")))
        }
        return true
    }

    private var roomNames: [String] {
        let own = directory.conversations.keys.filter(\.isRoom).map(\.description)
        return Array(Set(own + directory.rooms.keys.map(\.description)))
    }
}

extension String {
    /// Without regard to case, in the spelling of this one.
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
}
