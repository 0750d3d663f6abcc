public import ChatProtocol
import Foundation
import GRDB
import Synchronization

/// The store in one SQLite file, in WAL mode, every commit synced.
public final class SQLiteStore: Store {
    public let epoch: String

    let pool: DatabasePool
    /// A connection of its own, so that a checkpoint keeps no commit waiting.
    private let checkpointer: DatabaseQueue
    private let log = LogLength()
    let sessions = SessionDirectory()
    let heads = Heads()
    /// Touched only inside `commit`.
    private let committing: Mutex<Committing>
    let now: @Sendable () -> Timestamp
    private let lock: DirectoryLock

    /// Opens or creates the store of a data folder, which it locks against a second server.
    /// - Parameters:
    ///   - directory: created if it does not exist, readable by its owner alone; so is the database in it, always.
    ///   - maximumBytes: the database refuses to grow past this; for quotas and tests.
    ///   - now: the wall clock.
    /// - Throws: `StoreOpenError`, with what to do about it.
    public convenience init(directory: String, maximumBytes: Int64? = nil, now: @escaping @Sendable () -> Timestamp) throws {
        try self.init(directory: directory, maximumBytes: maximumBytes, stretches: .usual, now: now)
    }

    package init(
        directory: String, maximumBytes: Int64? = nil, stretches: UpkeepStretches, now: @escaping @Sendable () -> Timestamp
    ) throws {
        lock = try DirectoryLock(directory)
        let path = directory + "/obrol.sqlite"
        try OwnerOnly.prepare(database: path)
        pool = try Self.open(path)
        self.now = now
        do {
            checkpointer = try DatabaseQueue(path: path, configuration: Self.configuration)
            try Self.migrate(pool, path) { [pool, checkpointer] in try Self.close(pool, checkpointer) }
            if try pool.read({ try Schema.migrator.hasBeenSuperseded($0) }) {
                throw StoreOpenError("The data in \(directory) was written by a newer version of this program.")
            }
            try Self.makeDurable(pool, maximumBytes: maximumBytes)
            pool.writeWithoutTransaction { [log] db in log.watch(db) }
            try Self.syncLog(ofDatabase: path)
            epoch = try pool.write { db in try Self.epoch(db) }
            committing = Mutex(try Committing(pool, heads: heads, stretches: stretches, now: now()))
            try pool.read { db in try sessions.load(db) }
        } catch let error as DatabaseError {
            throw StoreOpenError("The database \(path) cannot be used: \(error.message ?? error.description)")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "obrol"
        configuration.maximumReaderCount = 2
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            let kibibytes = db.configuration.readonly ? 1_000 : 16_000
            try db.execute(
                sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(kibibytes)")
        }
        return configuration
    }

    private static func open(_ path: String) throws -> DatabasePool {
        do { return try DatabasePool(path: path, configuration: configuration) } catch let error as DatabaseError {
            throw StoreOpenError("The database \(path) cannot be opened: \(error.message ?? error.description)")
        }
    }

    /// - Parameter close: gives back the room that was taken in vain.
    private static func migrate(_ pool: DatabasePool, _ path: String, close: () throws -> Void) throws {
        do {
            guard try !pool.read(Schema.migrator.hasCompletedMigrations) else { return }
            try clearLog(pool)
            try Schema.migrator.migrate(pool)
        } catch {
            guard case .diskFull = pool.writeWithoutTransaction({ db in Trouble(error, db) }) else { throw error }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
            try close()
            throw StoreOpenError(
                """
                There is no room on the disk of \(path) to bring it to the form of this version: have \(megabytes(3 * size)) \
                free, three times its size. Nothing in it has changed.
                """)
        }
    }

    /// Nothing of value is in the log then, and it can go where there is no room to move anything.
    private static func clearLog(_ pool: DatabasePool) throws {
        do {
            _ = try pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Somebody looks into the database right now: it stays.
        }
    }

    private static func megabytes(_ bytes: Int64) -> String { "\(max(1, (bytes + 999_999) / 1_000_000)) MB" }

    /// GRDB sets `synchronous` itself when it turns the WAL on, so ours comes after.
    private static func makeDurable(_ pool: DatabasePool, maximumBytes: Int64?) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
            if let maximumBytes {
                let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
                _ = try Row.fetchOne(db, sql: "PRAGMA max_page_count = \(max(1, maximumBytes / pageSize))")
            }
        }
    }

    /// What `PRAGMA synchronous` says of the connection that writes: 2 is `FULL`.
    package func synchronousLevel() throws -> Int {
        try pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1 }
    }

    private static func epoch(_ db: Database) throws -> String {
        if let epoch = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") { return epoch }
        let epoch = FileID.random().text
        try db.execute(sql: "INSERT INTO meta (key, value) VALUES ('epoch', ?)", arguments: [epoch])
        return epoch
    }

    public func session(_ token: TokenHash) -> Session? { sessions.session(token, now: now()) }

    // MARK: Commit

    public func commit(_ changes: [Change]) throws(StoreFailure) -> [Result<Outcome, ProtocolError>] {
        do { return try commitTogether(changes) } catch {
            switch error {
            case .diskFull:
                // The server goes on, and says so to everybody who waited.
                return changes.map { _ in .failure(.diskFull) }
            case .disk(let reason):
                throw StoreFailure(reason)
            case .one:
                return try commitOneByOne(changes)
            }
        }
    }

    private func commitTogether(_ changes: [Change]) throws(Trouble) -> [Result<Outcome, ProtocolError>] {
        try committing.withLock { committing throws(Trouble) in
            let upkeep = committing.upkeep
            let results: Result<[Result<Outcome, ProtocolError>], Trouble> = pool.writeWithoutTransaction { db in
                do {
                    try log.restartIfDue(db)
                    return .success(
                        try committing.commit(changes, at: now(), db) { change, ledger in try judge(change, &ledger, db) })
                } catch {
                    return .failure(Trouble(error, db))
                }
            }
            switch results {
            case .success:
                sessions.apply(committing.ledger.sessionChanges)
            case .failure:
                // Whatever was learnt from this batch did not happen.
                committing.ledger.takeBack()
                committing.upkeep = upkeep
            }
            return try results.get()
        }
    }

    /// One change makes the whole transaction fail: commit each by itself, and refuse that one.
    private func commitOneByOne(_ changes: [Change]) throws(StoreFailure) -> [Result<Outcome, ProtocolError>] {
        var results: [Result<Outcome, ProtocolError>] = []
        for change in changes {
            do { results += try commitTogether([change]) } catch {
                switch error {
                case .diskFull: results.append(.failure(.diskFull))
                case .disk(let reason): throw StoreFailure(reason)
                case .one: results.append(.failure(ProtocolError(.internal, "The server could not store this. Try again.")))
                }
            }
        }
        return results
    }

    private func judge(_ change: Change, _ ledger: inout Ledger, _ db: Database) throws -> Result<Outcome, ProtocolError> {
        do {
            return .success(try apply(change, &ledger, db))
        } catch let refusal as ProtocolError {
            return .failure(refusal)
        }
    }

    private func apply(_ change: Change, _ ledger: inout Ledger, _ db: Database) throws -> Outcome {
        switch change {
        case .register(let user): .registered(try register(user, &ledger, db))
        case .openSession(let session): .sessionOpened(try openSession(session, &ledger, db))
        case .endSession(let caller): try endSession(caller, &ledger, db)
        case .touchSession(let session): try touchSession(session, &ledger, db)
        case .post(let post): .posted(try self.post(post, &ledger, db))
        case .join(let room, let caller): .joined(try join(room, caller, &ledger, db))
        case .leave(let room, let caller): .left(try leave(room, caller, &ledger, db))
        case .read(let positions, let caller): .read(try moveRead(positions, caller, &ledger, db))
        case .beginUpload(let upload): .upload(try beginUpload(upload, &ledger, db))
        case .shareFile(let share): try shareFile(share, &ledger, db)
        case .expire: .expired(try expire(&ledger, db))
        }
    }

    // MARK: Upkeep

    public var wantsCheckpoint: Bool { log.isDue }

    public func checkpoint() throws {
        try checkpointer.writeWithoutTransaction { db in
            do { _ = try log.move(db) } catch {
                if case .diskFull = Trouble(error, db) { throw ProtocolError.diskFull }
                throw error
            }
        }
    }

    public func close() throws {
        committing.withLock { $0.ledger.letGoOfStatements() }
        try Self.close(pool, checkpointer)
        lock.release()
    }

    /// Whoever closes last moves what is left in the log, and removes it. The readers of the pool cannot. Nobody commits
    /// any more, so that this checkpoint is a safe one whatever it finds. (`LogLength`)
    private static func close(_ pool: DatabasePool, _ checkpointer: DatabaseQueue) throws {
        try pool.close()
        try checkpointer.close()
    }
}

/// What belongs to the thread that commits.
private struct Committing {
    var ledger: Ledger
    var upkeep: Upkeep

    /// Learns what the log holds.
    init(_ pool: DatabasePool, heads: Heads, stretches: UpkeepStretches, now: Timestamp) throws {
        (ledger, upkeep) = try pool.write { db in
            let (upkeep, nonces) = try Upkeep.open(heads: heads, stretches: stretches, now: now, db)
            let newest = try EntryID.fetchNewest(db)
            return (Ledger(newest: newest.time, newestEntry: newest.entry, heads: heads, nonces: nonces), upkeep)
        }
    }

    /// One transaction.
    mutating func commit(
        _ changes: [Change], at now: Timestamp, _ db: Database,
        judge: (Change, inout Ledger) throws -> Result<Outcome, ProtocolError>
    ) throws -> [Result<Outcome, ProtocolError>] {
        try ledger.begin(at: now, db)
        var results: [Result<Outcome, ProtocolError>] = []
        results.reserveCapacity(changes.count)
        let log = try ledger.log
        try log.begin.run()
        do {
            for change in changes { results.append(try judge(change, &ledger)) }
            try log.writer.flush()
            try upkeep.step(changes: changes.count, newest: ledger.durableEntry, db)
            try log.commit.run()
        } catch {
            // Some failures end the transaction themselves. The first is told: none can begin inside of one that stays.
            if db.isInsideTransaction { try db.rollback() }
            throw error
        }
        ledger.committed()
        upkeep.committed(at: ledger.time)
        return results
    }
}
