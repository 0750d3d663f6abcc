public import ChatProtocol
import Dispatch
import Foundation
import Synchronization

/// The thread through which every change goes: it drains what is waiting into one transaction, and hands the whole
/// batch back when that is durable. Under load a commit carries hundreds of changes; when idle, one waits for nobody.
///
/// `Origin` is whatever the caller needs to recognise its change; the committer only carries it.
public final class Committer<Origin: Sendable>: Sendable {
    public struct Submission: Sendable {
        public let change: Change
        public let origin: Origin
    }

    public struct Committed: Sendable {
        public let result: Result<Outcome, ProtocolError>
        public let origin: Origin
    }

    /// Changes in one transaction at most: bounds how long the first of them waits for the last.
    public static var batchLimit: Int { 2048 }

    private let store: any Store
    private let queue = CommitQueue<Submission>()
    private let deliver: @Sendable ([Committed]) -> Void
    private let failed: @Sendable (StoreFailure) -> Void

    /// - Parameters:
    ///   - deliver: called on the committer's thread with each durable batch, in order.
    ///   - failed: called once, on the committer's thread, if the store cannot go on; nothing is committed afterwards.
    public init(
        store: any Store, deliver: @escaping @Sendable ([Committed]) -> Void, failed: @escaping @Sendable (StoreFailure) -> Void
    ) {
        self.store = store
        self.deliver = deliver
        self.failed = failed
    }

    /// Starts the thread.
    public func start() {
        let thread = Thread { [self] in run() }
        thread.name = "committer"
        thread.start()
    }

    /// Puts a change at the end of the queue. Never waits.
    /// - Returns: false if the committer has stopped; then the change was not taken.
    public func submit(_ change: Change, from origin: Origin) -> Bool {
        queue.push(Submission(change: change, origin: origin))
    }

    /// Changes that wait for the next commit.
    public var waiting: Int { queue.count }

    /// Takes nothing more, commits what is waiting, and returns when the thread has ended.
    public func finish() { queue.finish() }

    private func run() {
        defer { queue.ended() }
        while let batch = queue.take(atMost: Self.batchLimit) {
            do throws(StoreFailure) {
                let results = try store.commit(batch.map(\.change))
                deliver(batch.indices.map { Committed(result: results[$0], origin: batch[$0].origin) })
            } catch {
                queue.close()
                failed(error)
                return
            }
        }
    }
}

/// A queue that one thread empties.
private final class CommitQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isClosed = false
        /// Whether the taker sleeps and must be woken.
        var isWaiting = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let end = DispatchSemaphore(value: 0)

    func push(_ element: Element) -> Bool {
        let (taken, mustWake) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.elements.append(element)
            defer { state.isWaiting = false }
            return (true, state.isWaiting)
        }
        if mustWake { wake.signal() }
        return taken
    }

    var count: Int { state.withLock { $0.elements.count } }

    /// Waits for something; nil when the queue is closed and empty.
    func take(atMost limit: Int) -> [Element]? {
        while true {
            let (batch, isClosed) = state.withLock { state -> ([Element], Bool) in
                var batch: [Element] = []
                if state.elements.count <= limit {
                    swap(&batch, &state.elements)
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

    func close() {
        let mustWake = state.withLock { state in
            state.isClosed = true
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// Returns when the taker has called `ended`.
    func finish() {
        close()
        end.wait()
        end.signal()
    }

    func ended() { end.signal() }
}
