import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// `kill -9` of the client amid a file.
@Suite("Files after the client was killed", .serialized)
struct KillTests {
    private static let size = 20 * 1024 * 1024
    private static let part = 6 * 1024 * 1024

    private func withRelay(_ body: (_ relay: Relay, _ server: Int, _ folder: String, _ data: Data) async throws -> Void)
        async throws
    {
        try await withServer { port, folder in
            let relay = try await Relay(to: port)
            try await register(["alam", "firman"], port: relay.port, home: folder + "/alam")
            var generator = SystemRandomNumberGenerator()
            let words = (0..<Self.size / 8).map { _ in generator.next() as UInt64 }
            let data = words.withUnsafeBytes { Data($0) }
            try data.write(to: URL(fileURLWithPath: folder + "/besar.bin"))
            try await body(relay, port, folder, data)
            try await relay.close()
        }
    }

    @Test("an upload goes on by itself when the client is back, and arrives once")
    func upload() async throws {
        try await withRelay { relay, server, folder, data in
            let first = try LineProcess(port: relay.port, home: folder + "/alam")
            relay.hold(.up, after: Self.part)
            first.type("login alam", "rahasia", "send file firman \(folder)/besar.bin")
            try await eventually("it is held up") { relay.isHolding(.up) }
            first.kill()
            relay.release()

            let firman = try WireClient(port: server)
            try firman.logIn(as: "firman")
            try firman.ask("subscribe")
            let second = try LineProcess(port: relay.port, home: folder + "/alam")
            second.type("login alam", "rahasia")
            let event = try firman.event("message")
            let file = try #require(event["file"] as? [String: Any])
            #expect(file["size"] as? Int == Self.size)
            #expect(relay.bytes(.up) < Self.size - 1_000_000)
            #expect(try await second.end().status == 0)
            let files = try #require(try firman.ask("file_list")["files"] as? [[String: Any]])
            #expect(files.count == 1)
            let content = try await LineProcess.run(
                port: server, home: folder + "/firman", "login firman", "rahasia", "get file besar.bin")
            #expect(content.status == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/firman/Downloads/besar.bin")) == data)
        }
    }

    @Test("a download goes on by itself when the client is back, from what was on disk")
    func download() async throws {
        try await withRelay { relay, server, folder, data in
            let sent = try await LineProcess.run(
                port: server, home: folder + "/firman", "login firman", "rahasia", "send file alam \(folder)/besar.bin")
            #expect(sent.status == 0)
            let first = try LineProcess(port: relay.port, home: folder + "/alam")
            first.type("login alam", "rahasia")
            relay.hold(.down, after: Self.part)
            first.type("get file besar.bin")
            try await eventually("it is held up") { relay.isHolding(.down) }
            let downloads = folder + "/alam/Downloads"
            let names = { ((try? FileManager.default.contentsOfDirectory(atPath: downloads)) ?? []).sorted() }
            try await eventually("some of it is on disk") {
                let part = names().first.map { downloads + "/" + $0 } ?? ""
                let size = (try? FileManager.default.attributesOfItem(atPath: part))?[.size] as? Int
                return size ?? 0 > 1_000_000
            }
            first.kill()
            #expect(names().allSatisfy { $0.hasSuffix(".part") })
            relay.release()

            let second = try LineProcess(port: relay.port, home: folder + "/alam")
            second.type("login alam", "rahasia")
            try await eventually("it is there, and nothing else") { names() == ["besar.bin"] }
            #expect(relay.bytes(.down) < Self.size - 1_000_000)
            #expect(try Data(contentsOf: URL(fileURLWithPath: downloads + "/besar.bin")) == data)
            #expect(try await second.end().status == 0)
        }
    }
}
