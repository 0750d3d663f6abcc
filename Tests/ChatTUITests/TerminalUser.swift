import ChatTesting
import Foundation
import Testing

/// A person at a terminal, with a home folder of their own.
final class TerminalUser {
    let terminal: PseudoTerminal
    let homeFolder: String

    convenience init(
        _ port: Int, home: String? = nil, language: String = "C.UTF-8", type: String = "xterm-256color",
        arguments: [String] = [], variables: [String: String] = [:], columns: Int = 80, rows: Int = 24
    ) throws {
        try self.init(
            [try BuiltProgram.path("obrol"), "127.0.0.1:\(port)"] + arguments, home: home, language: language, type: type,
            variables: variables, columns: columns, rows: rows)
    }

    /// At the far end of a cable.
    convenience init(_ cable: Cable, columns: Int = 80) throws {
        try self.init(cable.clients.entrance + [try BuiltProgram.path("obrol"), Cable.address], columns: columns)
    }

    private init(
        _ words: [String], home: String? = nil, language: String = "C.UTF-8", type: String = "xterm-256color",
        variables: [String: String] = [:], columns: Int = 80, rows: Int = 24
    ) throws {
        homeFolder = try home ?? TemporaryFolder.make("obrol-home")
        var environment = PseudoTerminal.standardEnvironment
        environment["HOME"] = homeFolder
        environment["LANG"] = language
        environment["TERM"] = type
        environment.merge(variables) { _, own in own }
        terminal = try PseudoTerminal(
            words[0], arguments: Array(words.dropFirst()), environment: environment, columns: columns, rows: rows)
    }

    func removeHome() { try? FileManager.default.removeItem(atPath: homeFolder) }

    func sees(_ text: String) -> Bool {
        let isSeen = terminal.waitFor(text, timeout: .seconds(20))
        if !isSeen { Issue.record("\"\(text)\" is not on the screen:\n\(terminal.screen.picture)") }
        return isSeen
    }

    /// Goes no further if the text does not appear.
    func see(_ text: String) throws {
        guard terminal.waitFor(text, timeout: .seconds(20)) else {
            throw TestFailure("\"\(text)\" is not on the screen:\n\(terminal.screen.picture)")
        }
    }

    /// The first row that holds the text.
    func row(of text: String) -> Int? { terminal.screen.lines.firstIndex { $0.contains(text) } }

    func register(_ name: String) {
        guard sees("Nationality") || sees("Kewarganegaraan") else { return }
        terminal.send("\(name)\t\(name)-password\t\(name.capitalized)\r")
        _ = sees("\(name) ● ")
    }

    /// From the field of the name, two steps back, to what leads from registering to logging in.
    func chooseOtherForm() {
        terminal.sendKey(.shiftTab)
        terminal.sendKey(.shiftTab)
        terminal.sendKey(.enter)
    }

    /// Waits until every row between the first and the last two ends in the border: nothing has shifted a column.
    func seesWholeFrame() -> Bool {
        let isWhole = terminal.waitUntil(timeout: .seconds(20)) { hasWholeFrame }
        if !isWhole { Issue.record("the frame is not whole:\n\(terminal.screen.picture)") }
        return isWhole
    }

    private var hasWholeFrame: Bool {
        let screen = terminal.screen
        return (1..<screen.rows - 1).allSatisfy { row in
            ["│", "┐", "┘", "┤"].contains(screen.cell(row: row, column: screen.columns - 1).text)
        }
    }

    func submit(_ text: String) { terminal.send(text + "\r") }
}
