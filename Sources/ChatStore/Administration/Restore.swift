import ChatProtocol
package import Foundation
import GRDB
import Glibc

/// Puts a backup in the place of a data folder: unpacked and verified beside it, then in one step.
///
/// The restored store has an epoch of its own. Clients may have seen entries that the backup does not hold, and their
/// places in the log are given out again: by the epoch they know that they must start over. (Protocol: Delivery promises, 6)
package struct Restore {
    private let archive: String
    private let target: String
    private let movesAside: Bool
    private let time: Date

    package struct Summary: Sendable {
        /// When the backup was made, in the form of ISO 8601.
        package var made: String
        package var accounts: Int
        package var messages: Int
        package var contents: Int
        /// Contents that were missing or damaged when the backup was made.
        package var damaged: [String]
        /// Where the data stands that was there before.
        package var movedTo: String?
        /// Whether only root can use what was restored.
        package var isRoots = false
    }

    /// - Parameter movesAside: data that is there already gets a name with the date, and is not a reason to refuse.
    package init(_ archive: String, to dataDirectory: String, movesAside: Bool, now: Date) {
        self.archive = Self.resolved(archive)
        target = Self.resolved(dataDirectory)
        self.movesAside = movesAside
        time = now
    }

    /// Without links: a link to the data folder stays one, and one to the newest backup serves as it.
    private static func resolved(_ path: String) -> String {
        var trimmed = path[...]
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
        let path = String(trimmed)
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// - Throws: `AdministrationError` or `StoreOpenError`; then the data folder is what it was before.
    package func run() throws -> Summary {
        guard PathKind(archive) == .file else { throw AdministrationError("There is no backup \(archive).") }
        let owner = try owner()
        let exists = try prepareTarget(for: owner)
        // Held until everything is in its place: no server starts in between.
        let lock = exists ? try DirectoryLock(target) : nil
        defer { withExtendedLifetime(lock) {} }
        let holdsData = try requireFreeTarget()
        let work = try WorkFolder(beside: target, "restoring")
        defer { work.remove() }
        let folder = work.path + "/data"
        for path in [folder, folder + "/files"] where mkdir(path, 0o700) != 0 { throw AdministrationError(path, errno) }
        let backup = try BackupArchive(reading: archive, into: folder)
        var summary = try takeOver(DataFolder(path: folder), backup)
        let contents = try FolderListing.names(in: folder + "/files").map { folder + "/files/" + $0 }
        try owner?.take([folder, folder + "/obrol.sqlite", folder + "/files"] + contents)
        for path in [folder + "/files", folder] { try PlainFile.syncFolder(path) }
        let aside = holdsData ? asideName : nil
        try put(folder, aside: aside, exists: exists)
        summary.movedTo = aside
        summary.isRoots = owner?.isRoot ?? false
        return summary
    }

    // MARK: Before

    /// Restored by the administrator, the data still belongs to the user that the server runs as: to whom the folder
    /// belongs or, where there is none yet, the one that it is to stand in. Nil for all but root, who has no choice.
    private func owner() throws -> Owner? {
        guard geteuid() == 0 else { return nil }
        var path = target
        while PathKind(path) == .missing { path = Renaming.folder(of: path) }
        return try Owner(of: path)
    }

    /// - Returns: whether the folder is there.
    private func prepareTarget(for owner: Owner?) throws -> Bool {
        switch PathKind(target) {
        case .file, .other: throw AdministrationError("\(target) is not a folder.")
        case .missing:
            let parent = Renaming.folder(of: target)
            let made = sequence(first: parent, next: Renaming.folder).prefix { PathKind($0) == .missing }
            do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
                throw AdministrationError("The folder \(parent) cannot be made: \(error.localizedDescription)")
            }
            try owner?.take(made)
            return false
        case .folder:
            var (own, parent) = (stat(), stat())
            guard stat(target, &own) == 0, stat(Renaming.folder(of: target), &parent) == 0 else {
                throw AdministrationError(target, errno)
            }
            guard own.st_dev == parent.st_dev else {
                throw AdministrationError(
                    "\(target) is a file system of its own and cannot be replaced. Restore into a folder inside it.")
            }
            return true
        }
    }

    /// - Returns: whether the folder holds anything.
    private func requireFreeTarget() throws -> Bool {
        let holdsData = try FolderListing.names(in: target).contains { $0 != "lock" }
        if holdsData, !movesAside {
            throw AdministrationError(
                """
                \(target) holds data already. Give --force to move it aside to \(asideName), \
                or restore into another folder with --data-dir.
                """)
        }
        return holdsData
    }

    private var asideName: String {
        let style = Date.ISO8601FormatStyle(timeSeparator: .omitted, timeZone: .gmt)
        return "\(target).replaced-\(time.formatted(style))"
    }

    // MARK: The data

    /// Verifies what was unpacked and makes it a history of its own.
    private func takeOver(_ folder: DataFolder, _ backup: BackupArchive) throws -> Summary {
        do {
            let database = try DatabaseQueue(path: folder.database, configuration: DataFolder.configuration(readOnly: false))
            let summary = try database.write { db in
                guard try String.fetchAll(db, sql: "PRAGMA integrity_check(1)") == ["ok"] else {
                    throw AdministrationError("The database in \(archive) is damaged: use another backup.")
                }
                try DataFolder.requireOurs(db, archive)
                try backup.verify(try NamedContent.all(db), archive)
                try SQLiteStore.renewEpoch(db)
                return Summary(
                    made: backup.manifest.made, accounts: try Int.fetchOne(db, sql: "SELECT count(*) FROM user") ?? 0,
                    messages: try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0,
                    contents: backup.contents.count, damaged: backup.manifest.damaged.map(\.text))
            }
            try database.close()
            return summary
        } catch let error as DatabaseError {
            throw AdministrationError.database(folder.database, error)
        }
    }

    // MARK: In place

    /// What was there before is never where it could be taken for something to clean up.
    private func put(_ folder: String, aside: String?, exists: Bool) throws {
        guard exists else { return try Renaming.publish(folder, as: target, replacing: false) }
        let old = aside ?? folder + ".empty"
        try Renaming.publish(folder, as: old, replacing: false)
        if !Renaming.exchange(old, target) {
            try Renaming.publish(old, as: folder, replacing: false)
            try putInTwoSteps(folder, old)
        }
        try PlainFile.syncFolder(Renaming.folder(of: target))
    }

    /// For a file system that cannot exchange two names.
    private func putInTwoSteps(_ folder: String, _ old: String) throws {
        try Renaming.publish(target, as: old, replacing: false)
        do { try Renaming.publish(folder, as: target, replacing: false) } catch {
            try Renaming.publish(old, as: target, replacing: false)
            throw error
        }
    }
}

/// To whom something belongs.
private struct Owner {
    private let user: uid_t
    private let group: gid_t

    init(of path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw AdministrationError(path, errno) }
        (user, group) = (status.st_uid, status.st_gid)
    }

    var isRoot: Bool { user == 0 }

    func take(_ paths: [String]) throws {
        for path in paths where lchown(path, user, group) != 0 { throw AdministrationError(path, errno) }
    }
}
