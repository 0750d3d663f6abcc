import ChatStore
import ChatTesting
import Foundation
import GRDB
import Testing

/// Some versions of SQLite lose a commit that begins the log anew while a checkpoint begins that has nothing to move.
@Suite("The length of SQLite's log")
struct LogLengthTests {
    @Test("no checkpoint begins while the main file has all of the log")
    func onlyWhatIsThere() throws {
        try withDatabase { log, commit, move in
            #expect(try !move(), "nothing was committed yet")
            for _ in 0..<3 {
                try commit()
                log.committed(frames: 1)
                try commit()
                log.committed(frames: 2)
                #expect(try move())
                #expect(try !move())
            }
        }
    }

    @Test("nor before a commit that was moved has said how long the log is")
    func toldLate() throws {
        try withDatabase { log, commit, move in
            try commit()
            log.committed(frames: 1)
            try commit()
            #expect(try move())
            #expect(try !move())
            log.committed(frames: 2)
            #expect(try !move())
            try commit()
            log.committed(frames: 1)
            #expect(try move(), "the log has begun anew")
        }
    }

    /// - Parameter body: is given a way to commit one frame, and a way to move what there is.
    private func withDatabase(_ body: (LogLength, () throws -> Void, () throws -> Bool) throws -> Void) throws {
        let directory = try TemporaryFolder.make("obrol-log")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let writer = try DatabasePool(path: directory + "/log.sqlite")
        let mover = try DatabaseQueue(path: directory + "/log.sqlite")
        try writer.write { db in try db.execute(sql: "CREATE TABLE t (x)") }
        _ = try mover.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        let log = LogLength()
        try body(log) {
            try writer.write { db in try db.execute(sql: "INSERT INTO t VALUES (1)") }
        } _: {
            try mover.writeWithoutTransaction { db in try log.move(db) }
        }
        try mover.close()
        try writer.close()
    }
}
