import ChatTesting
import Foundation
import Testing

@Suite("Without a file left to open")
struct OpenFilesTests {
    @Test("those who are connected chat on, who comes has to wait, and the log says why")
    func exhausted() throws {
        let directory = try TemporaryFolder.make("obrol-files")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let log = directory + "/log"
        let server = try ServerProcess(
            dataDirectory: directory + "/data", log: log, arguments: ["--log-level", "notice"],
            through: ["/usr/bin/prlimit", "--nofile=64:64"])
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        // The system takes more connections than the server can have.
        var others = try (0..<100).map { _ in try WireClient(port: server.port) }
        for client in others { try client.send("ping") }
        let file = "file_send username=alam&filename=a&payload=aGFsbw=="
        var reply: [String: Any] = [:]
        // They come in one by one.
        for _ in 0..<2000 where reply.code != "internal" {
            #expect(try alam.ask("send destination=alam&message=halo").status == "OK")
            reply = try alam.ask(file.replacingOccurrences(of: "=a&", with: "=\(UUID().uuidString)&"))
        }
        #expect(reply.text("error")?.contains("Too many open files") == true, "\(reply)")
        #expect(try alam.ask("history conversation=@alam&limit=1").status == "OK")

        let waiting = others.removeLast()
        others.removeAll()
        #expect(try waiting.reply().status == "OK")
        #expect(try alam.ask(file).status == "OK")
        #expect(try String(contentsOfFile: log, encoding: .utf8).contains("connection not accepted"))
        #expect(server.terminate() == 0)
    }
}
