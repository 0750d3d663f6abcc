package import GRDB
import GRDBSQLite
import Synchronization

/// How long SQLite's log of changes is, and how much of it the main file has.
///
/// The log is kept short enough to be written over again and again: a sync of a file that grows writes its inode too, and
/// its pages are new to the system. With 8 MiB instead of 256, a sync was measured to take 0.14 ms instead of 0.33.
///
/// A checkpoint never begins while the main file has the whole log: in SQLite 3.7.0 to 3.51.2 a commit that begins the log
/// anew in that moment can count as moved when it is not, and be lost (sqlite.org/wal.html, "The WAL-Reset Bug"). While
/// there is something to move no commit begins the log anew, and nobody else moves it: checkpoints happen one at a time.
package final class LogLength: Sendable {
    /// Frames, a page and its head each, after which a checkpoint should not wait for a quiet moment.
    private static let due = 1024
    /// Frames after which the log begins anew.
    private static let long = 2048

    /// Held by a checkpoint, from the look at how much there is to move.
    private let checkpointing = Mutex(())
    /// Frames in the log after the newest commit.
    private let frames = Atomic<Int>(0)
    /// Frames that the main file had after the last checkpoint: no less than `frames` once it has them all, be it that
    /// the commit that added the last of them has yet to say so. A log that has begun anew and is just as long by now
    /// looks moved, until the next commit.
    private let moved = Atomic<Int>(0)
    /// Frames at the last attempt to move them: one that fails is not made again with every commit.
    private let tried = Atomic<Int>(0)
    /// Whether the next commit begins the log anew.
    private let restarts = Atomic<Bool>(false)

    package init() {}

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

    /// A commit is in the log, which has so many frames now.
    package func committed(frames count: Int) {
        // It has begun anew.
        if moved.load(ordering: .relaxed) > count { moved.store(0, ordering: .releasing) }
        frames.store(count, ordering: .releasing)
        if tried.load(ordering: .relaxed) > count { tried.store(0, ordering: .relaxed) }
    }

    var isDue: Bool { frames.load(ordering: .relaxed) - tried.load(ordering: .relaxed) >= Self.due }

    /// Moves finished work into the main file, on a connection that keeps no commit waiting.
    /// - Returns: whether there was something to move.
    package func move(_ db: Database) throws -> Bool {
        guard let length = try checkpoint(db) else { return false }
        guard length > Self.long else { return true }
        // Once more: what came meanwhile is little, and leaves next to nothing for the commit that begins anew.
        _ = try checkpoint(db)
        restarts.store(true, ordering: .relaxed)
        return true
    }

    /// - Returns: frames in the log; nil if there is nothing to move, or somebody else is at it right now.
    private func checkpoint(_ db: Database) throws -> Int? {
        try checkpointing.withLockIfAvailable { _ -> Int? in
            let length = frames.load(ordering: .acquiring)
            guard length > moved.load(ordering: .acquiring) else { return nil }
            tried.store(length, ordering: .relaxed)
            do {
                let result = try db.checkpoint(.passive)
                moved.store(result.checkpointedFrameCount, ordering: .releasing)
                return result.walFrameCount
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return nil
            }
        } ?? nil
    }

    /// Under steady load a checkpoint beside the commits never reaches the end of the log, which would grow for ever.
    /// Between two commits there is an end: little is left to move by then, and the next commit starts at the front.
    func restartIfDue(_ db: Database) throws {
        guard restarts.exchange(false, ordering: .relaxed) else { return }
        let isDone = try checkpoint(db) != nil || frames.load(ordering: .relaxed) <= moved.load(ordering: .relaxed)
        if !isDone { restarts.store(true, ordering: .relaxed) }
    }
}
