import ChatProtocol
import GRDB

/// A conversation as one reader finds it: which one it is, and which entries of it may be seen.
///
/// The one rule of visibility: both sides of a direct conversation see all of it; a member of a room sees what the
/// intervals of membership cover. (Protocol: The log)
struct ReadableConversation {
    let id: ConversationID
    let name: ConversationName
    let title: String
    /// In seq order, not overlapping; an end without bound is `Seq.maximum`.
    let visible: [ClosedRange<Seq>]
    let joined: Bool
    /// Where its log ends.
    let head: Head

    var lastSeq: Seq { head.seq }

    /// Through which seq anything is visible.
    var lastVisible: Seq { min(lastSeq, visible.last?.upperBound ?? .zero) }

    func sees(_ seq: Seq) -> Bool { visible.contains { $0.contains(seq) } }

}

/// A conversation before its entries are looked at. What it holds was learnt before the view of the database in which
/// they are read, so that its head is in that view; what bounds the reader's sight is read in the view itself, later, so
/// that nobody sees past the end of a membership.
struct FoundConversation {
    private let id: ConversationID
    private let name: ConversationName
    private let title: String
    /// Nil if the head stands in the database.
    private let head: Head?

    /// - Throws: `no-such-conversation` for one that is not there.
    static func find(
        _ name: ConversationName, for reader: User, _ heads: Heads, _ db: Database
    ) throws -> FoundConversation {
        let row: Row? =
            switch name {
            case .direct(let other):
                try Row.fetchOne(
                    try db.cachedStatement(
                        sql: """
                            SELECT c.id, u.username, u.name AS title, NULL AS room FROM user u JOIN conversation c
                            ON c.low = min(u.id, :me) AND c.high = max(u.id, :me) WHERE u.folded = :name
                            """), arguments: ["me": reader.id.value, "name": other.folded])
            case .room(let room):
                try Row.fetchOne(
                    try db.cachedStatement(sql: "SELECT id, room, topic AS title FROM conversation WHERE folded = ?"),
                    arguments: [room.folded])
            }
        guard let row else { throw missing(name) }
        return try FoundConversation(row, heads)
    }

    static func missing(_ name: ConversationName) -> ProtocolError {
        ProtocolError(.noSuchConversation, "There is no conversation \(name).")
    }

    /// The conversations of this reader that were begun after that one, in the order in which they were.
    static func all(of reader: User, after: ConversationID, _ heads: Heads, _ db: Database) throws -> [FoundConversation] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT c.id, u.username, u.name AS title, NULL AS room FROM conversation c JOIN user u ON u.id = c.high WHERE c.low = :me AND c.id > :after
                UNION ALL
                SELECT c.id, u.username, u.name, NULL FROM conversation c JOIN user u ON u.id = c.low WHERE c.high = :me AND c.low <> :me AND c.id > :after
                UNION ALL
                SELECT DISTINCT c.id, NULL, c.topic, c.room FROM member m JOIN conversation c ON c.id = m.conversation WHERE m.user = :me AND c.id > :after
                ORDER BY 1
                """, arguments: ["me": reader.id.value, "after": after.value])
        return try rows.map { try FoundConversation($0, heads) }
    }

    private init(_ row: Row, _ heads: Heads) throws {
        id = ConversationID(row["id"])
        head = heads.head(of: id)
        if let room = row["room"] as String? {
            name = .room(try RoomName(room))
            let topic: String = row["title"]
            title = topic.isEmpty ? room : topic
        } else {
            name = .direct(try Username(row["username"]))
            title = row["title"]
        }
    }

    /// Nil if the reader may see nothing of it.
    func readable(by reader: User, _ db: Database) throws -> ReadableConversation? {
        let head = try head ?? EntryLog(db).head(of: id)
        guard name.isRoom else {
            return ReadableConversation(
                id: id, name: name, title: title, visible: [Seq(unchecked: 1)...Seq.maximum], joined: true, head: head)
        }
        let intervals = try db.cachedStatement(
            sql: "SELECT first, last FROM member WHERE conversation = ? AND user = ? ORDER BY first")
        let rows = try Row.fetchAll(intervals, arguments: [id.value, reader.id.value])
        let visible = rows.map { row in
            let first = Seq(unchecked: row["first"])
            return first...max(first, (row["last"] as Int64?).map { Seq(unchecked: $0) } ?? .maximum)
        }
        guard !visible.isEmpty else { return nil }
        return ReadableConversation(
            id: id, name: name, title: title, visible: visible, joined: visible.last?.upperBound == .maximum, head: head)
    }
}
