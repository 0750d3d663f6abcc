/// What was sent before, to be brought back into compose with ^P and ^N.
package struct SentHistory: Hashable, Sendable {
    /// The oldest first.
    package private(set) var texts: [String] = []

    private static let capacity = 100

    package init() {}

    package mutating func add(_ text: String) {
        guard !text.isEmpty, texts.last != text else { return }
        texts.append(text)
        if texts.count > Self.capacity { texts.removeFirst() }
    }
}
