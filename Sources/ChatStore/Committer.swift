public import ChatProtocol
public import Foundation

/// The thread through which every change goes: it drains what is waiting into one transaction, and hands the whole
/// batch back when that is durable. Under load a commit carries hundreds of changes; when idle, one waits for nobody.
///
/// `Origin` is whatever the caller needs to recognise its change; the committer only carries it. Inlinable, so that it
/// is compiled for the one origin that the server has.
public final class Committer<Origin: Sendable>: Sendable {
    public struct Submission: Sendable {
        public let change: Change
        public let origin: Origin

        @inlinable
        init(change: Change, origin: Origin) {
            self.change = change
            self.origin = origin
        }
    }

    public struct Committed: Sendable {
        public let result: Result<Outcome, ProtocolError>
        public let origin: Origin

        @inlinable
        init(result: Result<Outcome, ProtocolError>, origin: Origin) {
            self.result = result
            self.origin = origin
        }
    }

    /// Changes in one transaction at most: bounds how long the first of them waits for the last.
    @inlinable
    public static var batchLimit: Int { 2048 }

    @usableFromInline let store: any Store
    @usableFromInline let queue = CommitQueue<Submission>()
    @usableFromInline let deliver: @Sendable ([Committed]) -> Void
    @usableFromInline let failed: @Sendable (StoreFailure) -> Void

    /// - Parameters:
    ///   - deliver: called on the committer's thread with each durable batch, in order.
    ///   - failed: called once, on the committer's thread, if the store cannot go on; nothing is committed afterwards.
    @inlinable
    public init(
        store: any Store, deliver: @escaping @Sendable ([Committed]) -> Void, failed: @escaping @Sendable (StoreFailure) -> Void
    ) {
        self.store = store
        self.deliver = deliver
        self.failed = failed
    }

    /// Starts the thread.
    @inlinable
    public func start() {
        let thread = Thread { [self] in run() }
        thread.name = "committer"
        thread.start()
    }

    /// Puts a change at the end of the queue. Never waits.
    /// - Returns: false if the committer has stopped; then the change was not taken.
    @inlinable
    public func submit(_ change: Change, from origin: Origin) -> Bool {
        queue.push(Submission(change: change, origin: origin))
    }

    /// Changes that wait for the next commit.
    @inlinable
    public var waiting: Int { queue.count }

    /// Takes nothing more, commits what is waiting, and returns when the thread has ended.
    @inlinable
    public func finish() { queue.finish() }

    @inlinable
    func run() {
        defer { queue.ended() }
        while let batch = queue.take(atMost: Self.batchLimit) {
            do throws(StoreFailure) {
                var changes: [Change] = []
                changes.reserveCapacity(batch.count)
                for submission in batch { changes.append(submission.change) }
                let results = try store.commit(changes)
                var committed: [Committed] = []
                committed.reserveCapacity(batch.count)
                for (index, submission) in batch.enumerated() {
                    committed.append(Committed(result: results[index], origin: submission.origin))
                }
                deliver(committed)
            } catch {
                queue.close()
                failed(error)
                return
            }
        }
    }
}
