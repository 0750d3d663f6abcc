import ArgumentParser
import Foundation

/// Lines for the administrator.
enum Console {
    /// On standard output, at once even into a pipe.
    static func say(_ line: String) { write(line, to: .standardOutput) }

    static func complain(_ line: String) { write("obrold: \(line)", to: .standardError) }

    /// Names come from people and archives: nothing in them may act on the terminal.
    private static func write(_ line: String, to file: FileHandle) {
        let harmless = line.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: Character(scalar)
            }
        }
        file.write(Data((String(harmless) + "\n").utf8))
    }

    /// What fails is said in a line, and the program ends with 1.
    static func run(_ body: () throws -> Void) throws {
        do { try body() } catch let status as ExitCode { throw status } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }

    static func warnOfDamaged(_ contents: [String]) {
        guard !contents.isEmpty else { return }
        complain("missing or damaged when the backup was made: \(contents.joined(separator: ", "))")
    }
}
