/// What was sent before, to be brought back into compose with ^P and ^N.
package struct SentHistory: Hashable, Sendable {
    private var texts: [String] = []
    /// What is shown now, counted from the newest; nil while nothing was brought back.
    private var index: Int?
    /// What stood in compose before the first step back.
    private var unsent = ""

    private static let capacity = 100

    package init() {}

    package mutating func add(_ text: String) {
        index = nil
        guard !text.isEmpty, texts.last != text else { return }
        texts.append(text)
        if texts.count > Self.capacity { texts.removeFirst() }
    }

    /// The text before the one shown; nil at the oldest.
    package mutating func older(than current: String) -> String? {
        let next = index.map { $0 + 1 } ?? 0
        guard next < texts.count else { return nil }
        if index == nil { unsent = current }
        index = next
        return texts[texts.count - 1 - next]
    }

    /// The text after the one shown, at last what had been begun; nil if nothing was brought back.
    package mutating func newer() -> String? {
        guard let current = index else { return nil }
        index = current == 0 ? nil : current - 1
        return index.map { texts[texts.count - 1 - $0] } ?? unsent
    }
}
