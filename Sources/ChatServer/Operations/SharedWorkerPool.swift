import Synchronization

/// Threads for costly work that anybody may ask for before login. Nobody can have the whole queue: whoever has as many
/// places as are left gets no more, so one client alone has half of them, and there is always one for somebody else.
final class SharedWorkerPool: Sendable {
    private struct Places {
        var taken = 0
        var byHolder: [AddressHolder: Int] = [:]
    }

    private let pool: WorkerPool
    private let limit: Int
    private let places = Mutex(Places())

    /// - Parameter limit: pieces of work that may wait or run.
    init(threads: Int, limit: Int) {
        pool = WorkerPool(threads: threads, limit: limit)
        self.limit = limit
    }

    /// The places that this one may have.
    func places(for holder: AddressHolder) -> some Workers { Share(pool: self, holder: holder) }

    private struct Share: Workers {
        let pool: SharedWorkerPool
        let holder: AddressHolder

        func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
            guard pool.take(for: holder) else { return false }
            let isQueued = pool.pool.submit { [self] in
                work()
                pool.giveBack(of: holder)
            }
            if !isQueued { pool.giveBack(of: holder) }
            return isQueued
        }
    }

    private func take(for holder: AddressHolder) -> Bool {
        places.withLock { places in
            let own = places.byHolder[holder, default: 0]
            guard own < limit - places.taken else { return false }
            places.byHolder[holder] = own + 1
            places.taken += 1
            return true
        }
    }

    private func giveBack(of holder: AddressHolder) {
        places.withLock { places in
            places.taken -= 1
            let left = places.byHolder[holder, default: 1] - 1
            places.byHolder[holder] = left > 0 ? left : nil
        }
    }

    func stop() async throws { try await pool.stop() }
}
