/// The text of a message: 1 byte to 16 KiB of UTF-8; of control characters only LF and TAB. (Protocol: Requests)
public struct MessageText: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: `too-large`, `invalid-text`.
    public init(_ text: String) throws(ProtocolError) {
        guard !text.isEmpty else { throw ProtocolError(.badRequest, "The message is empty.") }
        guard text.utf8.count <= Limits.messageText else {
            throw ProtocolError(
                .tooLarge, "A message is at most \(Limits.messageText) bytes long; this one has \(text.utf8.count).")
        }
        guard !Self.holdsControls(text) else {
            throw ProtocolError(.invalidText, "Of control characters a message holds only line feeds and tabs.")
        }
        self.text = text
    }

    /// C0 and DEL are single bytes in UTF-8; C1 is `C2 80` to `C2 9F`.
    private static func holdsControls(_ text: String) -> Bool {
        var afterC2 = false
        for byte in text.utf8 {
            if byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F { return true }
            if afterC2 && byte < 0xA0 { return true }
            afterC2 = byte == 0xC2
        }
        return false
    }

    public var description: String { text }
}
