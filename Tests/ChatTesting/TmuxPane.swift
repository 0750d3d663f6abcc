import Foundation

/// A program in tmux: a second opinion on what a terminal shows, with tables of widths that are not libvterm's.
///
/// The tmux server is its own, reads no configuration, and ends with this.
package final class TmuxPane {
    private let socket: String
    private let server: PseudoTerminal

    /// - Parameter environment: exactly what the program gets, but for `TERM`, which tmux sets.
    package init(_ path: String, arguments: [String], environment: [String: String], columns: Int, rows: Int) throws {
        socket = try TemporaryFolder.make("obrol-tmux") + "/socket"
        server = try PseudoTerminal(Self.path, arguments: Self.options(socket) + ["-D"])
        let variables = environment.filter { $0.key != "TERM" }.map { "\($0.key)=\($0.value)" }.sorted()
        let command = ["env", "-i"] + variables + ["TERM=tmux-256color", path] + arguments
        let deadline = ContinuousClock.now + .seconds(10)
        while !FileManager.default.fileExists(atPath: socket), ContinuousClock.now < deadline {
            _ = server.waitForSilence(.milliseconds(10))
        }
        _ = try tmux(["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + command)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: (socket as NSString).deletingLastPathComponent)
    }

    /// The rows as tmux has them, without the blanks at their ends.
    package func lines() throws -> [String] {
        try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Types text as it is.
    package func send(_ text: String) throws { _ = try tmux(["send-keys", "-l", text]) }

    /// Strikes a key that tmux knows by name: `Enter`, `BTab`, `C-q`, …
    package func sendKey(_ name: String) throws { _ = try tmux(["send-keys", name]) }

    /// Looks until a row holds the text; each look is a process of its own, which keeps the pace. False if it never does.
    package func waitFor(_ text: String, timeout: Duration = .seconds(20)) throws -> Bool {
        let deadline = ContinuousClock.now + timeout
        while ContinuousClock.now < deadline {
            if try lines().contains(where: { $0.contains(text) }) { return true }
        }
        return false
    }

    private static let path = "/usr/bin/tmux"

    private static func options(_ socket: String) -> [String] { ["-u", "-S", socket, "-f", "/dev/null"] }

    /// What a command of tmux prints.
    private func tmux(_ arguments: [String]) throws -> String {
        let command = try PseudoTerminal(Self.path, arguments: Self.options(socket) + arguments)
        guard command.waitForExit() == .code(0) else {
            throw TestFailure("tmux \(arguments.first ?? "") failed: \(command.screen.picture)")
        }
        return String(decoding: command.output, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    }
}
