import GRDB

/// One walk through all entries, and what it tells of the tables that point into the log.
struct LogCheck {
    /// Where a conversation stands in the walk.
    private struct Place {
        var seq: Int64
        var entry: Int64
        /// Its newest entry that the watermark of the heads covers.
        var covered: Int64
    }

    let names: ConversationNames
    private let db: Database
    private let findings: Findings
    private let watermark: Int64
    private var places: [Int64: Place] = [:]
    /// Where each file was announced, by its identifier.
    private var announced: [String: (conversation: Int64, seq: Int64)] = [:]
    private(set) var count = 0
    private(set) var newest: Int64 = 0
    private var missing: Int64 = 0

    init(_ db: Database, _ findings: Findings) throws {
        self.db = db
        self.findings = findings
        names = try ConversationNames(db)
        watermark = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'heads'").flatMap { Int64($0) } ?? 0
    }

    var conversations: Int { places.count }

    private func lastSeq(_ conversation: Int64) -> Int64 { places[conversation]?.seq ?? 0 }

    // MARK: Entries

    mutating func run() throws {
        let users = try Set(Int64.fetchAll(db, sql: "SELECT id FROM user"))
        let log = try DirectStatement(
            """
            SELECT id, conversation, seq, previous, author, ref, CASE kind WHEN \(StoredKind.file) THEN body END
            FROM entry ORDER BY id
            """, db)
        defer { log.reset() }
        while try log.step() {
            let conversation = log.integer(1)
            let seq = log.integer(2)
            count += 1
            newest = log.integer(0)
            check(log, entry: newest, seq: seq, after: places[conversation])
            if !names.exist(conversation) {
                findings.damage(.log, "Message \(seq) belongs to conversation number \(conversation), which is not there")
            }
            if !users.contains(log.integer(4)) {
                findings.damage(.log, "Message \(seq) of \(names[conversation]) has an author who is not there")
            }
            if let ref = log.optionalInteger(5), !(1..<max(2, seq)).contains(ref) {
                findings.damage(.log, "Message \(seq) of \(names[conversation]) answers message \(ref), which is not before it")
            }
            if let file = log.text(6) { announced[file] = (conversation, seq) }
            let covered = newest <= watermark ? newest : places[conversation]?.covered ?? 0
            places[conversation] = Place(seq: seq, entry: newest, covered: covered)
        }
        // Entries are numbered without gaps; what is missing between others was named above.
        let lost = newest - Int64(count) - missing
        if lost > 0 { findings.damage(.log, "\(lost) messages at the end of some conversation are missing") }
    }

    private mutating func check(_ log: DirectStatement, entry: Int64, seq: Int64, after last: Place?) {
        let name = names[log.integer(1)]
        let expected = (last?.seq ?? 0) + 1
        if seq > expected {
            missing += seq - expected
            let which = seq == expected + 1 ? "message \(expected) is" : "messages \(expected) to \(seq - 1) are"
            findings.damage(.log, "In \(name) \(which) missing")
        } else if seq < expected {
            findings.damage(.log, "In \(name) message \(seq) is there twice, or out of its order")
        } else if log.integer(3) != last?.entry ?? 0 {
            findings.damage(.log, "Message \(seq) of \(name) does not point to the one before it")
        }
    }

    // MARK: What points into the log

    func checkMilestones() throws {
        let wrong = try Row.fetchCursor(
            db,
            sql: """
                SELECT m.conversation, m.seq FROM milestone m LEFT JOIN entry e ON e.id = m.entry
                WHERE e.id IS NULL OR e.conversation <> m.conversation OR e.seq <> m.seq OR m.seq % \(EntryLog.milestones) <> 0
                """)
        while let row = try wrong.next() {
            findings.damage(.milestones, "The index of \(names[row["conversation"]]) is wrong at message \(row["seq"] as Int64)")
        }
        let counts = try Row.fetchAll(db, sql: "SELECT conversation, count(*) AS count FROM milestone GROUP BY conversation")
        let known: [Int64: Int64] = Dictionary(uniqueKeysWithValues: counts.map { ($0["conversation"], $0["count"]) })
        for (conversation, place) in places.sorted(by: { $0.key < $1.key })
        where known[conversation, default: 0] < place.seq / EntryLog.milestones {
            findings.damage(.milestones, "The index of \(names[conversation]) has gaps")
        }
    }

    func checkHeads() throws {
        if watermark > newest {
            findings.damage(
                .heads, "The ends of conversations were noted up to entry \(watermark), and the log ends at \(newest)")
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT h.conversation, h.seq, h.entry, e.id IS NOT NULL AS found FROM head h
                LEFT JOIN entry e ON e.id = h.entry AND e.conversation = h.conversation AND e.seq = h.seq
                """)
        var heads: [Int64: Int64] = [:]
        while let row = try rows.next() {
            let conversation: Int64 = row["conversation"]
            heads[conversation] = row["entry"]
            if !row["found"] {
                findings.damage(
                    .heads, "The noted end of \(names[conversation]), message \(row["seq"] as Int64), is not in the log")
            }
        }
        for (conversation, place) in places.sorted(by: { $0.key < $1.key })
        where heads[conversation, default: 0] < place.covered {
            findings.damage(.heads, "The noted end of \(names[conversation]) is behind the log")
        }
    }

    func checkPeople() throws {
        let members = try Row.fetchCursor(
            db, sql: "SELECT m.conversation, m.first, m.last, u.username FROM member m LEFT JOIN user u ON u.id = m.user")
        while let row = try members.next() {
            let conversation: Int64 = row["conversation"]
            let end = lastSeq(conversation)
            let (first, last) = (row["first"] as Int64, row["last"] as Int64?)
            guard first > end + 1 || first < 1 || (last ?? 0) > end else { continue }
            findings.damage(
                .people, "\(Self.person(row)) is a member of \(names[conversation]) beyond its last message, \(end)")
        }
        let positions = try Row.fetchCursor(
            db,
            sql: "SELECT r.conversation, r.seq, u.username FROM read_position r LEFT JOIN user u ON u.id = r.user")
        while let row = try positions.next() {
            let conversation: Int64 = row["conversation"]
            let (seq, end) = (row["seq"] as Int64, lastSeq(conversation))
            guard seq > end else { continue }
            findings.damage(
                .people, "\(Self.person(row)) has read \(names[conversation]) through message \(seq), and it ends at \(end)")
        }
    }

    private static func person(_ row: Row) -> String { row["username"] ?? "Somebody who is not there" }

    func checkFiles() throws {
        var unknown = announced
        let files = try Row.fetchCursor(db, sql: "SELECT id, label, conversation, seq FROM file")
        while let row = try files.next() {
            let (id, label) = (row["id"] as String, row["label"] as String)
            let place = unknown.removeValue(forKey: id)
            if place?.conversation != row["conversation"] || place?.seq != row["seq"] {
                findings.damage(.files, "The file \"\(label)\" (\(id)) is not where \(names[row["conversation"]]) announces it")
            }
        }
        for (id, place) in unknown.sorted(by: { $0.key < $1.key }) {
            findings.damage(
                .files, "Message \(place.seq) of \(names[place.conversation]) announces a file, \(id), that is not known")
        }
    }
}

/// What conversations are called when an administrator is told of them.
struct ConversationNames {
    private let names: [Int64: String]

    init(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.id, c.room, low.username AS low, high.username AS high FROM conversation c
                LEFT JOIN user low ON low.id = c.low LEFT JOIN user high ON high.id = c.high
                """)
        var names: [Int64: String] = [:]
        while let row = try rows.next() {
            let sides = [row["low"] as String?, row["high"] as String?].map { "@" + ($0 ?? "?") }
            names[row["id"]] = (row["room"] as String?).map { "#" + $0 } ?? sides.joined(separator: " and ")
        }
        self.names = names
    }

    func exist(_ conversation: Int64) -> Bool { names[conversation] != nil }

    subscript(_ conversation: Int64) -> String { names[conversation] ?? "conversation number \(conversation)" }
}
