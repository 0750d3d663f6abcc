import ChatTesting
import Foundation
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

    @Test("keeps every acknowledged file whole", arguments: [(4, 0), (55, 50)] as [(UInt64, Int)])
    func keepsFiles(seed: UInt64, keeping percent: Int) throws {
        var random = SeededGenerator(seed: seed)
        let disk = try FailingDisk()
        var server = try disk.serve()
        var client = try WireClient(port: server.port)
        let token = try client.join(as: "alam")
        var payloads: [String] = []
        for _ in 0..<6 {
            disk.cutPower(after: Int.random(in: 1...100, using: &random), keeping: percent, seed: random.next())
            var isUp = true
            var attempt = 0
            while isUp {
                attempt += 1
                let text = String(repeating: "\(payloads.count)", count: Int.random(in: 1...3000, using: &random))
                let payload = Data(text.utf8).base64EncodedString()
                // Of an attempt that was not answered the name may be taken.
                let name = "f\(payloads.count)-\(disk.undone)-\(attempt)"
                let reply = try? client.ask("file_send username=alam&filename=\(name)&payload=\(payload)")
                isUp = reply != nil
                if reply?.status == "OK" { payloads.append("\(name) \(payload)") }
            }
            #expect(server.waitForEnd() == -9)
            server = try disk.serve()
            client = try WireClient(port: server.port)
            for payload in payloads {
                let words = payload.split(separator: " ")
                let reply = try client.ask("file_get session=\(token)&filename=\(words[0])")
                #expect(reply.text("payload") == String(words[1]), "\(words[0]): \(reply.code ?? "")")
            }
            try client.ask("whoami session=\(token)")
        }
        #expect(!payloads.isEmpty)
        #expect(disk.undone > 0)
        #expect(server.terminate() == 0)
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
