import ChatProtocol
import GRDB

extension CacheRows {
    /// Replaces who is known by a fresh list.
    func replacePeople(_ people: [Person]) throws {
        try database.execute(sql: "DELETE FROM people")
        for person in people { try save(person) }
    }

    func save(_ person: Person) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO people (username, shown, name) VALUES (?, ?, ?)"
        ).execute(arguments: [person.username.folded, person.username.text, person.name])
    }

    /// As known last; nobody counts as online.
    func people() throws -> [Person] {
        try Row.fetchAll(database, sql: "SELECT shown, name FROM people ORDER BY username").compactMap { row in
            let shown: String = row[0]
            return (try? Username(shown)).map { Person(username: $0, name: row[1], online: false) }
        }
    }

    /// Everything that a first screen needs.
    func snapshot(account: Account?) throws -> ClientSnapshot {
        ClientSnapshot(account: account, conversations: try conversations(), people: try people(), outbox: try outbox())
    }
}
