import ChatProtocol
import GRDB

/// Whether every nonce was used once, and whether the sealed tables know all that they should.
struct NonceCheck {
    private let db: Database
    private let names: ConversationNames
    private let findings: Findings

    init(_ db: Database, _ names: ConversationNames, _ findings: Findings) {
        (self.db, self.names, self.findings) = (db, names, findings)
    }

    /// - Parameter newest: the last entry of the log.
    func run(newest: Int64) throws {
        try checkUniqueness()
        try checkTables(newest: newest)
    }

    /// After seven days a nonce may come again.
    private func checkUniqueness() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT conversation, seq, earlier FROM (
                    SELECT conversation, seq, time, lag(time) OVER same AS before, lag(seq) OVER same AS earlier
                    FROM entry WHERE nonce IS NOT NULL
                    WINDOW same AS (PARTITION BY conversation, author, nonce ORDER BY id))
                WHERE time - before < \(NonceMemory.keptMilliseconds)
                """)
        while let row = try rows.next() {
            let (earlier, seq) = (row["earlier"] as Int64, row["seq"] as Int64)
            findings.damage(
                .log, "In \(names[row["conversation"]]) messages \(earlier) and \(seq) are one message, stored twice (same nonce)"
            )
        }
    }

    private func checkTables(newest: Int64) throws {
        guard let hash = try NonceHash.stored(db) else { return }
        let runs: [SealedNonces]
        do { runs = try SealedNonces.load(since: .min, db) } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT
        {
            return findings.damage(.nonces, "A table of nonces cannot be read: \(error.message ?? error.description)")
        }
        var last: Int64 = 0
        for run in runs {
            if run.base.value != last || run.through.value > newest {
                findings.damage(.nonces, "The table of nonces number \(run.run) does not follow the one before it")
            }
            last = run.through.value
            let unknown = try unknown(to: run, hash)
            if unknown > 0 { findings.damage(.nonces, "The table of nonces number \(run.run) does not know \(unknown) messages") }
        }
    }

    /// How many messages of a table's stretch it would take for new ones.
    private func unknown(to run: SealedNonces, _ hash: NonceHash) throws -> Int {
        let slots = try NonceSegments(db).all(of: run)
        let agrees =
            slots.count == run.tags.count
            && zip(slots, run.tags).allSatisfy { slot, tag in
                slot == 0 ? tag == 0 : tag == SealedNonces.tag(UInt32(slot >> 32))
            }
        let known = agrees ? Set(slots) : []
        let entries = try DirectStatement(
            "SELECT id, conversation, author, nonce FROM entry WHERE id > ? AND id <= ? AND nonce IS NOT NULL", db)
        defer { entries.reset() }
        try entries.bind(run.base.value, at: 1)
        try entries.bind(run.through.value, at: 2)
        var unknown = 0
        while try entries.step() {
            let tag = entries.withColumn(3) {
                hash.tag(ConversationID(entries.integer(1)), UserID(entries.integer(2)), $0)
            }
            if let tag, !known.contains(UInt64(tag) << 32 | UInt64(entries.integer(0) - run.base.value)) { unknown += 1 }
        }
        return unknown
    }
}
