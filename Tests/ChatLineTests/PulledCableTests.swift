import ChatTesting
import Foundation
import Testing

/// What the network loses without telling anybody, between real clients and a real server.
@Suite("A cable", .enabled(if: Namespace.isPermitted, "Only root may make a network that can be cut."))
struct PulledCableTests {
    private static let lines = 200

    @Test("that is pulled amid messages and plugged in again loses nothing and doubles nothing")
    func pulled() async throws {
        let folder = try TemporaryFolder.make("obrol-cable")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cable = try await Cable()
        let server = try cable.serve(dataDirectory: folder + "/server")
        let witness = try cable.server.inside { try WireClient(port: server.port) }
        for name in ["alam", "firman"] { try witness.join(as: name) }
        let saksi = try cable.server.inside { try WireClient(port: server.port) }
        try saksi.join(as: "saksi")
        try saksi.ask("room_join roomname=ramai")
        try saksi.ask("subscribe")
        let alam = try LineProcess(cable, home: folder + "/alam")
        let firman = try LineProcess(cable, home: folder + "/firman")
        for (person, name) in [(alam, "alam"), (firman, "firman")] {
            person.type("login \(name)", "rahasia", "join room ramai")
            try await person.waitFor("Telah bergabung")
        }

        for number in 1...Self.lines { alam.type("a\(number)") }
        while try saksi.event("message").text("msg") != "a20" {}
        try cable.pull()
        firman.type("f1", "f2", "f3")
        // The others do not notice.
        for number in 1...30 { #expect(try saksi.ask("room_chat roomname=ramai&message=s\(number)").status == "OK") }
        let atPull = try entries(saksi)
        #expect(atPull.count < Self.lines)
        try await eventually("both have tried again and again") {
            try cable.clients.connections().filter { $0.retries >= 3 }.count == 2
        }
        #expect(try cable.connectionsAtServer().allSatisfy { $0.unacknowledged > 0 })
        #expect(try entries(saksi) == atPull)
        try cable.plug()

        alam.type("a-selesai")
        try await firman.waitFor("Alam: a-selesai", timeout: .seconds(60))
        #expect(try await alam.end().status == 0)
        let heard = try await firman.end()
        #expect(heard.status == 0)
        let said = try entries(saksi)
        let own = (1...Self.lines).map { "a\($0)" } + ["a-selesai"]
        #expect(said.filter { $0.hasPrefix("alam: ") } == own.map { "alam: \($0)" })
        #expect(said.filter { $0.hasPrefix("firman: ") } == (1...3).map { "firman: f\($0)" })
        #expect(said.filter { $0.hasPrefix("saksi: ") } == (1...30).map { "saksi: s\($0)" })
        // Caught up without a gap or a double, in the one order.
        let others = said.filter { !$0.hasPrefix("firman: ") }.map(\.capitalizedFirst)
        #expect(heard.lines.filter { $0.hasPrefix("Alam: ") || $0.hasPrefix("Saksi: ") } == others)
        #expect(server.terminate() == 0)
    }

    /// What was said in the room, with its seqs checked.
    private func entries(_ client: WireClient) throws -> [String] {
        let entries = try client.ask("history conversation=%23ramai&after=0&limit=500").list("entries")
        #expect(entries.compactMap(\.seq) == Array(1...entries.count))
        return entries.compactMap { entry in entry.text("msg").map { "\(entry.text("from") ?? ""): \($0)" } }
            .filter { !$0.hasSuffix(": ") }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
