import ChatTesting
import Testing

@Suite("Power loss", .serialized)
struct PowerLossTests {
    @Test(
        "keeps every acknowledged message, once, in order, whatever of the unsynced writes survives",
        arguments: [(1, 0), (22, 50), (333, 95)] as [(UInt64, Int)])
    func keepsWhatWasAcknowledged(seed: UInt64, keeping percent: Int) throws {
        var random = SeededGenerator(seed: seed)
        let disk = try FailingDisk()
        var server = try disk.serve()
        let crowd = try Crowd(5, port: server.port)
        for _ in 0..<5 {
            let operations = Int.random(in: 1...60, using: &random)
            let round = random.next()
            try crowd.write(to: server.port, until: Int.random(in: 10...150, using: &random)) {
                disk.cutPower(after: operations, keeping: percent, seed: round)
            }
            #expect(server.waitForEnd() == -9)
            server = try disk.serve()
            try crowd.verify(at: server.port)
        }
        #expect(server.terminate() == 0)
        #expect(disk.replies >= crowd.acknowledged)
        #expect(disk.earlyReplies == 0, "acknowledged before they were synced")
        #expect(disk.undone > 0, "no write was lost: nothing was tried")
    }

    @Test("the witness of early acknowledgements sees them")
    func witness() throws {
        let disk = try FailingDisk()
        disk.isBlind = true
        let server = try disk.serve()
        let crowd = try Crowd(2, port: server.port)
        try crowd.write(to: server.port, until: 10) { server.kill() }
        #expect(disk.earlyReplies >= 10)
    }
}
