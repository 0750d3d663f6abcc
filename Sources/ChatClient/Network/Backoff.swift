/// How long to wait before the next attempt: twice as long each time, half of it by chance, so that a thousand clients
/// of a server that came back do not come back at once.
struct Backoff {
    static let shortest = Duration.milliseconds(500)
    static let longest = Duration.seconds(30)

    private(set) var span = Backoff.shortest

    /// The delay before the next attempt, between half the current span and all of it.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let share = Double.random(in: 0.5...1, using: &generator)
        let delay = span * share
        span = min(span * 2, Self.longest)
        return delay
    }

    mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    /// An attempt led to what it was for: a line that breaks before is no better than none.
    mutating func reset() { span = Self.shortest }
}
