import ChatTesting
import Foundation
import Testing

/// The real program at the end of a line that is cut or narrow.
@Suite("The program at the end of a cable", .enabled(if: Namespace.isPermitted, "Only root may make a network that can be cut."))
struct CableTests {
    /// Runs a test with a server at one end, and removes what it left.
    private func withServer(
        _ arguments: [String] = [], _ body: (_ cable: Cable, _ server: ServerProcess) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder.make("obrol-cable")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cable = try await Cable()
        let server = try cable.serve(dataDirectory: folder, arguments: arguments)
        try await body(cable, server)
        #expect(server.terminate() == 0)
    }

    @Test("that was pulled says that it is offline, and by itself sends what waited and catches up, once")
    func pulledAndPlugged() async throws {
        try await withServer(["--vanished-seconds", "8"]) { cable, server in
            let witness = try cable.server.inside { try WireClient(port: server.port) }
            try witness.join(as: "saksi")
            try witness.ask("subscribe")
            let alam = try TerminalUser(cable)
            defer { alam.removeHome() }
            alam.register("alam")
            #expect(alam.sees("● saksi"))
            alam.submit("/chat saksi")
            #expect(alam.sees("to saksi"))
            alam.submit("satu")
            #expect(alam.sees("✓"))

            try cable.pull()
            for text in ["dua", "tiga"] { alam.submit(text) }
            #expect(try witness.ask("send destination=alam&message=dari+luar").seq == 2)
            try await eventually("the server lets go of the line") { try cable.connectionsAtServer().isEmpty }
            // Five seconds after that the others hear of it.
            while try witness.event("presence")["online"] as? Bool != false {}
            try await eventually("it says that it is offline", within: .seconds(60)) {
                alam.terminal.waitFor("Offline", timeout: .zero)
            }
            try cable.plug()
            try await eventually("it is back by itself", within: .seconds(60)) {
                alam.terminal.waitFor("● online", timeout: .zero)
            }
            #expect(alam.sees("dari luar"))
            while try witness.event("message").text("msg") != "tiga" {}
            let texts = try witness.ask("history conversation=@alam&after=0").list("entries").compactMap { $0.text("msg") }
            #expect(texts == ["satu", "dari luar", "dua", "tiga"])
            for text in texts { #expect(alam.sees(text)) }
        }
    }

    @Test("on which nobody said anything is found to be gone at both ends")
    func silent() async throws {
        try await withServer(["--vanished-seconds", "8"]) { cable, server in
            let alam = try TerminalUser(cable)
            defer { alam.removeHome() }
            alam.register("alam")
            #expect(alam.terminal.waitForSilence(.milliseconds(500)))
            #expect(try cable.connectionsAtServer().map(\.unacknowledged) == [0])
            try cable.pull()
            try await eventually("the server lets go of the line") { try cable.connectionsAtServer().isEmpty }
            #expect(try cable.clients.connections().map(\.unacknowledged) == [0])
            try await eventually("it says that it is offline", within: .seconds(100)) {
                alam.terminal.waitFor("Offline", timeout: .zero)
            }
        }
    }

    @Test("that is narrow lets people chat while a file goes up")
    func narrow() async throws {
        try await withServer { cable, server in
            let witness = try cable.server.inside { try WireClient(port: server.port) }
            try witness.join(as: "saksi")
            try witness.ask("subscribe")
            // Wide enough that the files do not cover the marks of the messages.
            let alam = try TerminalUser(cable, columns: 120)
            defer { alam.removeHome() }
            alam.register("alam")
            #expect(alam.sees("● saksi"))
            alam.submit("/chat saksi")
            #expect(alam.sees("to saksi"))
            var generator = SystemRandomNumberGenerator()
            let content = Data((0..<1_500_000).map { _ in UInt8.random(in: 0...255, using: &generator) })
            try content.write(to: URL(fileURLWithPath: alam.homeFolder + "/besar.bin"))

            try cable.narrow()
            alam.submit("/upload ~/besar.bin")
            #expect(alam.sees("Send besar.bin"))
            alam.terminal.sendKey(.enter)
            // The line has as much to carry as it takes.
            try await eventually("the file fills the line") {
                try cable.clients.connections().contains { $0.unacknowledged > 20_000 }
            }
            for number in 1...5 {
                alam.submit("halo \(number)")
                #expect(try witness.event("message").text("msg") == "halo \(number)")
            }
            #expect(alam.terminal.waitUntil { alam.terminal.screen.contains("✓") && !alam.terminal.screen.contains("◌") })
            #expect(alam.terminal.screen.contains("↑"))
            // All of that before the file was there.
            let file = try #require(try witness.event("message")["file"] as? [String: Any])
            #expect(file["size"] as? Int == content.count)
        }
    }
}
