import NIOCore

/// Sends at a steady rate, whether or not what was sent before has been answered: so a slow server does not slow down
/// what it is asked. Confined to the event loop of its members, each of which sends in its turn.
final class Pacer {
    private static let tick = TimeAmount.microseconds(250)
    private let members: [LoadConnection]
    private let perTick: Double
    /// Messages that a member sends in its turn.
    private let burst: Int
    private var owed = 0.0
    private var next = 0

    init(_ members: [LoadConnection], perSecond: Int, burst: Int) {
        self.burst = burst
        self.members = members
        perTick = Double(perSecond) * Double(Self.tick.nanoseconds) / 1e9
    }

    /// Goes on until the members have no load any more.
    func start() { tick(due: .now()) }

    private func tick(due: NIODeadline) {
        guard let loop = members.first(where: \.isLoaded)?.loop else { return }
        owed += perTick
        while owed >= Double(burst) {
            members[next].send(burst, due: due)
            next = (next + 1) % members.count
            owed -= Double(burst)
        }
        let after = due + Self.tick
        loop.assumeIsolated().scheduleTask(deadline: after) { [self] in tick(due: after) }
    }
}
