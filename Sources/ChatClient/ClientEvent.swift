public import ChatProtocol

/// What happened, from the network thread to a face. Bodies of messages are not in here while they only flow by:
/// a conversation "changed up to seq N", and the face loads what it shows.
public enum ClientEvent: Sendable {
    case connection(ConnectionState)
    /// The account that `Intent.register` asked for exists; signing in to it follows by itself.
    case registered(Username)
    /// Signed in; everything after this is about this account. `Intent.resume` says so at once, so that the cache can be
    /// used while no server is reached; should the server then not know the session, `signedOut` follows.
    case signedIn(Account)
    /// The server refused to register or to sign in, or there is no stored session to resume.
    case signInFailed(ProtocolError)
    /// The session has ended: the server's reason in its words, empty after `Intent.logOut`.
    case signedOut(reason: String)

    /// The whole list of conversations as it stands; replaces the one before.
    case conversations([ConversationState])
    /// Entries of this conversation arrived in the cache, through `state.lastSeq`; `state` replaces the row.
    case changed(ConversationState)
    /// The answer to `Intent.load`, and again if the server had more than the cache.
    case page(ConversationPage)
    /// The answer to the newest `Intent.find`.
    case found(Found)
    /// The pending messages of this conversation as they stand; replaces the ones before.
    case outbox(ConversationName, [OutboxItem])
    /// The server has stored this message; it is out of the outbox and in the cache under this seq.
    case sent(ConversationName, OutboxItem.ID, Seq)
    /// Catching up after a (re)connect began or ended: lists stay put and bells stay silent in between.
    case catchingUp(Bool)

    case people([Person])
    case presence(Person)
    case rooms([RoomsReply.Room])
    case members(RoomName, [Person])
    case joined(RoomName)
    case left(RoomName)
    /// The files received directly, newest first.
    case files([FileReply])
    /// The files shared in a conversation that the cache knows, newest first, at most 50; replaces the ones before.
    /// Told to who asked by `Intent.listShared`, and again when it changes.
    case shared(ConversationName, [SharedEntry])
    case transfer(Transfer)
    /// Something asked for was refused.
    case refused(Refusal)
    /// Something to know that nobody asked for: another client of this account holds the cache, the disk is full, …
    case notice(Notice)
}

/// Who is signed in, and where.
public struct Account: Hashable, Sendable {
    public var server: ServerAddress
    public var username: Username
    public var name: String

    public init(server: ServerAddress, username: Username, name: String) {
        self.server = server
        self.username = username
        self.name = name
    }
}

public enum ConnectionState: Hashable, Sendable {
    case connecting
    /// Connected; signed in or ready to.
    case online
    /// Not connected: why, and when the next attempt is made.
    case offline(reason: ConnectionEnd, nextAttempt: Timestamp?)
}

/// A conversation as the client knows it.
public struct ConversationState: Hashable, Sendable {
    public var conversation: ConversationName
    public var title: String
    public var lastSeq: Seq
    public var readSeq: Seq
    public var unread: Int
    public var mentions: Int
    public var last: Entry?
    public var muted: Bool
    public var joined: Bool
    /// What was typed and not sent; empty if nothing.
    public var draft: String

    public init(
        conversation: ConversationName, title: String, lastSeq: Seq = .zero, readSeq: Seq = .zero, unread: Int = 0,
        mentions: Int = 0,
        last: Entry? = nil, muted: Bool = false, joined: Bool = true, draft: String = ""
    ) {
        self.conversation = conversation
        self.title = title
        self.lastSeq = lastSeq
        self.readSeq = readSeq
        self.unread = unread
        self.mentions = mentions
        self.last = last
        self.muted = muted
        self.joined = joined
        self.draft = draft
    }
}

/// A run of entries in seq order.
public struct ConversationPage: Hashable, Sendable {
    public var conversation: ConversationName
    public var entries: [Entry]
    /// What was asked for.
    public var anchor: History.Anchor
    /// Whether there is more before the first and after the last of `entries`.
    public var moreBefore: Bool
    public var moreAfter: Bool

    public init(conversation: ConversationName, entries: [Entry], anchor: History.Anchor, moreBefore: Bool, moreAfter: Bool) {
        self.conversation = conversation
        self.entries = entries
        self.anchor = anchor
        self.moreBefore = moreBefore
        self.moreAfter = moreAfter
    }
}

/// A message that the server has not confirmed.
public struct OutboxItem: Hashable, Sendable, Identifiable {
    public enum State: Hashable, Sendable {
        case queued
        /// On its way: sent, not yet answered.
        case sending
        case failed(ProtocolError)
    }

    /// Its nonce: what makes a retry safe.
    public var id: Nonce
    public var conversation: ConversationName
    public var text: MessageText
    public var ref: Seq?
    /// When it was composed.
    public var time: Timestamp
    public var state: State
    /// Why the server would not take it so far: it is tried again by itself.
    public var refusal: ProtocolError?
    /// Whether the server may have it: it was on a line, and no answer said for certain that it was not stored.
    public var mayHaveArrived = false

    public init(id: Nonce, conversation: ConversationName, text: MessageText, ref: Seq?, time: Timestamp, state: State) {
        self.id = id
        self.conversation = conversation
        self.text = text
        self.ref = ref
        self.time = time
        self.state = state
    }
}

/// What became of a message that was to be taken back.
public enum Withdrawal: Sendable {
    /// The server does not have it and will not get it.
    case takenBack
    /// The server may have it. It goes out by the same nonce until the server has confirmed it, also from a later run.
    case kept
    /// It waits no more: the server confirmed it, or it was discarded.
    case settled
}

/// A file on its way.
public struct Transfer: Hashable, Sendable, Identifiable {
    public enum Direction: Hashable, Sendable { case up, down }

    public enum State: Hashable, Sendable {
        /// In line, or until there is a connection.
        case waiting
        /// A file that is to go up is read through first: so many bytes of it have been.
        case preparing(read: Int64)
        case running
        /// Until `Intent.retryTransfer`, also in later runs of the program.
        case paused
        /// Where a download landed; nil for an upload.
        case done(path: String?)
        /// `Intent.retryTransfer` goes on where it was.
        case failed(TransferFailure)
        /// `Intent.retryTransfer` begins it again. One that had just come to its end is `done` after all.
        case cancelled
    }

    /// Chosen by the face that asks, from 1 up. What an earlier run of the program left unfinished comes back after
    /// signing in with an id below zero.
    public typealias ID = Int

    public var id: ID
    public var direction: Direction
    public var name: String
    public var conversation: ConversationName?
    /// Bytes.
    public var size: Int64
    /// Bytes done.
    public var done: Int64
    public var state: State
    /// Why the server would not go on with it so far: it is tried again by itself.
    public var refusal: ProtocolError?

    public init(
        id: ID, direction: Direction, name: String, conversation: ConversationName?, size: Int64, done: Int64, state: State
    ) {
        self.id = id
        self.direction = direction
        self.name = name
        self.conversation = conversation
        self.size = size
        self.done = done
        self.state = state
    }
}

/// What the server or the client refused to do.
public struct Refusal: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case message(ConversationName)
        case join(RoomName)
        case leave(RoomName)
        case history(ConversationName)
        /// A list of people, rooms, members or files.
        case list
    }

    public enum Reason: Hashable, Sendable {
        case refused(ProtocolError)
        /// There was no line to ask on, or it broke before the answer.
        case notConnected
    }

    public var subject: Subject
    public var reason: Reason

    public init(subject: Subject, _ reason: Reason) {
        self.subject = subject
        self.reason = reason
    }
}

public enum Notice: Hashable, Sendable {
    /// Another client of this account has the cache: this one keeps neither drafts nor unsent messages.
    case cacheInUse
    /// The cache could not be written.
    case cacheFailed(CacheFailure)
    /// The server's log was replaced; cached messages were dropped.
    case newEpoch
    /// The server will be gone for a moment.
    case serverRestarting
}
