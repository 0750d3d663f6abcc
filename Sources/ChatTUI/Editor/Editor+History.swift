/// Other texts in the place of what is being written, for a while.
extension Editor {
    /// What was being written before another text took its place; empty if none did.
    package var aside: String { walk?.aside ?? "" }

    /// What is to be kept as a draft.
    package var draft: String { walk?.draft(showing: text) ?? text }

    /// Shows the text that was sent before the one shown, if there is one.
    /// - Parameter sent: the oldest first.
    package mutating func bringBackOlder(from sent: [String]) {
        var walk = walk ?? HistoryWalk(sent, draft: text)
        guard let older = walk.older(leaving: text) else { return }
        replaceForNow(with: older, walk)
    }

    /// Shows the text after the one shown, at last what is being written.
    package mutating func bringBackNewer() {
        guard var walk, let newer = walk.newer(leaving: text) else { return }
        replaceForNow(with: newer, walk)
    }

    /// Puts a text in the place of what is being written, which comes back when that text is sent or removed.
    package mutating func replaceForNow(with newText: String, sent: [String]) {
        guard !isEmpty else { return setText(newText) }
        var walk = walk ?? HistoryWalk(sent, draft: text)
        walk.show(newText, leaving: text)
        replaceForNow(with: newText, walk)
    }
}
