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
    let lastSeq: Seq

    /// Through which seq anything is visible.
    var lastVisible: Seq { min(lastSeq, visible.last?.upperBound ?? .zero) }

    func sees(_ seq: Seq) -> Bool { visible.contains { $0.contains(seq) } }

    /// - Throws: `no-such-conversation` for one that is not there, or not for this reader.
    static func find(_ name: ConversationName, for reader: User, _ db: Database) throws -> ReadableConversation {
        let row: Row? =
            switch name {
            case .direct(let other):
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT c.id, u.username, u.name AS title, NULL AS room FROM user u JOIN conversation c
                        ON c.low = min(u.id, :me) AND c.high = max(u.id, :me) WHERE u.folded = :name
                        """, arguments: ["me": reader.id.value, "name": other.folded])
            case .room(let room):
                try Row.fetchOne(
                    db, sql: "SELECT id, room, topic AS title FROM conversation WHERE folded = ?", arguments: [room.folded])
            }
        guard let row, let found = try ReadableConversation(row, reader: reader, db) else {
            throw ProtocolError(.noSuchConversation, "There is no conversation \(name).")
        }
        return found
    }

    /// Every conversation of this reader.
    static func all(of reader: User, _ db: Database) throws -> [ReadableConversation] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT c.id, u.username, u.name AS title, NULL AS room FROM conversation c JOIN user u ON u.id = c.high WHERE c.low = :me
                UNION ALL
                SELECT c.id, u.username, u.name, NULL FROM conversation c JOIN user u ON u.id = c.low WHERE c.high = :me AND c.low <> :me
                UNION ALL
                SELECT DISTINCT c.id, NULL, c.topic, c.room FROM member m JOIN conversation c ON c.id = m.conversation WHERE m.user = :me
                """, arguments: ["me": reader.id.value])
        return try rows.compactMap { try ReadableConversation($0, reader: reader, db) }
    }

    /// Nil if the reader may see nothing of it.
    private init?(_ row: Row, reader: User, _ db: Database) throws {
        id = ConversationID(row["id"])
        let newest = try db.cachedStatement(sql: "SELECT max(seq) FROM entry WHERE conversation = ?")
        lastSeq = Seq(unchecked: try Int64.fetchOne(newest, arguments: [id.value]) ?? 0)
        if let room = row["room"] as String? {
            name = .room(try RoomName(room))
            let topic: String = row["title"]
            title = topic.isEmpty ? room : topic
            let intervals = try db.cachedStatement(
                sql: "SELECT first, last FROM member WHERE conversation = ? AND user = ? ORDER BY first")
            let rows = try Row.fetchAll(intervals, arguments: [id.value, reader.id.value])
            visible = rows.map { row in
                let first = Seq(unchecked: row["first"])
                return first...max(first, (row["last"] as Int64?).map { Seq(unchecked: $0) } ?? .maximum)
            }
            joined = visible.last?.upperBound == .maximum
            if visible.isEmpty { return nil }
        } else {
            name = .direct(try Username(row["username"]))
            title = row["title"]
            visible = [Seq(unchecked: 1)...Seq.maximum]
            joined = true
        }
    }
}
