import CSys

/// How long a thread of this process has the processor at a time, where several want it.
enum ShortTurns {
    /// Milliseconds are usual, for which a message would wait beside whoever writes a file.
    private static let nanoseconds: UInt64 = 500_000

    /// Wishes short turns for this thread and all that it starts. A system that does not know them is only slower.
    static func wish() { _ = csys_wish_slice(nanoseconds) }
}
