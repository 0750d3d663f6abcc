import ChatProtocol
import Synchronization

/// The caches that are open, so that what a face opened for its first screen is what the network thread goes on with.
final class CacheShelf: Sendable {
    private let server: ServerAddress
    private let paths: ClientPaths
    private let open = Mutex<[Username: Cache]>([:])
    /// Caches that are being closed still hold their lock.
    private let closing = SerialWork()

    init(server: ServerAddress, paths: ClientPaths) {
        self.server = server
        self.paths = paths
    }

    /// Opens the cache of an account, or gives the one that is open. Blocks.
    func cache(of username: Username) throws -> Cache {
        closing.wait()
        return try open.withLock { open in
            if let cache = open[username] { return cache }
            let cache = try Cache.open(server, username, paths: paths)
            open[username] = cache
            return cache
        }
    }

    /// Closes one when everything asked of it is done; does not wait for that.
    func putAway(_ username: Username) {
        guard let cache = open.withLock({ $0.removeValue(forKey: username) }) else { return }
        closing.submit { try? cache.close() }
    }

    /// Works in the cache of an account that was put away. Does not wait for that.
    func afterwards(_ username: Username, _ work: @escaping @Sendable (CacheRows) throws -> Void) {
        closing.submit { [server, paths] in
            guard let cache = try? Cache.open(server, username, paths: paths) else { return }
            try? cache.wait(work)
            try? cache.close()
        }
    }

    /// Closes all; blocks until everything asked of them is done.
    func close() {
        let caches = open.withLock { open in
            defer { open = [:] }
            return Array(open.values)
        }
        for cache in caches { try? cache.close() }
        closing.wait()
    }
}
