/// Changes that go to the committer together, and where each came from. Two arrays of the same length, so that the one
/// goes to the store and the other to delivery as it is.
public struct ChangeBatch<Origin: Sendable>: Sendable {
    @usableFromInline var changes: [Change] = []
    @usableFromInline var origins: [Origin] = []

    @inlinable
    public init() {}

    @inlinable
    public var isEmpty: Bool { changes.isEmpty }

    @inlinable
    public var count: Int { changes.count }

    @inlinable
    public mutating func append(_ change: Change, from origin: Origin) {
        changes.append(change)
        origins.append(origin)
    }

    /// Puts another batch behind this one and leaves that empty.
    @inlinable
    mutating func take(over other: inout ChangeBatch) {
        if isEmpty {
            swap(&self, &other)
        } else {
            changes += other.changes
            origins += other.origins
        }
        other.removeAll()
    }

    @inlinable
    public mutating func removeAll() {
        changes.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
    }

    @inlinable
    mutating func take(atMost limit: Int) -> ChangeBatch {
        var taken = ChangeBatch()
        if count <= limit {
            swap(&taken, &self)
            changes.reserveCapacity(taken.count)
            origins.reserveCapacity(taken.count)
        } else {
            taken.changes = Array(changes.prefix(limit))
            taken.origins = Array(origins.prefix(limit))
            changes.removeFirst(limit)
            origins.removeFirst(limit)
        }
        return taken
    }
}
