import GRDB
import GRDBSQLite
import Synchronization

/// How long SQLite's log of changes is, and how much of it the main file has.
///
/// The log is kept short enough to be written over again and again: a sync of a file that grows writes its inode too, and
/// its pages are new to the system. With 8 MiB instead of 256, a sync was measured to take 0.14 ms instead of 0.33.
final class LogLength: Sendable {
    /// Frames, a page and its head each, after which a checkpoint should not wait for a quiet moment.
    private static let due = 1024
    /// Frames after which the log begins anew.
    private static let long = 2048

    private let frames = Atomic<Int>(0)
    private let moved = Atomic<Int>(-1)
    /// Frames at the last attempt to move them: one that fails is not made again with every commit.
    private let tried = Atomic<Int>(0)
    /// Whether the next commit begins the log anew.
    private let restarts = Atomic<Bool>(false)

    /// Follows what this connection commits.
    func watch(_ db: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, frames in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().committed(frames: Int(frames))
                return SQLITE_OK
            }, context)
    }

    private func committed(frames count: Int) {
        frames.store(count, ordering: .relaxed)
        // It has begun anew.
        if moved.load(ordering: .relaxed) > count { moved.store(0, ordering: .relaxed) }
        if tried.load(ordering: .relaxed) > count { tried.store(0, ordering: .relaxed) }
    }

    var isDue: Bool { frames.load(ordering: .relaxed) - tried.load(ordering: .relaxed) >= Self.due }

    /// Moves finished work into the main file, on a connection that keeps no commit waiting.
    func move(_ db: Database) throws {
        guard frames.load(ordering: .relaxed) != moved.load(ordering: .relaxed) else { return }
        guard let length = try checkpoint(db), length > Self.long else { return }
        // Once more: what came meanwhile is little, and leaves next to nothing for the commit that begins anew.
        _ = try checkpoint(db)
        restarts.store(true, ordering: .relaxed)
    }

    /// - Returns: frames in the log; nil if the other connection is at it right now.
    private func checkpoint(_ db: Database) throws -> Int? {
        tried.store(frames.load(ordering: .relaxed), ordering: .relaxed)
        do {
            let result = try db.checkpoint(.passive)
            moved.store(result.checkpointedFrameCount, ordering: .relaxed)
            return result.walFrameCount
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return nil
        }
    }

    /// Under steady load a checkpoint beside the commits never reaches the end of the log, which would grow for ever.
    /// Between two commits there is an end: little is left to move by then, and the next commit starts at the front.
    func restartIfDue(_ db: Database) throws {
        guard restarts.exchange(false, ordering: .relaxed) else { return }
        if try checkpoint(db) == nil { restarts.store(true, ordering: .relaxed) }
    }
}
