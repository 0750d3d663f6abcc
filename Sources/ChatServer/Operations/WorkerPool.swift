import ChatProtocol
import NIOPosix
import Synchronization

/// Threads for work that may block, with a bounded queue: what does not fit is refused at once.
final class WorkerPool: Sendable {
    private let threads: NIOThreadPool
    private let limit: Int
    private let waiting = Atomic<Int>(0)

    /// - Parameter limit: pieces of work that may wait or run.
    init(threads: Int, limit: Int) {
        self.threads = NIOThreadPool(numberOfThreads: threads)
        self.limit = limit
        self.threads.start()
    }

    /// - Returns: false if the queue is full; then the work is not done.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let before = waiting.add(1, ordering: .relaxed).oldValue
        guard before < limit else {
            waiting.subtract(1, ordering: .relaxed)
            return false
        }
        threads.submit { [self] state in
            waiting.subtract(1, ordering: .relaxed)
            if state == .active { work() }
        }
        return true
    }

    func stop() async throws { try await threads.shutdownGracefully() }
}

extension ProtocolError {
    static var overloaded: ProtocolError {
        ProtocolError(.busy, "The server has too much to do right now. Try again in a moment.", retryAfter: 1)
    }

    static var stopping: ProtocolError {
        ProtocolError(.internal, "The server is stopping: whether this was stored is not known. Try again.")
    }
}
