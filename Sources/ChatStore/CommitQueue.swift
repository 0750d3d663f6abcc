public import Dispatch
public import Synchronization

/// Changes that wait for the one thread that commits, and where each came from. Two arrays of the same length, so that
/// the one goes to the store and the other to delivery as it is.
@usableFromInline
final class CommitQueue<Origin: Sendable>: Sendable {
    @usableFromInline
    struct State {
        @usableFromInline var changes: [Change] = []
        @usableFromInline var origins: [Origin] = []
        @usableFromInline var isClosed = false
        /// Whether the taker sleeps and must be woken.
        @usableFromInline var isWaiting = false

        @inlinable
        init() {}

        @inlinable
        mutating func take(atMost limit: Int) -> (changes: [Change], origins: [Origin]) {
            (Self.take(from: &changes, atMost: limit), Self.take(from: &origins, atMost: limit))
        }

        @inlinable
        static func take<Element>(from elements: inout [Element], atMost limit: Int) -> [Element] {
            var taken: [Element] = []
            if elements.count <= limit {
                swap(&taken, &elements)
                elements.reserveCapacity(taken.count)
            } else {
                taken = Array(elements.prefix(limit))
                elements.removeFirst(limit)
            }
            return taken
        }
    }

    @usableFromInline let state = Mutex(State())
    @usableFromInline let wake = DispatchSemaphore(value: 0)
    @usableFromInline let end = DispatchSemaphore(value: 0)

    @inlinable
    init() {}

    @inlinable
    func push(_ change: Change, from origin: Origin) -> Bool {
        let (taken, mustWake) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.changes.append(change)
            state.origins.append(origin)
            let mustWake = state.isWaiting
            state.isWaiting = false
            return (true, mustWake)
        }
        if mustWake { wake.signal() }
        return taken
    }

    @inlinable
    var count: Int { state.withLock { $0.changes.count } }

    /// Waits for something; nil when the queue is closed and empty.
    @inlinable
    func take(atMost limit: Int) -> (changes: [Change], origins: [Origin])? {
        while true {
            let (taken, isClosed) = state.withLock { state in
                let taken = state.take(atMost: limit)
                state.isWaiting = taken.changes.isEmpty && !state.isClosed
                return (taken, state.isClosed)
            }
            if !taken.changes.isEmpty { return taken }
            if isClosed { return nil }
            wake.wait()
        }
    }

    @inlinable
    func close() {
        let mustWake = state.withLock { state in
            state.isClosed = true
            let mustWake = state.isWaiting
            state.isWaiting = false
            return mustWake
        }
        if mustWake { wake.signal() }
    }

    /// Returns when the taker has called `ended`.
    @inlinable
    func finish() {
        close()
        end.wait()
        end.signal()
    }

    @inlinable
    func ended() { end.signal() }
}
