import ChatTesting
import Foundation
import Testing

@Suite("A narrow line", .enabled(if: Namespace.isPermitted, "Only root may make a network of its own."))
struct NarrowLineTests {
    private static let count = 60

    @Test("on which more comes than goes through is cut at its backlog with the reason, and catches up afterwards")
    func slowReader() async throws {
        let folder = try TemporaryFolder.make("obrol-narrow")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cable = try await Cable()
        let log = folder + "/log"
        let server = try cable.serve(
            dataDirectory: folder + "/server", log: log, arguments: ["--backlog", "64", "--log-level", "notice"])
        let connect = { try cable.clients.inside { try WireClient(host: Cable.host, port: Cable.port, receiveBuffer: 4096) } }
        let writer = try cable.server.inside { try WireClient(port: server.port) }
        try writer.join(as: "alam")
        let reader = try connect()
        let token = try reader.join(as: "firman")
        try reader.ask("subscribe")
        try cable.narrow()

        // Whoever is near is not held up.
        let text = String(repeating: "x", count: 15_000)
        for number in 1...Self.count { #expect(try writer.ask("send destination=firman&message=\(text)").seq == number) }
        #expect(try String(contentsOfFile: log, encoding: .utf8).contains("slow reader cut"))
        var received: [[String: Any]] = []
        while let event = try reader.receive() { received.append(event) }
        #expect(received.last?.text("type") == "closing")
        #expect(received.last?.code == "too-large")
        let heard = received.compactMap(\.seq)
        #expect(heard == Array(1...heard.count))
        #expect(heard.count < Self.count)

        let again = try connect()
        try again.ask("subscribe session=\(token)")
        var caughtUp = heard.count
        while caughtUp < Self.count {
            let page = try again.ask("history conversation=@alam&after=\(caughtUp)&limit=10")
            #expect(page.list("entries").compactMap(\.seq) == Array(caughtUp + 1...min(caughtUp + 10, Self.count)))
            caughtUp = try #require(page["upto"] as? Int)
        }
        #expect(server.terminate() == 0)
    }
}
