import ChatProtocol
import Foundation
import GRDB
import Synchronization

/// What outlives the program, for one account: entries, conversations, people, drafts, the outbox, and
/// unfinished transfers.
///
/// One SQLite file, asked by one piece of work after the other and answering on the loop. It is a copy: all but
/// drafts, the outbox and transfers can be had from the server again. Who comes second, or finds a file that cannot be used, works
/// with one in memory.
final class Cache: Sendable {
    /// Why this cache will not outlive the program.
    enum Handicap: Hashable, Sendable {
        case inUse
        case failed(CacheFailure)
    }

    let username: Username
    let handicap: Handicap?
    let queue: DatabaseQueue
    private let work = SerialWork()
    private let lock: Mutex<FileLock?>

    /// Opens the cache of an account, or one in memory if that cannot be. Blocks.
    static func open(_ server: ServerAddress, _ username: Username, paths: ClientPaths) throws -> Cache {
        do {
            try PrivateFiles.makeFolder(paths.folder(in: paths.data, of: server))
            guard let lock = try lock(paths.cacheLock(server, username)) else {
                return try Cache(username, handicap: .inUse)
            }
            let path = paths.cacheFile(server, username)
            do {
                return try Cache(username, path: path, lock: lock)
            } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
                try setAside(path)
                return try Cache(username, path: path, lock: lock)
            }
        } catch {
            return try Cache(username, handicap: .failed(CacheFailure(error)))
        }
    }

    /// Whoever lists the known accounts takes the lock for a moment; that is no reason to go without drafts.
    private static func lock(_ path: String) throws -> FileLock? {
        for _ in 0..<3 {
            if let lock = try FileLock(path) { return lock }
            usleep(20_000)
        }
        return nil
    }

    init(_ username: Username, path: String, lock: FileLock?) throws {
        // Made here, because SQLite would make it readable by everybody; its side files take after it.
        try PrivateFiles.touch(path)
        var configuration = Self.configuration
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // Drafts and the outbox survive a power cut. GRDB relaxes this when it turns WAL on, so it comes after.
        try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try CacheMigrations.all.migrate(queue)
        self.username = username
        self.queue = queue
        self.lock = Mutex(lock)
        handicap = nil
    }

    /// In memory.
    init(_ username: Username, handicap: Handicap?) throws {
        let queue = try DatabaseQueue(configuration: Self.configuration)
        try CacheMigrations.all.migrate(queue)
        self.username = username
        self.queue = queue
        self.handicap = handicap
        lock = Mutex(nil)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "obrol.cache"
        configuration.prepareDatabase { database in
            // A megabyte: a client is not to be felt.
            try database.execute(sql: "PRAGMA cache_size = -1024")
        }
        return configuration
    }

    /// What cannot be read is kept beside, since drafts may be rescued from it.
    private static func setAside(_ path: String) throws {
        let manager = FileManager.default
        let stamp = Int(Date().timeIntervalSince1970)
        for suffix in ["", "-wal", "-shm"] where manager.fileExists(atPath: path + suffix) {
            try manager.moveItem(atPath: path + suffix, toPath: "\(path).broken-\(stamp)\(suffix)")
        }
    }

    // MARK: Use

    /// Works on the cache's queue in one transaction, after everything asked for before, then answers.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (CacheRows) throws -> Value, then answer: LoopAnswer<Result<Value, any Error>>
    ) {
        self.work.submit { [queue] in
            answer(Result { try queue.inDatabase { try Self.transaction($0, work) } })
        }
    }

    /// As `perform`, but blocks the caller.
    func wait<Value>(_ work: (CacheRows) throws -> Value) throws -> Value {
        self.work.wait()
        return try queue.inDatabase { try Self.transaction($0, work) }
    }

    /// Blocks until all that was asked for is done, then closes the file and gives the lock back.
    func close() throws {
        defer { lock.withLock { $0 = nil } }
        work.wait()
        try queue.close()
    }

    private static func transaction<Value>(_ database: Database, _ work: (CacheRows) throws -> Value) throws -> Value {
        var value: Value?
        try database.inTransaction(.immediate) {
            value = try work(CacheRows(database: database))
            return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return value
    }
}

/// The rows of the cache inside one transaction. What it can do stands in one file for each noun.
struct CacheRows {
    let database: Database
}
