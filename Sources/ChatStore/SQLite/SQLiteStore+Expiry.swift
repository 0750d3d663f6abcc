import ChatProtocol
import GRDB

extension SQLiteStore {
    /// What one change forgets of each kind at most: others wait for it.
    private static let expiredAtOnce = 500

    func expire(_ ledger: inout Ledger, _ db: Database) throws -> Expired {
        let now = now()
        let sessions = try Int64.fetchAll(
            db, sql: "SELECT id FROM session WHERE used < ? LIMIT ?",
            arguments: [now.before(days: Session.idleDays).milliseconds, Self.expiredAtOnce]
        ).map { SessionID($0) }
        for session in sessions { try end(session, &ledger, db) }
        let uploads = try String.fetchAll(
            db, sql: "SELECT id FROM upload WHERE file IS NULL AND created < ? LIMIT ?",
            arguments: [now.before(days: Upload.idleDays).milliseconds, Self.expiredAtOnce]
        ).map { try FileID($0) }
        for upload in uploads { try db.execute(sql: "DELETE FROM upload WHERE id = ?", arguments: [upload.text]) }
        return Expired(
            sessions: sessions, uploads: uploads, isAll: max(sessions.count, uploads.count) < Self.expiredAtOnce)
    }
}
