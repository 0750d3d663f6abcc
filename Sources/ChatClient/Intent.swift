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
    case cancel(Transfer.ID)

    /// Try the server again now instead of at the next attempt.
    case reconnectNow
}
