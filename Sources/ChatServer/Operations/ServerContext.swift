import ChatProtocol
import ChatStore
import Logging
import Synchronization

/// What every connection needs of the server. Shared by all threads.
struct ServerContext: Sendable {
    let configuration: ServerConfiguration
    let store: any Store
    let files: FileStorage
    let committer: CommitLine
    let delivery: any Delivery
    let presence: Presence
    let passwords: PasswordHashing
    let logins: LoginLimiter
    let bodies: BodyBudget
    /// Reads of the store.
    let readers: WorkerPool
    /// Hashing of passwords: the one that costs most, and the first to refuse.
    let hashers: SharedWorkerPool
    /// Contents of files.
    let fileWorkers: WorkerPool
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let clock: CoarseClock
}

/// What time it was a second ago at most, for the path of a message: it costs nothing to look at.
final class CoarseClock: Sendable {
    private let milliseconds: Atomic<Int64>

    init(_ now: Timestamp) { milliseconds = Atomic(now.milliseconds) }

    func set(_ now: Timestamp) { milliseconds.store(now.milliseconds, ordering: .relaxed) }

    var time: Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }
}

/// Bounds the bodies that all connections together are sending. (Protocol: Limits)
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)

    private let limit: Int

    /// - Parameter limit: bytes of all bodies together.
    init(limit: Int) { self.limit = limit }

    /// - Returns: false if the bodies in progress would be more than the limit.
    func reserve(_ bytes: Int) -> Bool {
        guard used.add(bytes, ordering: .relaxed).newValue <= limit else {
            release(bytes)
            return false
        }
        return true
    }

    func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }
}
