/// What a room is called: the alphabet of user names, 1–64 of it, without the leading `#`; compared without case.
/// (Protocol: Names)
public struct RoomName: Sendable, CustomStringConvertible {
    /// As whoever created the room typed it, without `#`.
    public let text: String
    private let hasCapitals: Bool

    /// In lower case: what is compared and looked up.
    public var folded: String { hasCapitals ? text.lowercased() : text }

    public static let maximumLength = 64

    /// What a text that is none is refused with.
    public static let malformed = ProtocolError(
        .invalidName, "A room name is 1 to \(maximumLength) ASCII letters, digits, dots, underscores or hyphens.")

    /// A leading `#` may be given.
    /// - Throws: ``malformed``.
    public init(_ text: String) throws(ProtocolError) {
        let bare = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard bare.utf8.count <= Self.maximumLength, let hasCapitals = capitals(inName: bare) else {
            throw Self.malformed
        }
        self.text = bare
        self.hasCapitals = hasCapitals
    }

    public var description: String { "#" + text }
}

extension RoomName: Hashable, Comparable {
    public static func == (a: RoomName, b: RoomName) -> Bool { a.folded == b.folded }
    public static func < (a: RoomName, b: RoomName) -> Bool { a.folded < b.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}
