import DequeModule
import Dispatch
import Foundation
import NIOPosix
import Synchronization

/// Blocking work, one piece after the other, off whoever asks for it.
///
/// On no threads of Dispatch: on Linux, it watches its own with a timer that goes off every second, and an idle client is
/// to sleep.
final class SerialWork: Sendable {
    /// Where it is done.
    enum Threads {
        /// A few that live as long as the program, for what always comes to an end.
        case shared
        /// One for as long as there is something to do, so that a disk which never answers holds nobody else up.
        case own
    }

    private struct State {
        var waiting = Deque<@Sendable () -> Void>()
        var isRunning = false
    }

    private static let pool: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 4)
        threads.start()
        return threads
    }()

    private let threads: Threads
    private let state = Mutex(State())

    init(on threads: Threads = .shared) { self.threads = threads }

    /// Does this after everything handed over before. Never waits.
    func submit(_ work: @escaping @Sendable () -> Void) {
        let mustStart = state.withLock { state in
            state.waiting.append(work)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard mustStart else { return }
        switch threads {
        case .shared: Self.pool.submit { [self] _ in drain() }
        case .own: Thread.detachNewThread { [self] in drain() }
        }
    }

    /// Blocks until everything handed over before is done, or it is too late.
    func wait(until deadline: DispatchTime = .distantFuture) {
        guard state.withLock(\.isRunning) else { return }
        let done = DispatchSemaphore(value: 0)
        submit { done.signal() }
        _ = done.wait(timeout: deadline)
    }

    private func drain() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            let work = state.waiting.popFirst()
            state.isRunning = work != nil
            return work
        }
    }
}
