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
        guard !text.withBytes(ByteScan.holdsControls) else {
            throw ProtocolError(.invalidText, "Of control characters a message holds only line feeds and tabs.")
        }
        self.text = text
    }

    public var description: String { text }
}
