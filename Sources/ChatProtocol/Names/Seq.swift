/// The place of an entry in its conversation: 1, 2, 3 … without gaps. Zero stands before the first. (Protocol: The log)
public struct Seq: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64

    public static let zero = Seq(unchecked: 0)
    public static let maximum = Seq(unchecked: Int64.max)

    /// For values that are known not to be negative.
    public init(unchecked value: Int64) { self.value = value }

    /// Nil for a negative number.
    public init?(_ value: Int64) {
        guard value >= 0 else { return nil }
        self.value = value
    }

    /// The next place; the last one has none and stays.
    public var next: Seq { value == .max ? self : Seq(unchecked: value + 1) }
    /// The place before; zero has none and stays.
    public var previous: Seq { value == 0 ? self : Seq(unchecked: value - 1) }

    public static func < (a: Seq, b: Seq) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

/// Milliseconds since the Unix epoch, UTC. (Protocol: Replies and events)
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}
