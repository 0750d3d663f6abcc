import ChatProtocol
import GRDB

/// The log on one connection, by conversation and seq.
///
/// Entries stand in order of arrival, and each knows the one before it in its conversation. A milestone at every
/// sixty-fourth tells where that one stands: to find a seq is to take the milestone above it and to go back from there.
struct EntryLog {
    static let milestones: Int64 = 64

    private let row: DirectStatement
    private let milestone: DirectStatement
    private let storedHead: DirectStatement

    init(_ db: Database) throws {
        row = try DirectStatement(
            "SELECT conversation, seq, previous, author, kind, time, ref, nonce, body FROM entry WHERE id = ?", db)
        milestone = try DirectStatement(
            "SELECT seq, entry FROM milestone WHERE conversation = ? AND seq >= ? ORDER BY seq LIMIT 1", db)
        storedHead = try DirectStatement("SELECT seq, entry FROM head WHERE conversation = ?", db)
    }

    /// The head as the database knows it: for conversations that `Heads` does not hold.
    func head(of conversation: ConversationID) throws -> Head {
        defer { storedHead.reset() }
        try storedHead.bind(conversation.value, at: 1)
        guard try storedHead.step() else { return .empty }
        return Head(seq: Seq(unchecked: storedHead.integer(0)), entry: EntryID(storedHead.integer(1)))
    }

    /// Looks at one entry; nil if there is none of this number.
    func withEntry<Result>(_ id: EntryID, _ body: (EntryRow) throws -> Result) throws -> Result? {
        defer { row.reset() }
        try row.bind(id.value, at: 1)
        guard try row.step() else { return nil }
        return try body(EntryRow(row))
    }

    /// Looks at the entries of these seqs, newest first, until `body` returns false.
    func walk(
        down seqs: ClosedRange<Seq>, of conversation: ConversationID, from head: Head, _ body: (EntryRow) throws -> Bool
    ) throws {
        var place = try start(above: seqs.upperBound, of: conversation, head: head)
        while place.seq >= seqs.lowerBound, place.seq != .zero {
            let (previous, goesOn) = try step(place, of: conversation) { entry in
                place.seq <= seqs.upperBound ? try body(entry) : true
            }
            guard goesOn else { return }
            place = Head(seq: place.seq.previous, entry: previous)
        }
    }

    /// An entry at or shortly after `seq` whose number is known.
    private func start(above seq: Seq, of conversation: ConversationID, head: Head) throws -> Head {
        if head.seq.value - seq.value <= Self.milestones { return head }
        defer { milestone.reset() }
        try milestone.bind(conversation.value, at: 1)
        try milestone.bind(seq.value, at: 2)
        guard try milestone.step() else { return head }
        return Head(seq: Seq(unchecked: milestone.integer(0)), entry: EntryID(milestone.integer(1)))
    }

    private func step(
        _ place: Head, of conversation: ConversationID, _ body: (EntryRow) throws -> Bool
    ) throws -> (previous: EntryID, goesOn: Bool) {
        let found = try withEntry(place.entry) { entry in
            guard entry.conversation == conversation, entry.seq == place.seq else { throw EntryLog.broken(place.entry) }
            return (entry.previous, try body(entry))
        }
        guard let found else { throw EntryLog.broken(place.entry) }
        return found
    }

    private static func broken(_ entry: EntryID) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "Entry \(entry.value) is not what the log says.")
    }
}

/// One row of the log, while a statement stands on it.
struct EntryRow {
    private let statement: DirectStatement

    fileprivate init(_ statement: DirectStatement) { self.statement = statement }

    var conversation: ConversationID { ConversationID(statement.integer(0)) }
    var seq: Seq { Seq(unchecked: statement.integer(1)) }
    /// The entry before it in its conversation; zero for the first.
    var previous: EntryID { EntryID(statement.integer(2)) }
    var author: UserID { UserID(statement.integer(3)) }
    var kind: Int64 { statement.integer(4) }
    var time: Timestamp { Timestamp(milliseconds: statement.integer(5)) }
    var ref: Seq? { statement.optionalInteger(6).map { Seq(unchecked: $0) } }
    var nonce: String? { statement.text(7) }
    var body: String { statement.text(8) ?? "" }

    /// Whether the body holds this byte, without making a string of it.
    func bodyHolds(_ byte: UInt8) -> Bool { statement.withColumn(8) { $0.contains(byte) } ?? false }
}
