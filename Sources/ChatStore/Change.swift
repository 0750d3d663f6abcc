public import ChatProtocol

/// Something that somebody wants changed. Rights are judged when its turn in the queue comes.
///
/// One word: it is handed on often.
public enum Change: Sendable {
    /// A new account. Refused: `user-exists`.
    indirect case register(NewUser)
    /// A session for an account whose password was right. Refused: `auth-failed` if the account has gone since.
    indirect case openSession(NewSession)
    indirect case endSession(Caller)
    /// Remembers that a session is in use, once a day.
    indirect case touchSession(SessionID)
    case post(Post)
    /// Joins a public room, and creates it if need be.
    indirect case join(RoomName, Caller)
    /// Leaves this room, or the session's current one. Refused: `no-such-room`.
    indirect case leave(RoomName?, Caller)
    /// Moves read positions forward, never back.
    indirect case read([ReadPosition], Caller)
    indirect case beginUpload(NewUpload)
    indirect case shareFile(FileShare)
    /// Forgets sessions and unfinished uploads that nobody has used for long, some at a time.
    case expire
}

public struct NewUser: Sendable {
    public var username: Username
    public var name: DisplayName
    public var nationality: String
    /// As the hashing library encodes it, its parameters included.
    public var passwordHash: String

    public init(username: Username, name: DisplayName, nationality: String, passwordHash: String) {
        self.username = username
        self.name = name
        self.nationality = nationality
        self.passwordHash = passwordHash
    }
}

public struct NewSession: Sendable {
    public var user: User
    public var token: TokenHash
    public var device: String

    public init(user: User, token: TokenHash, device: String) {
        self.user = user
        self.token = token
        self.device = device
    }
}

/// What somebody puts into a conversation. A class, so that it goes through the queue, and with the entry that it became
/// to every reader, as one reference.
public final class Post: Sendable {
    public enum Target: Sendable {
        case conversation(ConversationName)
        /// The room that the caller's session joined last.
        case currentRoom
    }

    public let caller: Caller
    public let target: Target
    public let kind: Entry.Kind
    /// Of a message; else empty.
    public let text: String
    public let nonce: Nonce?
    public let ref: Seq?

    /// A message.
    public init(caller: Caller, target: Target, text: MessageText, nonce: Nonce? = nil, ref: Seq? = nil) {
        self.caller = caller
        self.target = target
        kind = .message
        self.text = text.text
        self.nonce = nonce
        self.ref = ref
    }

    /// Whatever has no text of its own.
    init(caller: Caller, target: Target, kind: Entry.Kind, nonce: Nonce? = nil) {
        self.caller = caller
        self.target = target
        self.kind = kind
        text = ""
        self.nonce = nonce
        ref = nil
    }

    public var author: User { caller.user }
}

public struct ReadPosition: Hashable, Sendable {
    public var conversation: ConversationName
    public var seq: Seq

    public init(conversation: ConversationName, seq: Seq) {
        self.conversation = conversation
        self.seq = seq
    }
}

/// An upload in chunks that begins or goes on.
public struct NewUpload: Sendable {
    public var caller: Caller
    /// Proposed; an upload of the same conversation, name, size, hash and nonce keeps the one it has.
    public var id: FileID
    public var begin: BeginUpload

    public init(caller: Caller, id: FileID, begin: BeginUpload) {
        self.caller = caller
        self.id = id
        self.begin = begin
    }
}

/// Announces a file whose content is durable already.
public struct FileShare: Sendable {
    public enum Source: Sendable {
        /// `file_send`: refused as `file-exists` while the recipient holds one of that name that came this way.
        case whole(Post.Target, FileLabel)
        /// `file_finish`.
        case upload(FileID)
    }

    public var caller: Caller
    public var source: Source
    /// The name of its content.
    public var content: FileID
    public var size: Int64
    public var sha256: ContentHash
    public var nonce: Nonce?

    public init(caller: Caller, source: Source, content: FileID, size: Int64, sha256: ContentHash, nonce: Nonce?) {
        self.caller = caller
        self.source = source
        self.content = content
        self.size = size
        self.sha256 = sha256
        self.nonce = nonce
    }
}
