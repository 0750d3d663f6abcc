import ArgumentParser
import ChatServer
import ChatStore
import Foundation

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy everything into one tar archive, while the server runs or not.",
        discussion: """
            Every message that was acknowledged before is in it, and every file; the archive is read back and verified before it \
            gets its name. Beside it there must be room for the archive and once more for the database. A backup that is broken \
            off leaves a folder FILE.partial-…, which may be deleted.

            It holds all messages, and hashes of passwords: keep it safe.
            """)

    @Argument(help: ArgumentHelp("The archive to make, for example obrol.tar.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Folder of the server.", valueName: "dir"))
    var dataDir = Defaults.dataDirectory

    @Flag(help: "Replace an archive of this name, once the new one is whole.")
    var force = false

    @Flag(help: "Make a backup although contents of files are missing or damaged.")
    var incomplete = false

    func run() throws {
        var options = Backup.Options()
        options.replaces = force
        options.toleratesDamage = incomplete
        options.program = "\(ServerIdentity.name) \(ServerIdentity.version)"
        try Console.run {
            let summary = try Backup(of: dataDir, to: file, options: options, now: Date()).run()
            Console.say(
                "\(file): \(summary.messages) messages and \(summary.contents) files in \(summary.bytes) bytes, verified.")
            Console.warnOfDamaged(summary.damaged)
        }
    }
}
