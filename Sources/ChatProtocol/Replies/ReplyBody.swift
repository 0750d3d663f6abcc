public import NIOCore

/// What a reply says besides its status. (Protocol: Commands)
public protocol ReplyBody: Sendable {
    func encode(into json: inout JSONWriter)
    init(from json: inout JSONReader) throws(JSONError)
    /// The raw bytes that follow the reply, if it has any.
    var attached: ByteBuffer? { get }
    mutating func take(attached: ByteBuffer?)
}

extension ReplyBody {
    public var attached: ByteBuffer? { nil }
    public mutating func take(attached: ByteBuffer?) {}
}

/// Writes whole replies, their end marks included.
public enum Reply {
    /// - Parameters:
    ///   - id: of the request, echoed.
    ///   - buffer: the reply is written behind what it holds.
    ///   - memory: for the time of writing.
    @inlinable
    public static func success(
        _ body: some ReplyBody, id: String?, framing: Framing, to buffer: inout ByteBuffer, in memory: JSONMemory = JSONMemory()
    ) {
        var json = JSONWriter(style: JSONStyle(framing), in: memory)
        json.field("status", word: "OK")
        body.encode(into: &json)
        json.field("id", optional: id)
        let attached = body.attached
        json.field("attached", optional: attached.map { Int64($0.readableBytes) })
        json.finish(framing, to: &buffer)
        if let attached { buffer.writeImmutableBuffer(attached) }
    }

    @inlinable
    public static func success(_ body: some ReplyBody, id: String?, framing: Framing) -> ByteBuffer {
        var buffer = ByteBuffer()
        success(body, id: id, framing: framing, to: &buffer)
        return buffer
    }

    public static func failure(_ error: ProtocolError, id: String?, framing: Framing, to buffer: inout ByteBuffer) {
        var json = JSONWriter(style: JSONStyle(framing))
        json.field("status", "ERROR")
        json.field("message", error.classicWords)
        json.field("error", error.detail)
        json.field("code", error.code.rawValue)
        json.field("retry_after", optional: error.retryAfter.map(Int64.init))
        json.field("offset", optional: error.offset)
        json.field("id", optional: id)
        json.finish(framing, to: &buffer)
    }

    public static func failure(_ error: ProtocolError, id: String?, framing: Framing) -> ByteBuffer {
        var buffer = ByteBuffer()
        failure(error, id: id, framing: framing, to: &buffer)
        return buffer
    }
}

/// Nothing but the status.
public struct EmptyReply: ReplyBody {
    public init() {}
    public func encode(into json: inout JSONWriter) {}
    public init(from json: inout JSONReader) throws(JSONError) {}
}
