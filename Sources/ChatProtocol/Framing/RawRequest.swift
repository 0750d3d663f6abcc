public import NIOCore

/// How a peer marks where its requests end.
public enum Framing: Sendable {
    /// By `LF`.
    case lines
    /// By padding with spaces to whole blocks. (Protocol: Classic framing)
    case classic
}

/// A request as its framing and its form give it: the fields are found but not yet judged. A class, so that it goes from
/// the decoder to its handler as one reference.
public final class RawRequest: Sendable {
    /// Nil for a command that this version does not know.
    public let command: CommandName?
    public let fields: FormFields
    public let framing: Framing
    /// Echoed in the reply.
    public let id: String?
    /// The raw bytes that followed the request.
    public let attached: ByteBuffer?

    public static let idLength = 64

    /// Parses one text, its end mark already gone.
    /// - Throws: `bad-request`.
    public init(parsing text: ByteBuffer, framing: Framing) throws(ProtocolError) {
        let (name, end) = text.withUnsafeReadableBytes { bytes in
            let end = ByteScan.firstIndex(of: UInt8(ascii: " "), in: bytes, from: 0) ?? bytes.count
            return (CommandName(wire: UnsafeRawBufferPointer(rebasing: bytes[..<end])), end)
        }
        command = name
        fields = try FormFields(parsing: text, from: end + 1)
        self.framing = framing
        attached = nil
        id = try fields.optional("id")
        if let id {
            guard id.utf8.count <= Self.idLength, id.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw ProtocolError(.badRequest, "An id is at most \(Self.idLength) characters, without control characters.")
            }
        }
    }

    init(_ request: RawRequest, attached: ByteBuffer) {
        command = request.command
        fields = FormFields(request.fields)
        framing = request.framing
        id = request.id
        self.attached = attached
    }

    /// The bytes that are to follow, as the request says; nil if none.
    /// - Throws: `bad-request` for what is not a number, `too-large`.
    func attachedLength() throws(ProtocolError) -> Int? {
        guard let length = try fields.number("attached") else { return nil }
        guard length <= Int64(Limits.attached) else {
            throw ProtocolError(.tooLarge, "At most \(Limits.attached) bytes may follow a request.")
        }
        return Int(length)
    }

    /// The token that came with the request.
    /// - Throws: `session-invalid` for what cannot be one.
    public func sessionToken() throws(ProtocolError) -> SessionToken? {
        guard let text = try fields.optional("session") else { return nil }
        return try SessionToken(text)
    }
}
