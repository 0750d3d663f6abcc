import NIOCore

/// What is to be sent at the next flush, in one piece: the answers and events of a batch are one write.
///
/// Without memory while there is nothing to send.
struct Outbox {
    /// Past this it is handed to the channel, so that a large batch shows in the channel's backlog.
    static let spillBytes = 64 * 1024
    private static let least = 1024

    private var bytes = ByteBuffer()
    /// Whether the bytes lie in memory that others share.
    private var isShared = false
    /// About what the last flush held: room is made for as much.
    private var usual = Outbox.least

    var count: Int { bytes.readableBytes }

    /// - Returns: whether it has become large.
    mutating func write(_ body: (inout ByteBuffer) -> Void) -> Bool {
        if isShared || bytes.readableBytes == 0 { bytes.reserveCapacity(usual) }
        isShared = false
        body(&bytes)
        return bytes.readableBytes >= Self.spillBytes
    }

    /// An event goes to many: whoever gets nothing else until the flush gets no copy of it either.
    /// - Returns: whether it has become large.
    mutating func write(_ written: ByteBuffer) -> Bool {
        guard bytes.readableBytes == 0 else { return write { $0.writeImmutableBuffer(written) } }
        bytes = written
        isShared = true
        return bytes.readableBytes >= Self.spillBytes
    }

    /// Nil if there is nothing.
    mutating func take() -> ByteBuffer? {
        guard bytes.readableBytes > 0 else { return nil }
        var taken = ByteBuffer()
        swap(&taken, &bytes)
        isShared = false
        usual = max(Self.least, taken.readableBytes)
        return taken
    }
}
