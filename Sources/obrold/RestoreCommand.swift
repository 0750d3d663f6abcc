import ArgumentParser
import ChatStore
import Foundation

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the data folder. The server must be stopped.",
        discussion: """
            The backup is unpacked and verified beside the folder, and then takes its place in one step. A restore that is \
            broken off changes nothing; it leaves a folder DIR.restoring-…, which may be deleted.
            """)

    @Argument(help: ArgumentHelp("An archive that backup has made.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Folder of the server.", valueName: "dir"))
    var dataDir = Defaults.dataDirectory

    @Flag(help: "Move data that is there aside, to a name with the date; nothing is deleted.")
    var force = false

    func run() throws {
        try Console.run {
            let summary = try Restore(file, to: dataDir, movesAside: force, now: Date()).run()
            Console.say(
                """
                \(dataDir): restored \(summary.accounts) accounts, \(summary.messages) messages and \(summary.contents) files \
                as of \(summary.made).
                """)
            Console.warnOfDamaged(summary.damaged)
            if let old = summary.movedTo { Console.say("What was there is in \(old): delete it when you are sure.") }
            if summary.isRoots {
                Console.say("All of it is root's. For a server that runs as another user: chown -R USER: \(ShellWord(dataDir))")
            }
            let isDefault = dataDir == Defaults.dataDirectory
            Console.say(
                """
                Start the server: obrold\(isDefault ? "" : " --data-dir \(ShellWord(dataDir))"). Sessions go on; clients notice the \
                restored history by themselves and fetch it anew.
                """)
        }
    }
}
