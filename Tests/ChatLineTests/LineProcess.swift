import ChatTesting
import Foundation
import Synchronization

/// `obrol-line` with pipes for its input and output.
final class LineProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Gathered()
    private let errors = Gathered()

    /// What came out of a pipe so far.
    final class Gathered: Sendable {
        let pipe = Pipe()
        private let data = Mutex(Data())
        private let ended = Mutex(false)

        init() {
            pipe.fileHandleForReading.readabilityHandler = { [self] handle in
                let more = handle.availableData
                if more.isEmpty {
                    handle.readabilityHandler = nil
                    ended.withLock { $0 = true }
                } else {
                    data.withLock { $0.append(more) }
                }
            }
        }

        var text: String { data.withLock { String(decoding: $0, as: UTF8.self) } }
        var hasEnded: Bool { ended.withLock { $0 } }
    }

    struct Ending {
        var status: Int32
        var output: String
        var errors: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// - Parameter home: whose files it uses.
    init(port: Int, home: String, arguments: [String] = []) throws {
        process.executableURL = URL(fileURLWithPath: try BuiltProgram.path("obrol-line"))
        process.arguments = ["127.0.0.1:\(port)"] + arguments
        process.environment = Self.environment(home: home)
        process.standardInput = input
        process.standardOutput = output.pipe
        process.standardError = errors.pipe
        try process.run()
        // Nobody may die of a program that ended before it had read everything.
        signal(SIGPIPE, SIG_IGN)
    }

    static func environment(home: String) -> [String: String] {
        [
            "HOME": home, "XDG_DATA_HOME": home + "/data", "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config",
            "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "TERM": "xterm-256color",
        ]
    }

    func type(_ lines: String...) throws {
        for line in lines { try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }
    }

    func waitFor(_ text: String) async throws {
        try await eventually("\"\(text)\" in \"\(output.text)\" (\(errors.text))") { output.text.contains(text) }
    }

    /// Ends the input and waits for the program.
    func end() async throws -> Ending {
        try? input.fileHandleForWriting.close()
        try await eventually("the end after \"\(output.text)\" (\(errors.text))") {
            !process.isRunning && output.hasEnded && errors.hasEnded
        }
        return Ending(status: process.terminationStatus, output: output.text, errors: errors.text)
    }

    /// Runs a whole session.
    static func run(port: Int, home: String, arguments: [String] = [], _ lines: String...) async throws -> Ending {
        let process = try LineProcess(port: port, home: home, arguments: arguments)
        for line in lines { try process.type(line) }
        return try await process.end()
    }
}

/// A condition that comes true in time.
func eventually(_ what: @autoclosure () -> String, within seconds: Double = 20, _ condition: () throws -> Bool) async throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while try !condition() {
        guard Date() < deadline else { throw TestFailure("It never came true: \(what())") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// A server as a process of its own, and a folder for the homes of those who use it.
func withServer(_ body: (_ port: Int, _ folder: String) async throws -> Void) async throws {
    let folder = try TemporaryFolder.make("obrol-line")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try ServerProcess(dataDirectory: folder + "/server")
    try await body(server.port, folder)
    _ = server.terminate()
}

/// Registers people, each with a display name.
func register(_ people: [String], port: Int, home: String) async throws {
    let process = try LineProcess(port: port, home: home)
    for person in people { try process.type("register", person, "rahasia", person.capitalized, "Indonesia") }
    let ending = try await process.end()
    guard ending.status == 0 else { throw TestFailure("register: \(ending)") }
}
