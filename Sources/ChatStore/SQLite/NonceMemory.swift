import ChatProtocol
import GRDB

/// Which nonces the log holds, so that a new one is known as new without asking the disk.
///
/// The newest stretch of the log stands in a table in memory. When that is full it is sealed: `Upkeep` writes its slots
/// into the database behind the messages, and two bytes a slot stay here. What crashes meanwhile is learnt from the log.
/// A stretch is forgotten when its newest entry is older than seven days.
///
/// Belongs to `commit`. An entry that was taken back with its transaction may stay in a table: whoever finds it looks.
final class NonceMemory {
    /// A table whose slots are on their way into the database, and what stays of them here on its way into a filter.
    final class Sealing {
        let run: Int64
        let table: NonceTable
        let through: EntryID
        let newest: Int64
        /// Of the slots so far.
        fileprivate(set) var tags: [UInt16] = []
        fileprivate var row: NonceFilter.Row

        init(run: Int64, table: NonceTable, through: EntryID, newest: Int64) {
            self.run = run
            self.table = table
            self.through = through
            self.newest = newest
            row = NonceFilter.Row(before: table.slots)
            tags.reserveCapacity(table.slots.count)
        }
    }

    static let keptMilliseconds: Int64 = 7 * 24 * 3600 * 1000

    let hash: NonceHash
    /// Entries whose nonces stand in one table before it is sealed.
    private let stretch: Int
    private var active: NonceTable
    private(set) var sealing: Sealing?
    private var sealed: [SealedRuns] = []

    /// The newest run that was sealed, young or not, and the last entry of its stretch.
    private var lastRun: Int64
    private(set) var sealedThrough: EntryID

    init(hash: NonceHash, sealed: [SealedNonces], lastRun: (run: Int64, through: EntryID), stretch: Int) {
        self.hash = hash
        self.stretch = stretch
        self.lastRun = lastRun.run
        sealedThrough = lastRun.through
        active = NonceTable(base: lastRun.through)
        for run in sealed { add(run) }
    }

    private func add(_ run: SealedNonces) {
        makeRoom()
        sealed[sealed.count - 1].append(run)
    }

    private func makeRoom() {
        if sealed.last?.isFull ?? true { sealed.append(SealedRuns()) }
    }

    func insert(_ tag: UInt32, _ entry: EntryID) { active.insert(tag, entry) }

    /// The entry of this hash that `isSought` recognises, if the log has it.
    func find(_ tag: UInt32, _ segments: NonceSegments, _ isSought: (EntryID) throws -> Bool) throws -> EntryID? {
        if let found = try Self.find(tag, in: active, isSought) { return found }
        if let sealing, let found = try Self.find(tag, in: sealing.table, isSought) { return found }
        for runs in sealed {
            for run in runs.holders(of: tag) {
                if let found = try segments.find(tag, in: run, isSought) { return found }
            }
        }
        return nil
    }

    private static func find(_ tag: UInt32, in table: NonceTable, _ isSought: (EntryID) throws -> Bool) rethrows -> EntryID? {
        var place = table.start(of: tag)
        while let entry = table.next(tag, at: &place) {
            if try isSought(entry) { return entry }
        }
        return nil
    }

    /// Begins to seal the table in use if its stretch is over and no other is being sealed.
    /// - Parameters:
    ///   - through: the newest durable entry.
    ///   - newest: its time.
    func sealIfFull(through: EntryID, newest: Timestamp) {
        // By entries, not by nonces: else a store of messages without nonces is read from its beginning at every start.
        let isFull = active.count >= stretch || through.value - active.base.value >= Int64(stretch)
        guard isFull, sealing == nil else { return }
        sealing = Sealing(run: lastRun + 1, table: active, through: through, newest: newest.milliseconds)
        active = NonceTable(base: through, expected: active.count)
        makeRoom()
    }

    /// Takes what stays here of the slots before this one: a little at a time, so that no commit waits for all of it.
    func keepTags(before end: Int) {
        guard let sealing, sealing.tags.count < end else { return }
        for slot in sealing.table.slots[sealing.tags.count..<end] {
            sealing.tags.append(slot == 0 ? 0 : SealedNonces.tag(UInt32(slot >> 32)))
        }
        sealed[sealed.count - 1].expect(sealing.tags, bits: sealing.table.bits, &sealing.row)
    }

    /// The sealed table stands in the database.
    func sealingFinished(now: Timestamp) {
        guard let done = sealing else { return }
        sealing = nil
        lastRun = done.run
        sealedThrough = done.through
        sealed[sealed.count - 1].appendExpected(
            SealedNonces(
                run: done.run, base: done.table.base, through: done.through, newest: done.newest, bits: done.table.bits,
                tags: done.tags))
        for index in sealed.indices { sealed[index].removeAll { now.milliseconds - $0.newest > Self.keptMilliseconds } }
        sealed.removeAll(where: \.runs.isEmpty)
    }
}

extension NonceMemory.Sealing {
    /// Pieces in which its slots are written.
    var segments: Int { (table.slots.count + NonceSegments.slots - 1) / NonceSegments.slots }

    func end(of segment: Int) -> Int { min((segment + 1) * NonceSegments.slots, table.slots.count) }
}

/// Sealed tables in the database, on one connection: their slots in pieces that fill a page each.
struct NonceSegments {
    static let slots = 480

    private let read: DirectStatement
    private let write: DirectStatement
    private let finish: DirectStatement

    init(_ db: Database) throws {
        read = try DirectStatement("SELECT slots FROM nonce_segment WHERE id = ?", db)
        write = try DirectStatement("INSERT OR REPLACE INTO nonce_segment (id, slots) VALUES (?, ?)", db)
        finish = try DirectStatement(
            "INSERT INTO nonce_run (id, base, through, newest, bits, tags) VALUES (?, ?, ?, ?, ?, ?)", db)
    }

    private static func id(run: Int64, segment: Int) -> Int64 { run << 20 | Int64(segment) }

    func find(_ tag: UInt32, in run: SealedNonces, _ isSought: (EntryID) throws -> Bool) throws -> EntryID? {
        let mask = run.tags.count - 1
        var index = NonceTable.index(tag, bits: run.bits)
        var segment = -1
        var slots: [UInt64] = []
        while true {
            if index / Self.slots != segment {
                segment = index / Self.slots
                slots = try self.slots(run: run.run, segment: segment)
            }
            guard index % Self.slots < slots.count, slots[index % Self.slots] != 0 else { return nil }
            let slot = slots[index % Self.slots]
            let entry = EntryID(run.base.value + Int64(slot & 0xFFFF_FFFF))
            if UInt32(slot >> 32) == tag, try isSought(entry) { return entry }
            index = (index + 1) & mask
        }
    }

    func slots(run: Int64, segment: Int) throws -> [UInt64] {
        defer { read.reset() }
        try read.bind(Self.id(run: run, segment: segment), at: 1)
        guard try read.step() else { return [] }
        return read.withColumn(0) { bytes in
            (0..<bytes.count / 8).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
        } ?? []
    }

    func write(_ segment: Int, of sealing: NonceMemory.Sealing) throws {
        let slots = sealing.table.slots[segment * Self.slots..<sealing.end(of: segment)].map { $0.littleEndian }
        try write.bind(Self.id(run: sealing.run, segment: segment), at: 1)
        try slots.withUnsafeBytes { bytes in try write.withBytes(bytes, at: 2) { try write.run() } }
    }

    /// From now on the run counts.
    func finish(_ sealing: NonceMemory.Sealing) throws {
        try finish.bind(sealing.run, at: 1)
        try finish.bind(sealing.table.base.value, at: 2)
        try finish.bind(sealing.through.value, at: 3)
        try finish.bind(sealing.newest, at: 4)
        try finish.bind(Int64(sealing.table.bits), at: 5)
        try sealing.tags.map { $0.littleEndian }.withUnsafeBytes { bytes in
            try finish.withBytes(bytes, at: 6) { try finish.run() }
        }
    }
}

extension SealedNonces {
    /// The newest run of all; zero and zero if there is none.
    static func last(_ db: Database) throws -> (run: Int64, through: EntryID) {
        let row = try Row.fetchOne(db, sql: "SELECT id, through FROM nonce_run ORDER BY id DESC LIMIT 1")
        return (row?["id"] ?? 0, EntryID(row?["through"] ?? 0))
    }

    /// The runs that are young enough to count, oldest first.
    static func load(since oldest: Int64, _ db: Database) throws -> [SealedNonces] {
        let statement = try DirectStatement(
            "SELECT id, base, through, newest, bits, tags FROM nonce_run WHERE newest >= ? ORDER BY id", db)
        defer { statement.reset() }
        try statement.bind(oldest, at: 1)
        var runs: [SealedNonces] = []
        while try statement.step() {
            let tags =
                statement.withColumn(5) { bytes in
                    [UInt16](unsafeUninitializedCapacity: bytes.count / 2) { tags, count in
                        UnsafeMutableRawBufferPointer(tags).copyMemory(
                            from: UnsafeRawBufferPointer(rebasing: bytes[..<(tags.count * 2)]))
                        count = tags.count
                    }
                } ?? []
            let bits = Int(statement.integer(4))
            guard (1...30).contains(bits), tags.count == 1 << bits else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "A table of nonces has another size than it says.")
            }
            runs.append(
                SealedNonces(
                    run: statement.integer(0), base: EntryID(statement.integer(1)), through: EntryID(statement.integer(2)),
                    newest: statement.integer(3), bits: bits, tags: tags.map(UInt16.init(littleEndian:))))
        }
        return runs
    }
}
