package import ChatClient
package import ChatProtocol

/// Looking for what was said: the words, where, and what was found so far, the newest first.
package struct FindView: Hashable, Sendable {
    package var filter: Editor
    /// The conversation that was open; without one everything is looked at.
    package let here: ConversationName?
    package private(set) var isEverywhere: Bool
    /// Clean, as everything that is shown.
    package private(set) var hits: [Entry] = []
    package private(set) var choice = 0
    package private(set) var isSearching = false
    private var next: Found.Place?
    private var isContinuing = false

    package static let pageSize = 50
    /// More is asked for when the choice comes so near to the end.
    private static let edgeHits = 5

    package init(here: ConversationName?, text: String = "") {
        self.here = here
        isEverywhere = here == nil
        filter = Editor(text, isSingleLine: true)
    }

    /// Where is looked; nil for everywhere.
    package var place: ConversationName? { isEverywhere ? nil : here }

    package var text: String { filter.text }

    package var chosen: Entry? { hits.indices.contains(choice) ? hits[choice] : nil }

    /// From here to everywhere, and back.
    /// - Returns: false if there is no here.
    package mutating func widen() -> Bool {
        guard here != nil else { return false }
        isEverywhere.toggle()
        return true
    }

    // MARK: Asking

    /// What to ask for since the words or the place are others now; nil if nothing is looked for.
    package mutating func request() -> Intent? {
        next = nil
        isContinuing = false
        isSearching = text.contains { !$0.isWhitespace }
        guard isSearching else {
            hits = []
            choice = 0
            return nil
        }
        return .find(text, in: place, before: nil, limit: Self.pageSize)
    }

    /// What to ask for since the end of what was found comes near; nil if there is no more, or it is on its way.
    package mutating func requestMore() -> Intent? {
        guard let next, !isSearching, choice + Self.edgeHits >= hits.count else { return nil }
        isSearching = true
        isContinuing = true
        return .find(text, in: place, before: next, limit: Self.pageSize)
    }

    /// Takes an answer; one to a question that is no longer asked is left alone.
    package mutating func take(_ found: Found) {
        guard isSearching, found.text == text, found.conversation == place else { return }
        let entries = found.entries.map(Directory.clean)
        if isContinuing {
            hits += entries
        } else {
            hits = entries
            choice = 0
        }
        next = found.next
        isSearching = false
    }

    package mutating func move(by steps: Int) {
        choice = min(max(0, choice + steps), max(0, hits.count - 1))
    }
}
