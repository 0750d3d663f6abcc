import CSys
import ChatProtocol
import Glibc
import NIOPosix
import Synchronization

/// Takes work that may block.
protocol Workers {
    /// - Returns: false if the queue is full; then the work is not done.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool
}

/// Threads for work that may block, with a bounded queue: what does not fit is refused at once.
final class WorkerPool: Workers, Sendable {
    private let threads: NIOThreadPool
    private let limit: Int
    private let isPatient: Bool
    private let waiting = Atomic<Int>(0)

    /// Of the processor's time, where others want it too, a patient thread gets about a tenth of theirs. (sched(7))
    private static let patientNiceness: Int32 = 10

    /// - Parameters:
    ///   - limit: pieces of work that may wait; those that the threads are at do not count.
    ///   - isPatient: whether messages go first where there is not processor enough for everybody.
    init(threads: Int, limit: Int, isPatient: Bool = false) {
        self.isPatient = isPatient
        self.threads = NIOThreadPool(numberOfThreads: threads)
        self.limit = limit
        self.threads.start()
    }

    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let before = waiting.add(1, ordering: .relaxed).oldValue
        guard before < limit else {
            waiting.subtract(1, ordering: .relaxed)
            return false
        }
        threads.submit { [self] state in
            waiting.subtract(1, ordering: .relaxed)
            guard state == .active else { return }
            if isPatient { Self.letOthersGoFirst() }
            work()
        }
        return true
    }

    /// Linux has both a thread's own. A system that grants neither is only slower with messages.
    private static func letOthersGoFirst() {
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, patientNiceness)
        _ = csys_wish_slice(0)
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
