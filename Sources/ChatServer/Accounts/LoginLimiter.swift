import ChatProtocol
import Synchronization

/// Slows down guessing: counts wrong passwords per account, address and minute.
final class LoginLimiter: Sendable {
    private struct Window {
        var start: Int64
        var failures = 0
    }

    private static let milliseconds: Int64 = 60_000
    /// Accounts that are remembered at once; the oldest windows go first.
    private static let capacity = 10_000

    private let limit: Int
    private let windows = Mutex<[String: Window]>([:])

    init(limit: Int) { self.limit = limit }

    /// - Throws: `rate-limited` with the time left.
    func check(_ account: String, now: Timestamp) throws(ProtocolError) {
        let wait: Int64? = windows.withLock { windows in
            guard let window = windows[account], window.failures >= limit else { return nil }
            let left = window.start + Self.milliseconds - now.milliseconds
            return left > 0 ? left : nil
        }
        if let wait {
            throw ProtocolError(
                .rateLimited, "Too many wrong passwords for this account. Wait a minute.", retryAfter: Int(wait / 1000) + 1)
        }
    }

    func failed(_ account: String, now: Timestamp) {
        windows.withLock { windows in
            if windows.count >= Self.capacity {
                windows = windows.filter { now.milliseconds - $0.value.start < Self.milliseconds }
                if windows.count >= Self.capacity { windows.removeAll() }
            }
            var window = windows[account] ?? Window(start: now.milliseconds)
            if now.milliseconds - window.start >= Self.milliseconds { window = Window(start: now.milliseconds) }
            window.failures += 1
            windows[account] = window
        }
    }

    func succeeded(_ account: String) { windows.withLock { $0[account] = nil } }
}
