public import ChatProtocol
public import Foundation

/// The thread through which every change goes: it drains what is waiting into one transaction, and hands the whole
/// batch back when that is durable. Under load a commit carries hundreds of changes; when idle, one waits for nobody.
///
/// `Origin` is whatever the caller needs to recognise its change; the committer only carries it. Inlinable, so that it
/// is compiled for the one origin that the server has.
public final class Committer<Origin: Sendable>: Sendable {
    /// Changes that became durable together, or were refused: what came of each, and where it came from. Two arrays, as
    /// the store and the queue hand them over.
    public struct Batch: Sendable {
        public let results: [Result<Outcome, ProtocolError>]
        public let origins: [Origin]

        @inlinable
        init(results: [Result<Outcome, ProtocolError>], origins: [Origin]) {
            self.results = results
            self.origins = origins
        }
    }

    /// Changes in one transaction at most: bounds how long the first of them waits for the last.
    @inlinable
    public static var batchLimit: Int { 2048 }

    @usableFromInline let store: any Store
    @usableFromInline let queue = CommitQueue<Origin>()
    @usableFromInline let deliver: @Sendable (Batch) -> Void
    @usableFromInline let checkpointDue: @Sendable () -> Void
    @usableFromInline let failed: @Sendable (StoreFailure) -> Void

    /// - Parameters:
    ///   - deliver: called on the committer's thread with each durable batch, in order.
    ///   - checkpointDue: called on the committer's thread when the store should be checkpointed, by another thread.
    ///   - failed: called once, on the committer's thread, if the store cannot go on; nothing is committed afterwards.
    @inlinable
    public init(
        store: any Store, deliver: @escaping @Sendable (Batch) -> Void, checkpointDue: @escaping @Sendable () -> Void,
        failed: @escaping @Sendable (StoreFailure) -> Void
    ) {
        self.store = store
        self.deliver = deliver
        self.checkpointDue = checkpointDue
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
        var batch = ChangeBatch<Origin>()
        batch.append(change, from: origin)
        return queue.push(&batch)
    }

    /// Puts a batch at the end of the queue and leaves it empty. Never waits.
    /// - Returns: false if the committer has stopped; then nothing was taken.
    @inlinable
    public func submit(_ batch: inout ChangeBatch<Origin>) -> Bool { queue.push(&batch) }

    /// Changes that wait for the next commit.
    @inlinable
    public var waiting: Int { queue.count }

    /// Takes nothing more, commits what is waiting, and returns when the thread has ended.
    @inlinable
    public func finish() { queue.finish() }

    @inlinable
    func run() {
        defer { queue.ended() }
        while let taken = queue.take(atMost: Self.batchLimit) {
            do throws(StoreFailure) {
                let results = try store.commit(taken.changes)
                deliver(Batch(results: results, origins: taken.origins))
                if store.wantsCheckpoint { checkpointDue() }
            } catch {
                queue.close()
                failed(error)
                return
            }
        }
    }
}
