public import ChatProtocol

/// The answer to `Intent.find`.
public struct Found: Hashable, Sendable {
    /// Where a search ended, for another one to go on from.
    public struct Place: Hashable, Sendable {
        /// Of each conversation that has more: the seq before which it was not looked at.
        let ends: [ConversationName: Seq]
    }

    /// What was asked for.
    public var text: String
    public var conversation: ConversationName?
    /// Newest first, of all conversations together.
    public var entries: [Entry]
    /// Where to go on; nil if there is nothing older. There may be fewer entries than were asked for and still more to
    /// look at, for one answer looks at a bounded part of the cache.
    public var next: Place?

    public init(text: String, conversation: ConversationName?, entries: [Entry], next: Place?) {
        self.text = text
        self.conversation = conversation
        self.entries = entries
        self.next = next
    }
}
