import Synchronization

/// A search that others may end: one that waits in the cache's line then costs nothing.
final class SearchTicket: Sendable {
    private let given = Atomic(false)

    var isGivenUp: Bool { given.load(ordering: .relaxed) }

    func giveUp() { given.store(true, ordering: .relaxed) }
}
