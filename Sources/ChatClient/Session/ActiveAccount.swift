import ChatProtocol

/// All that is known about the account that is signed in, from signing in to signing out.
///
/// Lives on the event loop. An answer that comes after signing out finds another one, or none, in the session.
final class ActiveAccount {
    var account: Account
    let token: SessionToken
    /// Of the store that knew the session last.
    var epoch: String?
    let cache: Cache
    var book: ConversationBook
    var outbox = Outbox()
    var people: [Username: Person] = [:]

    /// Entries that came since the socket was read last, with the runs that they make whole: they are stored in one go.
    var arrived: [(entry: Entry, run: ClosedRange<Seq>?)] = []
    /// Events that wait for the answer to `conversations`, which may be older or newer than they are.
    var held: [Event] = []
    /// Lists of conversations that are on their way: while there are any, events are held.
    var listsOnTheirWay = 0
    /// Stores that the cache has not finished: past a bound the server is not read from.
    var storesInProgress = 0
    /// Conversations whose read position is on its way.
    var readsOnTheirWay: Set<ConversationName> = []
    /// Conversations whose missing entries are asked for.
    var gapsAskedFor: Set<ConversationName> = []
    /// Conversations whose unread messages are being counted.
    var recounts: Set<ConversationName> = []
    /// Conversations whose unread messages only the server can count: not all of them are here.
    var uncounted: Set<ConversationName> = []
    /// Whether the server has been asked to count.
    var isCountedElsewhere = false
    /// Conversations whose files a face wants to know.
    var sharedAskedFor: Set<ConversationName> = []
    /// The search that is going on; one that is not this one any more gives up.
    var search: WorkTicket?
    /// The failures of its cache are told once, not with every keystroke.
    var hasToldOfCacheFailure = false

    init(account: Account, token: SessionToken, epoch: String?, cache: Cache) {
        self.account = account
        self.token = token
        self.epoch = epoch
        self.cache = cache
        book = ConversationBook(reader: account.username)
    }

    /// Whatever was on its way is not any more.
    func lineBroke() {
        outbox.lineBroke()
        held = []
        listsOnTheirWay = 0
        readsOnTheirWay = []
        gapsAskedFor = []
        isCountedElsewhere = false
    }
}
