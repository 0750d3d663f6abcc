import DequeModule
import NIOConcurrencyHelpers
import NIOPosix
import Synchronization

/// Blocking work, one piece after the other, off whoever asks for it.
///
/// On threads of NIO rather than Dispatch: on Linux, Dispatch watches its own with a timer that goes off every second,
/// and an idle client is to sleep.
final class SerialWork: Sendable {
    private struct State {
        var waiting = Deque<@Sendable () -> Void>()
        var isRunning = false
    }

    /// Threads for disks that may be slow; they live as long as the program.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 4)
        threads.start()
        return threads
    }()

    private let state = Mutex(State())

    /// Does this after everything handed over before. Never waits.
    func submit(_ work: @escaping @Sendable () -> Void) {
        let mustStart = state.withLock { state in
            state.waiting.append(work)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { Self.threads.submit { [self] _ in drain() } }
    }

    /// Blocks until everything handed over before is done.
    func wait() {
        guard state.withLock(\.isRunning) else { return }
        let done = ConditionLock(value: false)
        submit {
            done.lock()
            done.unlock(withValue: true)
        }
        done.lock(whenValue: true)
        done.unlock()
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
