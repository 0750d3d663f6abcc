public import NIOCore

/// One request as a client sends it. (Protocol: Requests)
public struct Request: Sendable {
    public var command: Command
    /// Echoed in the reply.
    public var id: String?
    /// Needed until the connection is bound to a user.
    public var session: SessionToken?

    public init(_ command: Command, id: String? = nil, session: SessionToken? = nil) {
        self.command = command
        self.id = id
        self.session = session
    }

    /// The line, and the raw bytes that follow it.
    public func encoded() -> ByteBuffer {
        var form = FormWriter(command: command.name.rawValue)
        form.field("id", id)
        form.field("session", session?.text)
        command.encode(into: &form)
        guard case .fileAppend(let append) = command else {
            var line = form.buffer
            line.writeInteger(UInt8(ascii: "\n"))
            return line
        }
        form.field("attached", Int64(append.bytes.readableBytes))
        var line = form.buffer
        line.writeInteger(UInt8(ascii: "\n"))
        line.writeImmutableBuffer(append.bytes)
        return line
    }
}
