import ChatStore
import NIOCore

/// How much each account, and each address before login, may ask of one event loop: a bucket that fills steadily.
///
/// Whoever asks faster is not refused but slowed: the connection is not read from until there is an allowance again,
/// so a retry with its nonce is never answered by anything but its result. Confined to its loop.
final class RequestAllowance {
    enum Holder: Hashable {
        case user(UserID)
        case address(AddressHolder)
    }

    private struct Bucket {
        var tokens: Int64
        var filledAt: NIODeadline
    }

    /// Buckets that are kept; full ones, which say nothing, go first.
    private static let capacity = 50_000
    /// A bucket holds what this much time fills.
    private static let burst = TimeAmount.seconds(4)

    private var buckets: [Holder: Bucket] = [:]
    private let perSecond: Int64

    /// More than any machine answers; times the nanoseconds of a burst it still fits into a number.
    private static let most = 1_000_000_000

    /// - Parameter perSecond: requests of cost 1; 0 is without limit.
    init(perSecond: Int) { self.perSecond = Int64(min(perSecond, Self.most)) }

    private var full: Int64 { perSecond * Self.burst.nanoseconds / 1_000_000_000 }

    /// Takes the cost of a request.
    /// - Returns: nil if it was there; else how long it takes until it is, and nothing was taken.
    func take(_ cost: Int, from holder: @autoclosure () -> Holder, now: @autoclosure () -> NIODeadline) -> TimeAmount? {
        guard perSecond > 0 else { return nil }
        let (holder, now) = (holder(), now())
        var bucket = buckets[holder] ?? newBucket(now)
        let elapsed = (now - bucket.filledAt).nanoseconds
        let filled = elapsed >= Self.burst.nanoseconds ? full : elapsed * perSecond / 1_000_000_000
        if filled > 0 {
            bucket.tokens = min(full, bucket.tokens + filled)
            bucket.filledAt = now
        }
        let needed = min(Int64(cost), full)
        let missing = needed - bucket.tokens
        if missing <= 0 { bucket.tokens -= needed }
        buckets[holder] = bucket
        return missing > 0 ? .nanoseconds(missing * 1_000_000_000 / perSecond + 1_000_000) : nil
    }

    private func newBucket(_ now: NIODeadline) -> Bucket {
        if buckets.count >= Self.capacity {
            buckets = buckets.filter { now - $0.value.filledAt < Self.burst }
            if buckets.count >= Self.capacity { buckets.removeAll() }
        }
        return Bucket(tokens: full, filledAt: now)
    }
}
