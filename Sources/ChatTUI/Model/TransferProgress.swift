package import ChatProtocol

/// How fast a transfer goes, told from its own reports: there is no timer. Pure.
package struct TransferProgress: Hashable, Sendable {
    /// Bytes a second, smoothed; nil until it can be told.
    package private(set) var rate: Double?
    private var done: Int64
    private var at: Timestamp
    /// The first bytes say nothing: a transfer that is taken up again has most of them already.
    private var hasBegun = false

    /// Shorter than this is chance.
    private static let leastMilliseconds: Int64 = 250
    /// What is longer ago than this counts for less than half.
    private static let memoryMilliseconds: Double = 3000

    package init(done: Int64, now: Timestamp) {
        self.done = done
        at = now
    }

    package mutating func take(done new: Int64, now: Timestamp) {
        let elapsed = now.milliseconds - at.milliseconds
        guard new >= done, elapsed >= 0 else { return self = TransferProgress(done: new, now: now) }
        guard hasBegun else {
            hasBegun = new > done
            (done, at) = (new, now)
            return
        }
        guard new > done, elapsed >= Self.leastMilliseconds else { return }
        let sample = Double(new - done) * 1000 / Double(elapsed)
        let weight = Double(elapsed) / (Double(elapsed) + Self.memoryMilliseconds)
        rate = rate.map { $0 + weight * (sample - $0) } ?? sample
        (done, at) = (new, now)
    }

    /// What is left of so many bytes, in whole seconds, rounded up; nil until it can be told.
    package func secondsLeft(of size: Int64) -> Int? {
        guard let rate, rate > 0, size >= done else { return nil }
        return Int(min(Double(size - done) / rate, 359_999).rounded(.up))
    }
}
