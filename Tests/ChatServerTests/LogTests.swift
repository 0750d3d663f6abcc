import ChatTesting
import Foundation
import Testing

@Suite("The log")
struct LogTests {
    @Test("says what happened, and never a password, a token or a message")
    func keepsSecrets() throws {
        let directory = try TemporaryFolder.make("obrol-log")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let log = directory + "/log"
        let server = try ServerProcess(dataDirectory: directory + "/data", log: log)
        let client = try WireClient(port: server.port)
        let token = try client.join(as: "alam")
        try client.ask("auth username=alam&password=salahsandi")
        try client.ask("send destination=alam&message=isipesan&nonce=noncenya")
        try client.ask("send destination=alam&message=isipesan%zz")
        try client.ask("room_join roomname=kelas")
        try client.ask("room_chat message=isipesan")
        try client.ask("inbox session=tokenpalsu")
        try client.ask("logout")
        #expect(server.terminate() == 0)

        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(text.contains("logged in"))
        #expect(text.contains("alam"))
        for secret in ["rahasia", "salahsandi", "isipesan", "noncenya", "tokenpalsu", token] {
            #expect(!text.contains(secret), "the log holds \(secret)")
        }
    }

    @Test("a server that cannot start says why and what to do, and exits with a failure")
    func cannotStart() throws {
        let directory = try TemporaryFolder.make("obrol-log")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (arguments, word) in [
            (["--listen", "0.0.0.0:0"], "--allow-plaintext"), (["--listen", "nonsense"], "HOST:PORT"),
            (["--data-dir", "/proc/nowhere"], "/proc/nowhere"),
        ] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try BuiltProgram.path("obrold"))
            process.arguments = ["--data-dir", directory] + arguments
            let output = Pipe()
            process.standardError = output
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus != 0)
            #expect(text.contains(word), "\(text)")
        }
    }
}
