import Synchronization

/// Work that others may end: what waits in line then costs nothing, and what takes long looks at it now and then.
final class WorkTicket: Sendable {
    private let given = Atomic(false)

    var isGivenUp: Bool { given.load(ordering: .relaxed) }

    func giveUp() { given.store(true, ordering: .relaxed) }
}
