import ChatProtocol

/// A file that goes up, as it was when it was read through.
struct SourceFacts: Hashable, Sendable {
    /// Bytes.
    var size: Int64
    /// Nanoseconds since 1970.
    var modified: Int64
    var sha256: ContentHash
}
