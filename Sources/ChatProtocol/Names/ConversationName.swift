/// A conversation as its reader names it: `@username` for a direct one, `#room` for a room. (Protocol: Names)
///
/// The two sides of a direct conversation name it differently: each by the other.
public enum ConversationName: Hashable, Sendable, CustomStringConvertible {
    /// With this person; with oneself it is a notebook.
    case direct(Username)
    case room(RoomName)

    /// Takes `alam`, `@alam` and `#room`.
    /// - Throws: `invalid-name`.
    public init(_ text: String) throws(ProtocolError) {
        switch text.utf8.first {
        case UInt8(ascii: "#"): self = .room(try RoomName(text))
        case UInt8(ascii: "@"): self = .direct(try Username(Self.bare(text)))
        default: self = .direct(try Username(text))
        }
    }

    /// Without its first byte.
    private static func bare(_ text: String) -> String {
        text.withBytes { String(decoding: UnsafeRawBufferPointer(rebasing: $0.dropFirst()), as: UTF8.self) }
    }

    public var description: String {
        switch self {
        case .direct(let person): "@" + person.text
        case .room(let room): "#" + room.text
        }
    }

    /// The field that names it.
    func encode(into json: inout JSONWriter) {
        switch self {
        case .direct(let person): json.field("conversation", sign: "@", name: person.text)
        case .room(let room): json.field("conversation", sign: "#", name: room.text)
        }
    }

    public var isRoom: Bool {
        if case .room = self { true } else { false }
    }
}

extension ConversationName: Comparable {
    /// People first, then rooms, each by name.
    public static func < (a: ConversationName, b: ConversationName) -> Bool {
        switch (a, b) {
        case (.direct(let a), .direct(let b)): a < b
        case (.room(let a), .room(let b)): a < b
        case (.direct, .room): true
        case (.room, .direct): false
        }
    }
}
