public import ChatProtocol

/// A row number of the store. Kinds of rows do not mix.
public struct RowID<Kind>: Hashable, Sendable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
}

extension RowID: Comparable {
    public static func < (a: RowID, b: RowID) -> Bool { a.value < b.value }
}

public enum UserKind: Sendable {}
public enum RoomKind: Sendable {}
public enum ConversationKind: Sendable {}
public enum SessionKind: Sendable {}
enum EntryKind: Sendable {}

public typealias UserID = RowID<UserKind>
public typealias ConversationID = RowID<ConversationKind>
public typealias SessionID = RowID<SessionKind>
/// The place of an entry in the order of arrival.
typealias EntryID = RowID<EntryKind>

/// An account. A class, so that an entry on its way to a thousand readers carries one reference.
public final class User: Sendable, Hashable {
    public let id: UserID
    public let username: Username
    /// The display name.
    public let name: String
    public let nationality: String

    public init(id: UserID, username: Username, name: String, nationality: String) {
        self.id = id
        self.username = username
        self.name = name
        self.nationality = nationality
    }

    public static func == (a: User, b: User) -> Bool { a.id == b.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// Who asks for a change: judged again when the change's turn comes.
public struct Caller: Hashable, Sendable {
    public let user: User
    public let session: SessionID

    public init(user: User, session: SessionID) {
        self.user = user
        self.session = session
    }
}

/// The SHA-256 of a token: what is stored of it.
public struct TokenHash: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]
    public init(bytes: [UInt8]) { self.bytes = bytes }
}

/// A session as the store remembers it.
public struct Session: Sendable {
    public let id: SessionID
    public let user: User
    /// To about a day.
    public var lastUsed: Timestamp

    /// Days without use after which a session has ended. (Protocol: Account)
    public static let idleDays: Int64 = 90

    public init(id: SessionID, user: User, lastUsed: Timestamp) {
        self.id = id
        self.user = user
        self.lastUsed = lastUsed
    }

    /// Whether use at this time is to be remembered: once a day is enough.
    public func isTouched(byUseAt time: Timestamp) -> Bool { lastUsed < time.before(days: 1) }
}

extension Timestamp {
    public func before(days: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds - days * 24 * 3600 * 1000) }
}

/// Where an entry stands, independent of who reads it.
///
/// Indirect: an entry carries one reference to its conversation's.
public indirect enum Place: Sendable, Hashable {
    /// The two sides; the same one twice for a notebook.
    case direct(User, User)
    case room(RoomName)

    /// How this reader names it. (Protocol: Names)
    public func name(for reader: UserID) -> ConversationName {
        switch self {
        case .direct(let a, let b): .direct(a.id == reader ? b.username : a.username)
        case .room(let room): .room(room)
        }
    }
}
