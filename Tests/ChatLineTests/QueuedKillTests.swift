import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// `kill -9` of the client amid messages.
@Suite("Messages after the client was killed", .serialized)
struct QueuedKillTests {
    private static let rounds = 10
    private static let lines = 30

    @Test("what had been queued goes out once, in order, from the next client", arguments: [5, 55] as [UInt64])
    func queued(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await withServer { port, folder in
            let home = folder + "/alam"
            try await register(["alam"], port: port, home: folder + "/x")
            let relay = try await Relay(to: port)
            let witness = try WireClient(port: port)
            try witness.join(as: "saksi")
            try witness.ask("room_join roomname=ramai")
            var waited: [String] = []
            for round in 0..<Self.rounds {
                let client = try LineProcess(port: relay.port, home: home, arguments: round == 0 ? [] : ["--user", "alam"])
                if round == 0 { client.type("login alam", "rahasia") }
                client.type("join room ramai")
                for number in 0..<Self.lines { client.type("r\(round)-\(number)") }
                relay.hold(.up, after: Int.random(in: 400...2000, using: &random))
                try await eventually("it is held up") { relay.isHolding(.up) }
                client.kill()
                relay.release()
                waited += try outbox(relay.port, home)
            }
            let last = try LineProcess(port: relay.port, home: home, arguments: ["--user", "alam"])
            last.type("join room ramai", "selesai")
            #expect(try await last.end().status == 0)

            let said = try witness.ask("history conversation=%23ramai&after=0&limit=500").list("entries")
                .filter { $0.text("from") == "alam" }.compactMap { $0.text("msg") }.filter { !$0.isEmpty }
            #expect(said.last == "selesai")
            #expect(!waited.isEmpty, "nobody was killed while something waited")
            #expect(Set(waited).isSubset(of: said), "lost: \(Set(waited).subtracting(said))")
            for round in 0..<Self.rounds {
                // Of the lines of a client those went out that it had taken: the first, each once.
                let own = said.filter { $0.hasPrefix("r\(round)-") }
                #expect(own == (0..<own.count).map { "r\(round)-\($0)" })
            }
            let rounds = said.dropLast().compactMap { $0.dropFirst().split(separator: "-").first.flatMap { Int($0) } }
            #expect(rounds == rounds.sorted(), "a later client overtook an earlier one")
            try await relay.close()
        }
    }

    /// What the killed client had on disk and no server had confirmed to it.
    private func outbox(_ port: Int, _ home: String) throws -> [String] {
        let paths = ClientPaths(environment: LineProcess.environment(home: home))
        let client = Client(server: ServerAddress(host: "127.0.0.1", port: port), mailbox: Mailbox {}, paths: paths)
        defer { client.shutDown() }
        return client.openCache(of: try Username("alam")).outbox.map(\.text.text)
    }
}
