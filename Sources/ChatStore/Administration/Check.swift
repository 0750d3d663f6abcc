import ChatProtocol
package import Foundation
import GRDB

/// Looks whether a data folder is whole: beside its server or without it, and without changing anything.
package struct Check {
    let folder: DataFolder
    let isDeep: Bool
    let now: Date

    package struct Summary: Sendable {
        package var messages = 0
        package var conversations = 0
        package var contents = 0
        /// How many findings are damage.
        package var damage = 0
    }

    /// - Parameter isDeep: reads the contents of files, too.
    package init(_ dataDirectory: String, isDeep: Bool, now: Date) {
        folder = DataFolder(path: dataDirectory)
        self.isDeep = isDeep
        self.now = now
    }

    /// - Parameter report: told every finding as it comes.
    /// - Throws: `AdministrationError` if there is nothing that can be looked at.
    package func run(_ report: @escaping (Finding) -> Void) throws -> Summary {
        let findings = Findings(folder, report)
        var summary = Summary()
        // What lies there is listed first: whatever comes meanwhile is nobody's leftover.
        let lying = try LyingFiles(folder)
        var named: [NamedContent] = []
        var isReadable = false
        do {
            let database = try folder.openDatabase()
            // One moment of the log, as long as it takes; the server goes on meanwhile.
            try database.read { db in
                try DataFolder.requireOurs(db, folder.database)
                guard try Schema.migrator.hasCompletedMigrations(db) else {
                    throw AdministrationError(
                        "\(folder.database) was written by an earlier version: start this version's server once, then check.")
                }
                // From damaged pages anything may be read: the rest would be guesses.
                guard try checkPages(db, findings) else { return }
                (summary.messages, summary.conversations) = try checkEntries(db, findings)
                named = try NamedContent.all(db)
                try checkUploads(lying, db, findings)
                isReadable = true
            }
            try database.close()
        } catch let error as DatabaseError {
            findings.damage(.database, "The database cannot be read: \(error.message ?? error.description)")
        }
        // Without the database nothing says what belongs to the folder.
        if isReadable { try checkContents(named, lying, findings) }
        findings.finish()
        summary.contents = Set(named.map(\.id)).count
        summary.damage = findings.damage
        return summary
    }

    /// False if the pages are damaged.
    private func checkPages(_ db: Database, _ findings: Findings) throws -> Bool {
        let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        for problem in problems {
            findings.damage(.database, "The database is damaged: \(problem.replacing("\n", with: " "))")
        }
        guard problems.isEmpty else {
            findings.note("Messages and files were not looked at.")
            return false
        }
        for row in try Row.fetchAll(
            db, sql: "SELECT \"table\" AS here, rowid AS row, parent FROM pragma_foreign_key_check LIMIT 1000")
        {
            let (here, parent) = (row["here"] as String, row["parent"] as String)
            let number = (row["row"] as Int64?).map { " \($0)" } ?? ""
            findings.damage(.references, "A row\(number) of the table \(here) belongs to a \(parent) that is not there")
        }
        return true
    }

    private func checkEntries(_ db: Database, _ findings: Findings) throws -> (messages: Int, conversations: Int) {
        var log = try LogCheck(db, findings)
        try log.run()
        try log.checkMilestones()
        try log.checkHeads()
        try log.checkPeople()
        try log.checkFiles()
        try NonceCheck(db, log.names, findings).run(newest: log.newest)
        return (log.count, log.conversations)
    }
}
