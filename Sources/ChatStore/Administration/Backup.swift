import ChatProtocol
package import Foundation
import GRDB

/// Copies everything durable of a data folder into one tar archive, while its server runs or not.
///
/// The database comes first, by SQLite's own backup in a single step: that is one read transaction, so the copy is one
/// moment of the log, and in WAL mode a reader keeps no commit waiting. (`VACUUM INTO` reads as one moment, too, but
/// builds every table anew, and that would hide damage that a copy of the pages shows.) The contents of files come after
/// it: a content is durable before its entry, and none that has an entry is ever removed, so whatever the copied
/// database names is there.
package struct Backup {
    private let source: DataFolder
    private let target: String
    private let options: Options
    private let time: Date

    package struct Options: Sendable {
        /// An archive of this name gives way, once the new one is whole.
        package var replaces = false
        /// Contents that are missing or damaged do not prevent the backup, which then says which.
        package var toleratesDamage = false
        /// What is written into the archive as its maker.
        package var program = "obrold"

        package init() {}
    }

    package struct Summary: Sendable {
        package var messages: Int
        package var contents: Int
        /// Of the archive.
        package var bytes: Int64
        /// Contents that were missing or damaged.
        package var damaged: [String]
    }

    package init(of dataDirectory: String, to target: String, options: Options, now: Date) {
        source = DataFolder(path: dataDirectory)
        self.target = target
        self.options = options
        time = now
    }

    /// Writes beside the target, reads what was written, and only then gives it its name.
    /// - Throws: `AdministrationError`; then the target is what it was before.
    package func run() throws -> Summary {
        try requireFreeTarget()
        let work = try WorkFolder(beside: target, "partial")
        defer { work.remove() }
        let database = work.path + "/obrol.sqlite"
        let archive = work.path + "/backup.tar"
        let copy = try copyDatabase(to: database)
        let manifest = try pack(copy, database: database, into: archive)
        let written = try BackupArchive(reading: archive)
        guard written.manifest == manifest else {
            throw AdministrationError("What was written to \(archive) reads otherwise: the disk may be failing.")
        }
        try written.verify(copy.named, archive)
        let size = try PlainFile(reading: archive).size() ?? 0
        try Renaming.publish(archive, as: target, replacing: options.replaces)
        return Summary(
            messages: copy.messages, contents: written.contents.count, bytes: size, damaged: manifest.damaged.map(\.text))
    }

    private func requireFreeTarget() throws {
        let folder = Renaming.folder(of: target)
        guard PathKind(folder) == .folder else {
            throw AdministrationError("There is no folder \(folder). Make it first.")
        }
        switch PathKind(target) {
        case .missing: return
        case .folder: throw AdministrationError("\(target) is a folder: name a file in it.")
        case .file where options.replaces: return
        case .other:
            throw AdministrationError(
                """
                \(target) is a link or something else that is not a plain file, which a backup does not replace. Name a file, \
                such as the one that the link leads to.
                """)
        case .file:
            throw AdministrationError("\(target) exists already. Choose another name, or give --force to replace it.")
        }
    }

    // MARK: The database

    private struct Copy {
        var epoch: String
        var messages: Int
        var named: [NamedContent]
    }

    private func copyDatabase(to path: String) throws -> Copy {
        do {
            let database = try source.openDatabase()
            try database.read { try DataFolder.requireOurs($0, source.database) }
            var configuration = DataFolder.configuration(readOnly: false)
            // Until it is in the archive, a crash leaves only something to be thrown away.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
            let copy = try DatabaseQueue(path: path, configuration: configuration)
            try database.backup(to: copy)
            try database.close()
            let result = try copy.writeWithoutTransaction { db in
                // One file that every program can open.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try requireWhole(db)
                return Copy(
                    epoch: try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") ?? "",
                    messages: try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0, named: try NamedContent.all(db))
            }
            try copy.close()
            return result
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_WRITE {
                throw AdministrationError("The copy of the database cannot be written beside \(target): there is no room left.")
            }
            throw AdministrationError.database(source.database, error)
        }
    }

    private func requireWhole(_ db: Database) throws {
        let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
        if let first = problems.first, first != "ok" {
            throw AdministrationError(
                "The database in \(source.path) is damaged (\(first)). Keep your last backup, and run obrold check.")
        }
    }

    // MARK: The archive

    private func pack(_ copy: Copy, database: String, into archive: String) throws -> BackupManifest {
        let writer = try TarWriter(creating: archive, time: Int64(time.timeIntervalSince1970))
        let file = try PlainFile(reading: database)
        let digest = try writer.add(BackupArchive.databaseName, contentOf: file, size: try file.size() ?? 0)
        var damaged: [FileID] = []
        for content in copy.named where damaged.last != content.id {
            if try !pack(content, with: writer) { damaged.append(content.id) }
        }
        if !damaged.isEmpty, !options.toleratesDamage {
            let number = damaged.count == 1 ? "The content of a file is" : "The contents of \(damaged.count) files are"
            throw AdministrationError(
                """
                \(number) missing or damaged, \(damaged[0].text) for one. obrold check --deep names what is; \
                --incomplete makes a backup all the same.
                """)
        }
        let manifest = BackupManifest(
            made: time.formatted(.iso8601), program: options.program, epoch: copy.epoch, database: digest.sha256,
            damaged: damaged)
        try writer.add(BackupArchive.manifestName, Array(manifest.text.utf8))
        try writer.finish()
        return manifest
    }

    /// False for a content that is missing or not what it should be; what there is of it goes into the archive.
    private func pack(_ content: NamedContent, with writer: TarWriter) throws -> Bool {
        let path = source.path(of: content.id)
        guard PathKind(path) == .file else { return false }
        let file = try PlainFile(reading: path)
        guard let size = try file.size() else { return false }
        return try writer.add("\(BackupArchive.contentsName)/\(content.id.text)", contentOf: file, size: size) == content.digest
    }
}
