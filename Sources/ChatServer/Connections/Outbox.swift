import NIOCore

/// What is to be sent at the next flush, in one piece: the answers and events of a batch are one write.
///
/// Without memory while there is nothing to send.
struct Outbox {
    /// Past this it is handed to the channel, so that a large batch shows in the channel's backlog.
    static let spillBytes = 64 * 1024

    private var bytes: ByteBuffer?

    var count: Int { bytes?.readableBytes ?? 0 }

    /// - Returns: whether it has become large.
    mutating func write(_ body: (consuming ByteBuffer) -> ByteBuffer, allocator: ByteBufferAllocator) -> Bool {
        let buffer = bytes.take() ?? allocator.buffer(capacity: 2048)
        let written = body(buffer)
        let isLarge = written.readableBytes >= Self.spillBytes
        bytes = written
        return isLarge
    }

    mutating func take() -> ByteBuffer? { bytes.take() }
}
