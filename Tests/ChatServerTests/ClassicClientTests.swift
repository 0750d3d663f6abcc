import ChatTesting
import Foundation
import Testing

@Suite("The first Python client")
struct ClassicClientTests {
    @Test("does everything it could, unchanged")
    func doesEverything() async throws {
        try await TestServer.with { server in
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("classic_client.py")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", script.path, "\(server.port)"]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(text)")
            #expect(text.contains("ok login again on the same connection"))
        }
    }
}
