import ChatProtocol
import Foundation
import GRDB
import Synchronization

/// The sessions by token, for any thread. Only a durable commit changes it.
final class SessionDirectory: Sendable {
    enum Change {
        case opened(TokenHash, Session)
        case ended(SessionID)
        case touched(SessionID, Timestamp)
    }

    private struct Content {
        var byToken: [TokenHash: Session] = [:]
        var tokens: [SessionID: TokenHash] = [:]
    }

    private let content = Mutex(Content())

    func session(_ token: TokenHash, now: Timestamp) -> Session? {
        content.withLock { content in
            guard let session = content.byToken[token], !session.hasExpired(now) else { return nil }
            return session
        }
    }

    func apply(_ changes: [Change]) {
        guard !changes.isEmpty else { return }
        content.withLock { content in
            for change in changes {
                switch change {
                case .opened(let token, let session):
                    content.byToken[token] = session
                    content.tokens[session.id] = token
                case .ended(let id):
                    if let token = content.tokens.removeValue(forKey: id) { content.byToken[token] = nil }
                case .touched(let id, let time):
                    guard let token = content.tokens[id], let session = content.byToken[token] else { continue }
                    content.byToken[token] = Session(id: id, user: session.user, lastUsed: time)
                }
            }
        }
    }

    func load(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT s.id, s.token, s.used, u.id AS user, u.username, u.name, u.nationality
                FROM session s JOIN user u ON u.id = s.user WHERE u.deleted = 0
                """)
        var opened: [Change] = []
        while let row = try rows.next() {
            let token = TokenHash(bytes: Array(row["token"] as Data))
            let session = Session(
                id: SessionID(row["id"]), user: try User(row, id: "user"), lastUsed: Timestamp(milliseconds: row["used"]))
            opened.append(.opened(token, session))
        }
        apply(opened)
    }
}

extension Session {
    func hasExpired(_ now: Timestamp) -> Bool { lastUsed < now.before(days: Self.idleDays) }
}
