import ChatProtocol
import GRDB

/// How much of the log is learnt anew when the store opens, about.
package struct UpkeepStretches: Sendable {
    /// Entries after which the heads are brought up to date again.
    package var entries: Int
    /// Entries whose nonces stand in one table before it is sealed.
    package var nonces: Int

    package init(entries: Int, nonces: Int) {
        self.entries = entries
        self.nonces = nonces
    }

    /// Nonces just below a power of two, so that the batch that fills a table does not make it grow once more.
    package static let usual = UpkeepStretches(entries: 1 << 17, nonces: (1 << 18) - (1 << 13))
}

/// What is written behind the messages, a little with every commit: the heads of logs, and sealed tables of nonces.
///
/// Each has a watermark in the database: what came after it is learnt from the log when the store opens, which bounds
/// how long that takes. A value: when a transaction fails, what was written in it is written again.
struct Upkeep {
    private let heads: Heads
    private let nonces: NonceMemory
    private let stretch: Int64
    /// The heads in the database know every entry up to here.
    private var watermark: EntryID
    /// A round through the heads: which entries it will have covered, and where it goes on.
    private var round: (target: EntryID, cursor: Int)?
    private var nextSegment = 0
    private var hasSealed = false

    init(heads: Heads, nonces: NonceMemory, stretch: Int64, watermark: EntryID) {
        self.heads = heads
        self.nonces = nonces
        self.stretch = stretch
        self.watermark = watermark
    }

    /// Does a share of what is to be done. Called inside the transaction of a batch.
    /// - Parameters:
    ///   - changes: in the batch: the more there is to do for others, the more is done here.
    ///   - newest: the newest entry that was durable before the batch.
    mutating func step(changes: Int, newest: EntryID, _ db: Database) throws {
        if round == nil, newest.value - watermark.value >= stretch { round = (newest, 0) }
        if let round { try writeHeads(round, limit: 8 + changes * 2, slots: 4096 + changes * 16, db) }
        if nonces.sealing != nil { try writeSegments(1 + changes / 64, db) }
    }

    private mutating func writeHeads(_ round: (target: EntryID, cursor: Int), limit: Int, slots: Int, _ db: Database) throws {
        let (found, next) = heads.newer(than: watermark, after: round.cursor, limit: limit, slots: slots)
        let statement = try DirectStatement("INSERT OR REPLACE INTO head (conversation, seq, entry) VALUES (?, ?, ?)", db)
        for (conversation, head) in found {
            try statement.bind(conversation.value, at: 1)
            try statement.bind(head.seq.value, at: 2)
            try statement.bind(head.entry.value, at: 3)
            try statement.run()
        }
        if let next {
            self.round = (round.target, next)
        } else {
            try Self.setWatermark(round.target, db)
            watermark = round.target
            self.round = nil
        }
    }

    private mutating func writeSegments(_ count: Int, _ db: Database) throws {
        guard let sealing = nonces.sealing, !hasSealed else { return }
        let segments = try NonceSegments(db)
        let end = nextSegment + min(sealing.segments - nextSegment, count)
        for segment in nextSegment..<end {
            try segments.write(segment, of: sealing)
            nonces.keepTags(before: sealing.end(of: segment))
        }
        nextSegment = end
        if end == sealing.segments {
            try segments.finish(sealing)
            hasSealed = true
        }
    }

    /// What `step` wrote is durable.
    mutating func committed(at now: Timestamp) {
        guard hasSealed else { return }
        nonces.sealingFinished(now: now)
        hasSealed = false
        nextSegment = 0
    }

    // MARK: Opening

    /// Learns what the log holds past the watermarks.
    static func open(heads: Heads, stretches: UpkeepStretches, now: Timestamp, _ db: Database) throws -> (Upkeep, NonceMemory) {
        let sealed = try SealedNonces.load(since: now.milliseconds - NonceMemory.keptMilliseconds, db)
        let nonces = NonceMemory(
            hash: try nonceHash(db), sealed: sealed, lastRun: try SealedNonces.last(db), stretch: stretches.nonces)
        let watermark = EntryID(try meta("heads", db).flatMap { Int64($0) } ?? 0)
        var upkeep = Upkeep(heads: heads, nonces: nonces, stretch: Int64(stretches.entries), watermark: watermark)
        try upkeep.learn(db)
        return (upkeep, nonces)
    }

    private mutating func learn(_ db: Database) throws {
        let tail = try DirectStatement(
            "SELECT id, conversation, seq, author, time, nonce FROM entry WHERE id > ? ORDER BY id", db)
        let sealedThrough = nonces.sealedThrough
        try tail.bind(min(watermark, sealedThrough).value, at: 1)
        var learnt: [(ConversationID, Head)] = []
        var newest = watermark
        do {
            defer { tail.reset() }
            while try tail.step() {
                newest = EntryID(tail.integer(0))
                let conversation = ConversationID(tail.integer(1))
                if newest > watermark { learnt.append((conversation, Head(seq: Seq(unchecked: tail.integer(2)), entry: newest))) }
                if learnt.count == 4096 {
                    heads.apply(learnt)
                    learnt.removeAll(keepingCapacity: true)
                }
                guard newest > sealedThrough else { continue }
                let author = UserID(tail.integer(3))
                tail.withColumn(5) { nonces.insert(nonces.hash.tag(conversation, author, $0), newest) }
                nonces.sealIfFull(through: newest, newest: Timestamp(milliseconds: tail.integer(4)))
                if nonces.sealing != nil, newest.value - sealedThrough.value > longTail {
                    try writeSegments(.max, db)
                    committed(at: Timestamp(milliseconds: tail.integer(4)))
                }
            }
        }
        heads.apply(learnt)
        // Only a database of an earlier version has so long a tail.
        if newest.value - watermark.value > longTail {
            try writeHeads((newest, 0), limit: .max, slots: .max, db)
        }
    }

    private var longTail: Int64 { 4 * stretch }

    // MARK: Meta

    private static func meta(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }

    private static func setMeta(_ key: String, _ value: String, _ db: Database) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", arguments: [key, value])
    }

    private static func setWatermark(_ entry: EntryID, _ db: Database) throws { try setMeta("heads", "\(entry.value)", db) }

    private static func nonceHash(_ db: Database) throws -> NonceHash {
        if let text = try meta("nonce key", db) {
            let words = text.split(separator: " ").compactMap { UInt64($0) }
            if words.count == 2 { return NonceHash(first: words[0], second: words[1]) }
        }
        var generator = SystemRandomNumberGenerator()
        let hash = NonceHash(first: generator.next(), second: generator.next())
        try setMeta("nonce key", "\(hash.first) \(hash.second)", db)
        return hash
    }
}
