/// Who somebody is: 1–32 ASCII letters, digits, `.`, `_` or `-`, kept as typed and compared without case.
/// (Protocol: Names)
public struct Username: Sendable, CustomStringConvertible {
    /// As its owner typed it.
    public let text: String
    private let hasCapitals: Bool

    /// In lower case: what is compared and looked up.
    public var folded: String { hasCapitals ? text.lowercased() : text }

    public static let maximumLength = 32

    /// What a text that is none is refused with.
    public static let malformed = ProtocolError(
        .invalidName, "A user name is 1 to \(maximumLength) ASCII letters, digits, dots, underscores or hyphens.")

    /// What a name is refused with that nobody may have.
    public static func reserved(_ text: String) -> ProtocolError {
        ProtocolError(.invalidName, "The user name \"\(text)\" is reserved.")
    }

    /// - Throws: ``malformed``, ``reserved(_:)``.
    public init(_ text: String) throws(ProtocolError) {
        guard text.utf8.count <= Self.maximumLength, let hasCapitals = capitals(inName: text) else {
            throw Self.malformed
        }
        guard !Self.isReserved(text) else {
            throw Self.reserved(text)
        }
        self.text = text
        self.hasCapitals = hasCapitals
    }

    /// Whether nobody may have this name.
    public static func isReserved(_ text: String) -> Bool {
        switch text.utf8.count {
        case 4: text.lowercased() == "room"
        case 6: text.lowercased() == "system"
        default: false
        }
    }

    public var description: String { text }
}

extension Username: Hashable, Comparable {
    public static func == (a: Username, b: Username) -> Bool { a.folded == b.folded }
    public static func < (a: Username, b: Username) -> Bool { a.folded < b.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

/// Whether a name of ASCII letters, digits, `.`, `_` and `-` holds capital letters; nil if it is empty or holds anything
/// else.
func capitals(inName text: String) -> Bool? {
    if text.isEmpty { return nil }
    var hasCapitals = false
    let isName = text.withBytes { bytes in
        bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                return true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                hasCapitals = true
                return true
            default:
                return false
            }
        }
    }
    return isName ? hasCapitals : nil
}
