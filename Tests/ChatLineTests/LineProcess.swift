import ChatTesting
import Foundation

/// `obrol-line` with pipes for its input and output.
struct LineProcess {
    private let process: PipedProcess

    /// - Parameter home: whose files it uses.
    init(port: Int, home: String, arguments: [String] = []) throws {
        process = try PipedProcess(
            try BuiltProgram.path("obrol-line"), arguments: ["127.0.0.1:\(port)"] + arguments,
            environment: Self.environment(home: home))
    }

    /// At the far end of a cable.
    init(_ cable: Cable, home: String) throws {
        let words = cable.clients.entrance + [try BuiltProgram.path("obrol-line"), Cable.address]
        process = try PipedProcess(
            words[0], arguments: Array(words.dropFirst()), environment: Self.environment(home: home))
    }

    static func environment(home: String, locale: String = "C.UTF-8") -> [String: String] {
        [
            "HOME": home, "XDG_DATA_HOME": home + "/data", "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config",
            "LANG": locale, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "TERM": "xterm-256color",
        ]
    }

    func type(_ lines: String...) { process.type(lines) }

    func waitFor(_ text: String, timeout: Duration = .seconds(20)) async throws {
        try await process.waitFor(text, timeout: timeout)
    }

    func kill() { process.kill() }

    func end(timeout: Duration = .seconds(30)) async throws -> PipedProcess.Ending { try await process.end(timeout: timeout) }

    /// Runs a whole session.
    static func run(
        port: Int, home: String, arguments: [String] = [], _ lines: String...
    ) async throws -> PipedProcess.Ending {
        let process = try LineProcess(port: port, home: home, arguments: arguments)
        process.process.type(lines)
        return try await process.end()
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
    for person in people { process.type("register", person, "rahasia", person.capitalized, "Indonesia") }
    let ending = try await process.end()
    guard ending.status == 0 else { throw TestFailure("register: \(ending)") }
}
