import ChatProtocol
import DequeModule
import NIOCore
import Synchronization

/// Slows down guessing: counts wrong passwords per account, address and minute.
final class LoginLimiter: Sendable {
    /// Whose password is tried from where. One who guesses from elsewhere does not lock the owner out.
    struct Attempt: Hashable, Sendable {
        /// Folded; nil for all that can be no user name, so that nobody chooses what is remembered.
        let account: String?
        let holder: AddressHolder

        init(_ username: Username?, from holder: AddressHolder) {
            account = username?.folded
            self.holder = holder
        }
    }

    private struct Window {
        let start: NIODeadline
        var failures = 0
    }

    private struct Windows {
        var byAttempt: [Attempt: Window] = [:]
        /// Every window that was begun, in that order.
        var begun: Deque<(start: NIODeadline, attempt: Attempt)> = []

        /// Forgets those that are over, and the oldest where there are too many.
        mutating func expire(_ now: NIODeadline) {
            while let oldest = begun.first, now - oldest.start >= length || begun.count > capacity {
                begun.removeFirst()
                if byAttempt[oldest.attempt]?.start == oldest.start { byAttempt[oldest.attempt] = nil }
            }
        }
    }

    private static let length = TimeAmount.minutes(1)
    /// Windows that are remembered at once.
    private static let capacity = 10_000

    private let limit: Int
    private let windows = Mutex(Windows())

    init(limit: Int) { self.limit = limit }

    /// - Throws: `rate-limited` with the time left.
    func check(_ attempt: Attempt, now: NIODeadline) throws(ProtocolError) {
        let wait: TimeAmount? = windows.withLock { windows in
            windows.expire(now)
            guard let window = windows.byAttempt[attempt], window.failures >= limit else { return nil }
            return window.start + Self.length - now
        }
        if let wait {
            throw ProtocolError(
                .rateLimited, "Too many wrong passwords for this account. Wait a minute.",
                retryAfter: Int(wait.nanoseconds / 1_000_000_000) + 1)
        }
    }

    func failed(_ attempt: Attempt, now: NIODeadline) {
        windows.withLock { windows in
            windows.expire(now)
            if windows.byAttempt[attempt] == nil {
                windows.byAttempt[attempt] = Window(start: now)
                windows.begun.append((now, attempt))
            }
            windows.byAttempt[attempt]?.failures += 1
        }
    }

    func succeeded(_ attempt: Attempt) { windows.withLock { $0.byAttempt[attempt] = nil } }

    /// How many accounts and addresses are remembered.
    var count: Int { windows.withLock { $0.begun.count } }
}
