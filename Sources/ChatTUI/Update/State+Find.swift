import ChatClient
import ChatProtocol
import ChatText

/// Finding what was said: here, or everywhere.
extension State {
    /// Lays the search over the panes, which stay as they are.
    mutating func find(_ text: String = "") {
        overlays.append(.find(FindView(here: conversation?.name, text: text)))
        if !text.isEmpty { searchAsTyped() }
    }

    /// Asks anew for what is looked for now.
    mutating func searchAsTyped() {
        changeFind { state, view in
            if let intent = view.request() { state.emit(.perform(intent)) }
        }
    }

    /// Struck again it looks everywhere, and once more here.
    mutating func widenSearch() {
        guard case .find(var view) = overlays.last else { return announce(.findElsewhere) }
        guard view.widen() else { return announce(.findsEverywhere) }
        overlays[overlays.count - 1] = .find(view)
        searchAsTyped()
    }

    mutating func moveInFind(by steps: Int) {
        changeFind { state, view in
            view.move(by: steps)
            if let intent = view.requestMore() { state.emit(.perform(intent)) }
        }
    }

    mutating func take(_ found: Found) {
        retract(.searching)
        for index in overlays.indices {
            guard case .find(var view) = overlays[index] else { continue }
            view.take(found)
            // An answer looks at a part of what there is, and may have found little or nothing in it.
            if let intent = view.requestMore() { emit(.perform(intent)) }
            overlays[index] = .find(view)
        }
    }

    /// Shows what was found where it was said.
    mutating func open(_ view: FindView) {
        guard let entry = view.chosen else {
            overlays.append(.find(view))
            return announce(view.isSearching ? .searching : .nothingFound)
        }
        show(entry.seq, of: entry.conversation)
    }

    /// The entry is chosen in its conversation, in sight, and the rest around it.
    private mutating func show(_ seq: Seq, of name: ConversationName) {
        if conversation?.name == name { return showMessage(seq) }
        open(name, at: seq)
        conversation?.selection = .entry(seq)
        focusPane(.middle)
    }

    private mutating func changeFind(_ change: (inout State, inout FindView) -> Void) {
        guard let top = overlays.indices.last, case .find(var view) = overlays[top] else { return }
        change(&self, &view)
        overlays[top] = .find(view)
    }
}
