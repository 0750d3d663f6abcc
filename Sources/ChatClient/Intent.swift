public import ChatProtocol

/// What a person wants, from either face, for the network thread to do. Handing one over never waits.
///
/// What came of it arrives as `ClientEvent`s in the mailbox.
public enum Intent: Sendable {
    // Signing in. Before one of these the client only says hello.
    case logIn(username: String, password: String)
    case register(Register)
    /// With the token that an earlier session left.
    case resume(Username)
    case logOut

    // Messages. Text enters the outbox on disk before the network sees it.
    case compose(ConversationName, MessageText, ref: Seq?)
    case retry(OutboxItem.ID)
    case discard(OutboxItem.ID)
    case markRead(ConversationName, Seq)
    /// A page of a conversation: from the cache at once, then from the server what the cache lacks.
    case load(ConversationName, around: History.Anchor, limit: Int)
    case saveDraft(ConversationName, String)
    /// The newest entries that the cache holds in which all words of the text occur, answered by `ClientEvent.found`.
    /// Case and accents do not matter; of a file its name is looked at. With nil in all conversations.
    ///
    /// A newer `find` takes the place of one that is still looking, which then is not answered: one for each key
    /// pressed is fine. `before` goes on where an earlier answer to the same question ended.
    case find(String, in: ConversationName?, before: Found.Place?, limit: Int)

    // People and rooms.
    case listPeople
    case listRooms
    case listMembers(RoomName)
    case join(RoomName)
    case leave(RoomName)

    // Files. Paths are the caller's; downloads get a free name inside the user's download folder.
    case upload(path: String, to: ConversationName, transfer: Transfer.ID)
    case download(SharedFile, transfer: Transfer.ID)
    /// The newest file of this name: in that conversation, or with none among those received directly.
    case downloadNewest(FileLabel, in: ConversationName?, transfer: Transfer.ID)
    /// The files received directly.
    case listFiles
    /// The files shared in a conversation that the cache knows, answered by `ClientEvent.shared`: at once, and from then
    /// on whenever files of this conversation arrive in the cache, until the account is left.
    case listShared(ConversationName)
    /// Ends a transfer and removes what it left here; one that failed is forgotten. `Transfer.State.cancelled` follows at
    /// once, however long the disk takes.
    case cancel(Transfer.ID)
    /// Holds a transfer that waits or runs. `Transfer.State.paused` follows.
    case pauseTransfer(Transfer.ID)
    /// Goes on with a transfer that was paused, failed or was cancelled: from where it was, as far as both sides still have
    /// that. A file that was changed goes up as it is now.
    case retryTransfer(Transfer.ID)

    /// Try the server again now instead of at the next attempt.
    case reconnectNow
}
