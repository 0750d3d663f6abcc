import ChatTesting
import Foundation

/// Runs the program as an administrator does, and waits for its end.
@discardableResult
func obrold(_ arguments: String...) async throws -> PipedProcess.Ending {
    let environment = ["SWIFT_BACKTRACE": "enable=no", "PATH": "/usr/bin:/bin"]
    return try await PipedProcess(try BuiltProgram.path("obrold"), arguments: arguments, environment: environment)
        .end(timeout: .seconds(60))
}

/// A folder for a test, gone with it.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try TemporaryFolder.make("obrol-administration")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// Everything in a folder, sorted.
func names(in folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

extension WireClient {
    /// All entries of a conversation.
    func history(of conversation: String, session: String) throws -> [[String: Any]] {
        let name = conversation.replacingOccurrences(of: "#", with: "%23")
        var entries: [[String: Any]] = []
        var after = 0
        while true {
            let page = try ask("history session=\(session)&conversation=\(name)&after=\(after)&limit=500")
            guard page.status == "OK" else { throw TestFailure("\(page)") }
            entries += page.list("entries")
            after = page["upto"] as? Int ?? 0
            if page["more"] as? Bool != true { return entries }
        }
    }
}
