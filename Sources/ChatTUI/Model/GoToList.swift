package import ChatClient
package import ChatProtocol

/// Everything that can be gone to, found by a few of its letters.
package struct GoToList: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case conversation(ConversationName)
        case join(RoomName)
        case command(CommandTable.Row)
        case files
        case shared(SharedEntry)
        case theme(String)
    }

    package struct Entry: Hashable, Sendable {
        package var label: String
        /// What else it is found by and shown with: a name, a topic, what a command does.
        package var detail: String
        package var target: Target

        package init(label: String, detail: String, target: Target) {
            self.label = label
            self.detail = detail
            self.target = target
        }
    }

    package var filter = Editor(isSingleLine: true)
    package private(set) var choice = 0
    private let all: [Entry]
    package private(set) var found: [Entry]

    /// - Parameter entries: in the order in which they are shown while nothing is typed.
    package init(_ entries: [Entry]) {
        all = entries
        found = entries
    }

    /// To be called when the filter changed.
    package mutating func search() {
        choice = 0
        let wanted = filter.text
        guard !wanted.isEmpty else {
            found = all
            return
        }
        let scored = all.enumerated().compactMap { index, entry -> (score: Int, index: Int)? in
            let scores = [FuzzyMatch.score(wanted, in: entry.label), FuzzyMatch.score(wanted, in: entry.detail).map { $0 - 20 }]
            return scores.compactMap { $0 }.max().map { ($0, index) }
        }
        found = scored.sorted { $0.score == $1.score ? $0.index < $1.index : $0.score > $1.score }.map { all[$0.index] }
    }

    package mutating func move(by steps: Int) {
        choice = min(max(0, choice + steps), max(0, found.count - 1))
    }

    /// Chooses the first that is meant, if there is one.
    package mutating func choose(where isMeant: (Entry) -> Bool) {
        if let index = found.firstIndex(where: isMeant) { choice = index }
    }

    /// How many there are, found or not.
    package var count: Int { all.count }

    package var chosen: Entry? { found.indices.contains(choice) ? found[choice] : nil }
}

/// Whether the letters occur in that order, and how well.
package enum FuzzyMatch {
    /// Higher is better; nil if a letter is missing. Beginnings of words and runs count more, gaps less.
    package static func score(_ wanted: String, in text: String) -> Int? {
        let text = Array(text.lowercased())
        var score = 0
        var index = 0
        var last = -2
        for letter in wanted.lowercased() where !letter.isWhitespace {
            guard let found = text[index...].firstIndex(of: letter) else { return nil }
            let beginsWord = found == 0 || !(text[found - 1].isLetter || text[found - 1].isNumber)
            score += (found == last + 1 ? 8 : 0) + (beginsWord ? 10 : 0) - min(5, found - index)
            last = found
            index = found + 1
        }
        return score
    }
}
