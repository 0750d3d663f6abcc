import ChatProtocol
import DequeModule
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
        let start: Int64
        var failures = 0
    }

    private struct Windows {
        var byAttempt: [Attempt: Window] = [:]
        /// Every window that was begun, in that order.
        var begun: Deque<(start: Int64, attempt: Attempt)> = []

        /// Forgets those that are over, and the oldest where there are too many.
        mutating func expire(_ now: Int64) {
            while let oldest = begun.first, now - oldest.start >= milliseconds || begun.count > capacity {
                begun.removeFirst()
                if byAttempt[oldest.attempt]?.start == oldest.start { byAttempt[oldest.attempt] = nil }
            }
        }
    }

    private static let milliseconds: Int64 = 60_000
    /// Windows that are remembered at once.
    private static let capacity = 10_000

    private let limit: Int
    private let windows = Mutex(Windows())

    init(limit: Int) { self.limit = limit }

    /// - Throws: `rate-limited` with the time left.
    func check(_ attempt: Attempt, now: Timestamp) throws(ProtocolError) {
        let wait: Int64? = windows.withLock { windows in
            windows.expire(now.milliseconds)
            guard let window = windows.byAttempt[attempt], window.failures >= limit else { return nil }
            return window.start + Self.milliseconds - now.milliseconds
        }
        if let wait {
            throw ProtocolError(
                .rateLimited, "Too many wrong passwords for this account. Wait a minute.", retryAfter: Int(wait / 1000) + 1)
        }
    }

    func failed(_ attempt: Attempt, now: Timestamp) {
        windows.withLock { windows in
            windows.expire(now.milliseconds)
            if windows.byAttempt[attempt] == nil {
                windows.byAttempt[attempt] = Window(start: now.milliseconds)
                windows.begun.append((now.milliseconds, attempt))
            }
            windows.byAttempt[attempt]?.failures += 1
        }
    }

    func succeeded(_ attempt: Attempt) { windows.withLock { $0.byAttempt[attempt] = nil } }

    /// How many accounts and addresses are remembered.
    var count: Int { windows.withLock { $0.begun.count } }
}
