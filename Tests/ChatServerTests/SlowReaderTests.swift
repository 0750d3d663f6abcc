import ChatTesting
import Foundation
import Glibc
import Testing

@Suite("A thousand who never read")
struct SlowReaderTests {
    private static let count = 1000
    private static let backlog = 64 * 1024
    /// What a connection costs besides: its own state, and that a buffer grows to the next power of two.
    private static let rest = 64 * 1024

    @Test("are cut one by one at their backlog, cost no memory beyond it, and hurt nobody")
    func areCut() throws {
        try #require(allowOpenFiles(Self.count * 3), "so many connections are not allowed here")
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
        var (sent, cut) = (0, 0)
        while cut < Self.count, sent < 200 {
            sent += 1
            #expect(try sender.ask("send destination=firman&message=\(text)").seq == sent)
            #expect(try reader.event("message").seq == sent)
            cut = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
                .count { $0.contains("slow reader cut") && $0.contains("firman") && $0.contains("\(Self.backlog)") }
        }
        #expect(cut == Self.count)
        let cost = try server.peakMemory() - before
        #expect(cost < Self.count * (Self.backlog + Self.rest), "\(cost / Self.count) bytes each")
        // They have some seconds to take what there is. Whoever does so finds the reason at its end.
        for client in silent.suffix(3) {
            var received: [[String: Any]] = []
            while let event = try client.receive() { received.append(event) }
            let heard = received.compactMap(\.seq)
            #expect(!heard.isEmpty && heard == Array(1...heard.count))
            #expect(received.last?.text("type") == "closing")
            #expect(received.last?.code == "too-large")
        }
        #expect(server.terminate() == 0)
    }

    /// Lets this process have so many files and connections open at once, if that is permitted.
    private func allowOpenFiles(_ count: Int) -> Bool {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return false }
        if limit.rlim_cur >= rlim_t(count) { return true }
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        return setrlimit(files, &limit) == 0 && limit.rlim_cur >= rlim_t(count)
    }
}
