/// What people are shown: 1–64 characters of any script, no controls, no bidirectional controls. (Protocol: Names)
public struct DisplayName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public static let maximumLength = 64

    /// - Throws: `invalid-name`.
    public init(_ text: String) throws(ProtocolError) {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }), text.count <= Self.maximumLength,
            text.utf8.count <= Self.maximumLength * 8, text.unicodeScalars.allSatisfy(Self.allows)
        else {
            throw ProtocolError(
                .invalidName, "A name is 1 to \(Self.maximumLength) characters, without control characters.")
        }
        self.text = text
    }

    /// Whether a scalar may stand in a name that others will see in their lists.
    static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false  // C0, DEL, C1
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false  // bidirectional controls
        case 0x2028, 0x2029: false  // line and paragraph separators
        default: true
        }
    }

    public var description: String { text }
}
