import ChatTesting
import Foundation
import Testing

@Suite("Two hundred who never read")
struct SlowReaderTests {
    private static let count = 200
    private static let backlog = 64 * 1024

    @Test("are cut one by one at their backlog, cost no memory beyond it, and hurt nobody")
    func areCut() throws {
        let directory = try TemporaryFolder.make("obrol-slow")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let log = directory + "/log"
        let server = try ServerProcess(
            dataDirectory: directory + "/data", log: log,
            arguments: ["--backlog", "\(Self.backlog / 1024)", "--log-level", "notice"])
        let sender = try WireClient(port: server.port)
        try sender.join(as: "alam")
        let reader = try WireClient(port: server.port)
        let token = try reader.join(as: "firman")
        try reader.ask("subscribe")
        let silent = try (0..<Self.count).map { _ in
            let client = try WireClient(port: server.port, receiveBuffer: 4096)
            #expect(try client.ask("subscribe session=\(token)").status == "OK")
            return client
        }
        let before = try server.residentMemory()

        let text = String(repeating: "x", count: 15_000)
        var (sent, peak, cut) = (0, 0, 0)
        while cut < Self.count, sent < 2_000 {
            for _ in 0..<20 {
                sent += 1
                #expect(try sender.ask("send destination=firman&message=\(text)").seq == sent)
                #expect(try reader.event("message").seq == sent)
            }
            peak = max(peak, try server.residentMemory())
            cut = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
                .count { $0.contains("slow reader cut") && $0.contains("firman") && $0.contains("\(Self.backlog)") }
        }
        #expect(cut == Self.count)
        // What was gathered for the next flush, and what the channel has; a buffer grows to the next power of two.
        #expect(peak - before < Self.count * Self.backlog * 2 + 64 << 20, "\((peak - before) >> 20) MiB")
        // Some take what there is, and find its end before the newest.
        for client in silent.prefix(3) {
            var received = 0
            while try client.receiveObject() != nil { received += 1 }
            #expect(received < sent)
        }
        #expect(server.terminate() == 0)
    }
}
