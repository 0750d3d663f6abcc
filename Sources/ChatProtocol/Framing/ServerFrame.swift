public import NIOCore

/// One object from the server, its kind known and its content not yet read. (Protocol: Replies and events)
public struct ServerFrame: Sendable {
    public enum Kind: Hashable, Sendable {
        case reply
        case event(type: String)
    }

    public let kind: Kind
    /// Of a reply: whether the server did what was asked.
    public let succeeded: Bool
    /// The id of the request, echoed.
    public let id: String?
    /// The whole object, without its line end.
    public let object: ByteBuffer
    /// The raw bytes that followed it.
    public internal(set) var attached: ByteBuffer?

    private let failure: ProtocolError?
    let attachedLength: Int

    /// - Throws: `JSONError`.
    public init(parsing object: ByteBuffer) throws(JSONError) {
        var json = JSONReader(object)
        var type: String?
        var status: String?
        var id: String?
        var code: String?
        var detail: String?
        var retryAfter: Int64?
        var offset: Int64?
        var attachedLength: Int64 = 0
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "type": type = try json.string()
            case "status": status = try json.string()
            case "id": id = try json.string()
            case "code": code = try json.string()
            case "error": detail = try json.string()
            case "retry_after": retryAfter = try json.integer()
            case "offset": offset = try json.integer()
            case "attached": attachedLength = try json.integer()
            default: try json.skip()
            }
        }
        guard json.isAtEnd() else { throw json.failure("More than one object in a line") }
        guard (0...Int64(Limits.attached)).contains(attachedLength) else { throw json.failure("Too many attached bytes") }
        guard type != nil || status != nil else { throw json.failure("Neither a reply nor an event") }
        self.kind = type.map { .event(type: $0) } ?? .reply
        self.succeeded = status == "OK"
        self.id = id
        self.object = object
        self.attachedLength = Int(attachedLength)
        failure =
            succeeded || type != nil
            ? nil
            : ProtocolError(
                code.flatMap(ErrorCode.init) ?? .internal, detail ?? "The server gave no reason.",
                retryAfter: retryAfter.flatMap { Int(exactly: $0) }, offset: offset)
    }

    /// Why the server refused; nil if it did not.
    public var error: ProtocolError? { failure }

    /// Reads the content of a reply.
    /// - Throws: `JSONError` if it is not shaped like this reply.
    public func decode<Body: ReplyBody>(_ body: Body.Type = Body.self) throws(JSONError) -> Body {
        var json = JSONReader(object)
        var decoded = try Body(from: &json)
        decoded.take(attached: attached)
        return decoded
    }
}

/// Finds the objects in what a server sends.
public struct ServerFrameDecoder: Sendable {
    /// The longest line that a client takes: a file of `Limits.fileInReply` in base64, and what stands around it.
    public static let maximumLine = Limits.fileRequestLine

    private var buffer = ByteBuffer()
    private var searched = 0
    private var awaiting: ServerFrame?

    public init() {}

    public mutating func append(_ bytes: inout ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
            searched = 0
        } else {
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next whole object; nil until more arrives.
    /// - Throws: `JSONError` if the peer does not speak this protocol: end the connection.
    public mutating func next() throws(JSONError) -> ServerFrame? {
        if var frame = awaiting {
            guard let bytes = buffer.readSlice(length: frame.attachedLength) else { return nil }
            frame.attached = bytes
            awaiting = nil
            searched = 0
            return frame
        }
        while let line = try nextLine() {
            if line.readableBytes == 0 { continue }
            let frame = try ServerFrame(parsing: line)
            if frame.attachedLength == 0 { return frame }
            awaiting = frame
            return try next()
        }
        return nil
    }

    private mutating func nextLine() throws(JSONError) -> ByteBuffer? {
        let end = buffer.withUnsafeReadableBytes { bytes in ByteScan.firstIndex(of: 0x0A, in: bytes, from: searched) }
        guard let end else {
            searched = buffer.readableBytes
            guard searched <= Self.maximumLine else { throw JSONError(reason: "A line too long", offset: searched) }
            return nil
        }
        let line = buffer.readSlice(length: end)
        buffer.moveReaderIndex(forwardBy: 1)
        searched = 0
        return line
    }
}
