import ChatProtocol
import Glibc
import GRDB

/// A data folder, looked at from outside: by a process that is not its server.
struct DataFolder {
    let path: String

    var database: String { path + "/obrol.sqlite" }
    var files: String { path + "/files" }
    var uploads: String { path + "/uploads" }

    func path(of content: FileID) -> String { files + "/" + content.text }

    /// Opens the database for reading, beside a running server or without one.
    /// - Throws: `AdministrationError` if there is none; `DatabaseError` if it cannot be read.
    func openDatabase() throws -> DatabaseQueue {
        guard access(database, F_OK) == 0 else {
            throw AdministrationError(
                errno == ENOENT
                    ? "There is no data in \(path). Give the folder of the server with --data-dir."
                    : "\(AdministrationError(database, errno))")
        }
        return try DatabaseQueue(path: database, configuration: Self.configuration(readOnly: true))
    }

    static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "administration"
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // What stands in a schema may come from elsewhere with a backup.
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -64000")
        }
        return configuration
    }

    /// - Throws: `AdministrationError` for a database of a newer version, or one that is not ours.
    static func requireOurs(_ db: Database, _ path: String) throws {
        guard try db.tableExists("entry"), try db.tableExists("file"), try db.tableExists("meta") else {
            throw AdministrationError("\(path) is not a database of Obrol.")
        }
        if try Schema.migrator.hasBeenSuperseded(db) {
            throw AdministrationError("\(path) was written by a newer version of this program: use that one.")
        }
    }
}

/// A content that a database names, and what it should be.
struct NamedContent: Hashable {
    let id: FileID
    let digest: ContentDigest

    /// All, in the order of their names.
    static func all(_ db: Database) throws -> [NamedContent] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT content, size, sha256 FROM file
                UNION SELECT content, size, sha256 FROM upload WHERE content IS NOT NULL ORDER BY content
                """)
        var all: [NamedContent] = []
        while let row = try rows.next() {
            let name: String = row["content"]
            guard let id = try? FileID(name) else {
                throw AdministrationError("A file's content has the name \"\(name)\", which the server never gives.")
            }
            all.append(NamedContent(id: id, digest: ContentDigest(size: row["size"], sha256: row["sha256"])))
        }
        return all
    }
}

extension AdministrationError {
    static func database(_ path: String, _ error: DatabaseError) -> AdministrationError {
        return AdministrationError("The database \(path) cannot be used: \(error.message ?? error.description)")
    }
}
