public import ChatProtocol
import Foundation
import GRDB

extension SQLiteStore {
    func register(_ new: NewUser, _ ledger: inout Ledger, _ db: Database) throws -> User {
        // A deleted account keeps its name for ever. (Protocol: Names)
        guard try Int.fetchOne(db, sql: "SELECT 1 FROM user WHERE folded = ?", arguments: [new.username.folded]) == nil else {
            throw ProtocolError(.userExists, "The user name \"\(new.username)\" is taken.")
        }
        try db.execute(
            sql: "INSERT INTO user (username, folded, name, nationality, password, created) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                new.username.text, new.username.folded, new.name.text, new.nationality, new.passwordHash,
                ledger.time.milliseconds,
            ])
        let user = User(
            id: UserID(db.lastInsertedRowID), username: new.username, name: new.name.text, nationality: new.nationality)
        ledger.add(user)
        return user
    }

    func openSession(_ new: NewSession, _ ledger: inout Ledger, _ db: Database) throws -> Session {
        guard try ledger.user(new.user.username, db) != nil else {
            throw ProtocolError(.authFailed, "The user name or the password is wrong.")
        }
        try db.execute(
            sql: "INSERT INTO session (token, user, device, created, used) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                Data(new.token.bytes), new.user.id.value, new.device, ledger.time.milliseconds, ledger.time.milliseconds,
            ])
        let session = Session(id: SessionID(db.lastInsertedRowID), user: new.user, lastUsed: ledger.time)
        ledger.sessionOpened(session, token: new.token)
        return session
    }

    func endSession(_ caller: Caller, _ ledger: inout Ledger, _ db: Database) throws -> Outcome {
        try ledger.requireSession(caller, db)
        try end(caller.session, &ledger, db)
        return .sessionEnded
    }

    func end(_ session: SessionID, _ ledger: inout Ledger, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session.value])
        ledger.sessionEnded(session)
    }

    func touchSession(_ session: SessionID, _ ledger: inout Ledger, _ db: Database) throws -> Outcome {
        // Several connections of one session may have said so at once.
        try db.execute(
            sql: "UPDATE session SET used = ? WHERE id = ? AND used < ?",
            arguments: [ledger.time.milliseconds, session.value, ledger.time.before(days: 1).milliseconds])
        if db.changesCount > 0 { ledger.sessionTouched(session) }
        return .done
    }

    // MARK: Reading

    public func credentials(_ username: Username) throws -> (user: User, passwordHash: String)? {
        try pool.read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT id, username, name, nationality, password FROM user WHERE folded = ? AND deleted = 0",
                arguments: [username.folded])
            return try row.map { (user: try User($0), passwordHash: $0["password"]) }
        }
    }

    public func users(_ page: ListPage) throws -> Page<User> {
        try pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, username, name, nationality, folded FROM user
                    WHERE deleted = 0 AND folded > ? AND (folded LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\')
                    ORDER BY folded LIMIT ?
                    """,
                arguments: [page.next ?? "", page.pattern, page.pattern, page.limit + 1])
            let users = try rows.prefix(page.limit).map { try User($0) }
            return Page(rows: users, next: rows.count > page.limit ? users.last?.username.folded : nil)
        }
    }

    /// Everybody on a small server; else who shares a direct conversation or a small room.
    public func peers(of user: UserID) throws -> Set<UserID> {
        try pool.read { db in
            let smallServer = 100
            let everybody = try Int64.fetchAll(
                db, sql: "SELECT id FROM user WHERE deleted = 0 LIMIT ?", arguments: [smallServer + 1])
            let peers =
                everybody.count <= smallServer
                ? everybody
                : try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT high FROM conversation WHERE low = :me
                        UNION SELECT low FROM conversation WHERE high = :me
                        UNION SELECT other.user FROM member mine JOIN member other ON other.conversation = mine.conversation
                        WHERE mine.user = :me AND mine.last IS NULL AND other.last IS NULL AND
                            (SELECT count(*) FROM member m WHERE m.conversation = mine.conversation AND m.last IS NULL) <= 100
                        """, arguments: ["me": user.value])
            return Set(peers.map { UserID($0) }).subtracting([user])
        }
    }
}

extension ListPage {
    /// The query as a pattern for `LIKE … ESCAPE '\'`, its wildcards made literal.
    var pattern: String {
        var pattern = "%"
        for character in query ?? "" {
            if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
