import NIOCore

/// How much of a file goes up in one request: as much as is answered well before the server's silence would be an end.
/// It begins small, so that a slow line need not fail to be known for one.
struct ChunkSize {
    /// Bytes.
    private(set) var bytes = 32 * 1024

    static let smallest = 4 * 1024
    static let largest = TransferFile.chunk

    /// - Parameter patience: how long the answer might have taken.
    mutating func wasAnswered(after span: TimeAmount, of patience: TimeAmount) {
        // Twice as much takes no more than half of it then.
        if span * 4 <= patience { bytes = min(bytes * 2, Self.largest) }
    }

    mutating func wentUnanswered() { bytes = max(bytes / 2, Self.smallest) }
}
