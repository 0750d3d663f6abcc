public import ChatProtocol

/// What came of a change, once it is durable.
public enum Outcome: Sendable {
    indirect case registered(User)
    indirect case sessionOpened(Session)
    case sessionEnded
    case done
    case posted(Posted)
    indirect case joined(Joined)
    indirect case left(Left)
    /// The positions that moved.
    indirect case read([ReadPosition])
    indirect case upload(Upload)
    indirect case shared(Posted, SharedFile)
    indirect case expired(Expired)
}

/// Who is told of an entry: fixed when the entry took its place in the queue, and carried with it.
///
/// A class: entries of one conversation share theirs until somebody comes or goes, and delivery recognises it.
public final class Audience: Sendable {
    public let users: [UserID]
    public init(_ users: [UserID]) { self.users = users }

    public static let nobody = Audience([])
}

/// An entry that was stored, and who hears of it. A class, for the way from the committer to the event loops.
public final class Posted: Sendable {
    public let entry: StoredEntry
    public let audience: Audience
    /// Whether a retry found what it had stored before; then nobody is told again.
    public let duplicate: Bool

    public init(entry: StoredEntry, audience: Audience, duplicate: Bool) {
        self.entry = entry
        self.audience = audience
        self.duplicate = duplicate
    }
}

public struct Joined: Sendable {
    public var room: RoomName
    public var conversation: ConversationID
    public var lastSeq: Seq
    /// Display names, the caller's included, at most `Limits.listPage`.
    public var names: [String]
    /// Nil for one who was a member already.
    public var posted: Posted?
}

public struct Left: Sendable {
    public var room: RoomName
    public var conversation: ConversationID
    public var posted: Posted
}

/// Where an upload stands.
public struct Upload: Sendable {
    public var id: FileID
    public var size: Int64
    public var sha256: ContentHash
    /// The content is on the server already, because the uploader may read it there or because the upload was finished.
    public var content: FileID?

    /// Days after which an upload that nobody went on with is forgotten. (Protocol: Files)
    public static let idleDays: Int64 = 30
}

/// What nobody had used for long, and the store has forgotten.
public struct Expired: Sendable {
    public var sessions: [SessionID]
    /// What there is of their contents is to be removed.
    public var uploads: [FileID]
    /// Whether there is no more of either.
    public var isAll: Bool
}
