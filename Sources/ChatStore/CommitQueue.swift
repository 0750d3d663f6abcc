public import Dispatch
public import Synchronization

/// A queue that one thread empties.
@usableFromInline
final class CommitQueue<Element: Sendable>: Sendable {
    @usableFromInline
    struct State {
        @usableFromInline var elements: [Element] = []
        @usableFromInline var isClosed = false
        /// Whether the taker sleeps and must be woken.
        @usableFromInline var isWaiting = false

        @inlinable
        init() {}
    }

    @usableFromInline let state = Mutex(State())
    @usableFromInline let wake = DispatchSemaphore(value: 0)
    @usableFromInline let end = DispatchSemaphore(value: 0)

    @inlinable
    init() {}

    @inlinable
    func push(_ element: Element) -> Bool {
        let (taken, mustWake) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.elements.append(element)
            let mustWake = state.isWaiting
            state.isWaiting = false
            return (true, mustWake)
        }
        if mustWake { wake.signal() }
        return taken
    }

    @inlinable
    var count: Int { state.withLock { $0.elements.count } }

    /// Waits for something; nil when the queue is closed and empty.
    @inlinable
    func take(atMost limit: Int) -> [Element]? {
        while true {
            let (batch, isClosed) = state.withLock { state -> ([Element], Bool) in
                var batch: [Element] = []
                if state.elements.count <= limit {
                    swap(&batch, &state.elements)
                    state.elements.reserveCapacity(batch.count)
                } else {
                    batch = Array(state.elements.prefix(limit))
                    state.elements.removeFirst(limit)
                }
                state.isWaiting = batch.isEmpty && !state.isClosed
                return (batch, state.isClosed)
            }
            if !batch.isEmpty { return batch }
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
