/// What makes a retry safe: 1–64 characters that the client chose, unique for an author in a conversation.
/// (Protocol: Delivery promises, 2)
public struct Nonce: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public static let maximumLength = 64

    /// - Throws: `bad-request`.
    public init(_ text: String) throws(ProtocolError) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength,
            text.withBytes({ $0.allSatisfy { (0x21...0x7E).contains($0) } })
        else {
            throw ProtocolError(.badRequest, "A nonce is 1 to \(Self.maximumLength) visible ASCII characters.")
        }
        self.text = text
    }

    /// A fresh one: 128 bits of the generator, in hexadecimal.
    public init(using generator: inout some RandomNumberGenerator) {
        let words = [generator.next(), generator.next()] as [UInt64]
        text = words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    public var description: String { text }
}
