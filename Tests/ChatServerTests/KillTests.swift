import ChatTesting
import Foundation
import Testing

@Suite("kill -9 under load", .serialized)
struct KillTests {
    @Test(
        "keeps every acknowledged message, once, in order, and makes up none",
        arguments: [(11, 20), (222, 6), (3333, 6)] as [(UInt64, Int)])
    func keepsWhatWasAcknowledged(seed: UInt64, senders: Int) throws {
        var random = SeededGenerator(seed: seed)
        let directory = try TemporaryFolder.make("obrol-kill")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var server = try ServerProcess(dataDirectory: directory)
        let crowd = try Crowd(senders, port: server.port)
        for _ in 0..<17 {
            try crowd.write(to: server.port, until: Int.random(in: 10...120, using: &random)) { server.kill() }
            server = try ServerProcess(dataDirectory: directory)
            try crowd.verify(at: server.port)
        }
        #expect(server.terminate() == 0)
    }
}
