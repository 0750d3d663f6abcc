public import ChatProtocol

/// What an account's cache held when it was opened: enough for a first screen before the network has said a word.
public struct ClientSnapshot: Sendable {
    /// Nil if this account has never been signed in here.
    public var account: Account?
    /// Drafts included, most recently active first.
    public var conversations: [ConversationState]
    /// As known last; nobody counts as online.
    public var people: [Person]
    /// Messages that no server has confirmed, oldest first.
    public var outbox: [OutboxItem]
    /// Whether another client of the account holds the cache: nothing was read, and nothing will be kept.
    public var cacheInUse: Bool

    public init(
        account: Account? = nil, conversations: [ConversationState] = [], people: [Person] = [], outbox: [OutboxItem] = [],
        cacheInUse: Bool = false
    ) {
        self.account = account
        self.conversations = conversations
        self.people = people
        self.outbox = outbox
        self.cacheInUse = cacheInUse
    }
}
