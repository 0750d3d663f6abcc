public import Dispatch
public import Synchronization

/// Changes that wait for the one thread that commits.
@usableFromInline
final class CommitQueue<Origin: Sendable>: Sendable {
    @usableFromInline
    struct State {
        @usableFromInline var waiting = ChangeBatch<Origin>()
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

    /// Takes all of a batch and leaves it empty, or nothing if the queue is closed.
    @inlinable
    func push(_ batch: inout ChangeBatch<Origin>) -> Bool {
        let (taken, mustWake) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.waiting.take(over: &batch)
            let mustWake = state.isWaiting
            state.isWaiting = false
            return (true, mustWake)
        }
        if mustWake { wake.signal() }
        return taken
    }

    @inlinable
    var count: Int { state.withLock { $0.waiting.count } }

    /// Waits for something; nil when the queue is closed and empty.
    @inlinable
    func take(atMost limit: Int) -> ChangeBatch<Origin>? {
        while true {
            let (taken, isClosed) = state.withLock { state in
                let taken = state.waiting.take(atMost: limit)
                state.isWaiting = taken.isEmpty && !state.isClosed
                return (taken, state.isClosed)
            }
            if !taken.isEmpty { return taken }
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
