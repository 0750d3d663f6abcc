public import ChatProtocol

/// Everything durable, behind one interface. A store may be used from any thread, except that `commit` is called
/// by one thread at a time.
public protocol Store: Sendable {
    /// The identity of this history: new whenever a store is created or restored. (Protocol: Delivery promises, 6)
    var epoch: String { get }

    /// Judges the changes in order, makes durable what is allowed, and only then returns: one result each.
    ///
    /// A change that is refused, and one that the disk had no room for (`diskFull`), changes nothing.
    /// - Throws: `StoreFailure` if it is not known any more what is durable. The server then stops.
    func commit(_ changes: [Change]) throws(StoreFailure) -> [Result<Outcome, ProtocolError>]

    /// The session of this token; nil if there is none or it has ended. Never waits for the disk.
    func session(_ token: TokenHash) -> Session?

    // The rest reads what is committed. It may block: not for event loops.

    /// - Returns: nil if there is no such account.
    func credentials(_ username: Username) throws -> (user: User, passwordHash: String)?
    func users(_ page: ListPage) throws -> Page<User>
    /// Those who are told when this user comes and goes. (Protocol: People)
    func peers(of user: UserID) throws -> Set<UserID>

    /// In the order in which they were begun.
    /// - Parameter next: the cursor that the page before gave; nil for the first page.
    func conversations(of user: User, next: String?) throws -> ConversationList
    /// - Throws: `ProtocolError`: `no-such-conversation`, `conflict`.
    func history(_ request: History, for user: User) throws -> HistoryReply
    /// Unread direct messages, oldest first, and how far they go in each conversation.
    func inbox(of user: User) throws -> Inbox

    func rooms(_ page: ListPage, for user: User) throws -> RoomsReply
    /// For anybody, a member or not: every room is public.
    /// - Throws: `ProtocolError`: `no-such-room`.
    func members(_ room: RoomName, page: ListPage) throws -> Page<RoomMember>

    /// Files that this user received directly, newest first.
    func filesReceived(by user: User) throws -> FileListReply
    /// - Throws: `ProtocolError`: `no-such-file`.
    func file(_ query: FileQuery, for caller: Caller) throws -> StoredFile
    /// An upload of this user that `file_begin` has announced.
    /// - Throws: `ProtocolError`: `no-such-file`.
    func upload(_ id: FileID, of user: User) throws -> Upload

    /// Whether so much has been committed since the last checkpoint that the next is not to wait for a quiet moment.
    var wantsCheckpoint: Bool { get }
    /// Moves finished work from the log of changes into the main file; cheap if there is none.
    /// - Throws: `ProtocolError.diskFull` if there is no room for it; then it stays where it is, as durable as before.
    func checkpoint() throws
    /// Releases the files. Nothing may be called afterwards.
    func close() throws
}

/// A page of a list and the cursor of the next one.
public struct Page<Row: Sendable>: Sendable {
    public var rows: [Row]
    public var next: String?

    public init(rows: [Row], next: String?) {
        self.rows = rows
        self.next = next
    }
}

public struct RoomMember: Sendable {
    public var user: User
    public var role: String
}

public struct ConversationList: Sendable {
    public var conversations: [ConversationSummary]
    /// The cursor of the next page; nil at the end.
    public var next: String?
}

public struct Inbox: Sendable {
    public var reply: InboxReply
    /// What the reply shows, for moving the read positions.
    public var positions: [ReadPosition]
}

/// Which file is meant.
public enum FileQuery: Sendable {
    case id(FileID)
    /// The newest of this name that the caller received directly.
    case received(FileLabel)
    /// The newest of this name in this room, or in the session's current one.
    case inRoom(RoomName?, FileLabel)
}

/// A file that the caller may read.
public struct StoredFile: Sendable {
    public var file: SharedFile
    /// The name of its content.
    public var content: FileID
    public var conversation: ConversationName
    public var seq: Seq
    public var from: Username
    public var time: Timestamp
}
