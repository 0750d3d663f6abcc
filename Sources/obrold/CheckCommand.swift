import ArgumentParser
import ChatStore
import Foundation

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look whether the data is whole, while the server runs or not. Changes nothing.",
        discussion: "A line says what is damaged and what to do. Exits with 0 if nothing is, and with 1 if something is.")

    @Option(help: ArgumentHelp("Folder of the server.", valueName: "dir"))
    var dataDir = Defaults.dataDirectory

    @Flag(help: "Read the contents of files, too, and compare their SHA-256.")
    var deep = false

    func run() throws {
        try Console.run {
            let summary = try Check(dataDir, isDeep: deep, now: Date()).run { finding in
                Console.say("\(finding.severity.rawValue): \(finding.text)")
            }
            let depth = deep || summary.contents == 0 ? "" : " (not read; --deep does)"
            let result = summary.damage == 0 ? "nothing is damaged" : "\(summary.damage) findings of damage"
            Console.say(
                """
                \(summary.messages) messages in \(summary.conversations) conversations, \
                \(summary.contents) contents of files\(depth): \(result).
                """)
            if summary.damage > 0 { throw ExitCode.failure }
        }
    }
}
