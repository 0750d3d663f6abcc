import ChatTesting
import Foundation
import Testing

/// Pausing in the real program, on a line that is held up.
@Suite("A transfer that is paused on a terminal", .serialized)
struct PausedTransferTests {
    @Test("stands still until the same key lets it go on, also when the line breaks meanwhile, and arrives whole")
    func pauseAndGoOn() async throws {
        try await TestServer.with { server in
            let relay = try await Relay(to: server.port)
            let alam = try TerminalUser(relay.port, columns: 120)
            defer { alam.removeHome() }
            alam.register("alam")
            let content = Data((0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 13) })
            try content.write(to: URL(fileURLWithPath: alam.homeFolder + "/besar.bin"))
            alam.submit("/chat alam")
            try alam.see("to notes to myself")
            alam.submit("/upload ~/besar.bin")
            try alam.see("Send besar.bin (6.0 MB)")
            relay.hold(.up, after: 2_000_000)
            alam.terminal.sendKey(.enter)
            try alam.see("↑ besar.bin")
            #expect(alam.terminal.waitUntil(timeout: .seconds(20)) { relay.isHolding(.up) })
            alam.terminal.sendKey(.tab)
            try alam.see("^T pause")
            alam.terminal.sendControl("t")
            try alam.see("^T go on")
            #expect(alam.sees("paused"))

            relay.release()
            relay.cut()
            try alam.see("Offline")
            try alam.see("● online")
            #expect(alam.sees("paused"), "only the person goes on with it")
            #expect(!alam.terminal.screen.picture.contains("✓ besar.bin"))
            alam.terminal.sendControl("t")
            #expect(alam.sees("✓ besar.bin"))
            alam.terminal.sendControl("q")
            #expect(alam.terminal.waitForExit() == .code(0))
            let stored = try #require(
                try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory + "/files").first)
            #expect(try Data(contentsOf: URL(fileURLWithPath: server.dataDirectory + "/files/" + stored)) == content)
            try await relay.close()
        }
    }
}
