import ChatClient
import ChatProtocol
import ChatStore
import ChatTesting
import Foundation
import Testing

@Suite("A server that was restored")
struct RestoredServerTests {
    @Test("is another history to a client: what the backup lacks goes from the cache, what was not sent is sent")
    func resync() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/data")
            let alam = Face(port: first.port, root: folder + "/alam")
            try await alam.register("alam")
            for text in ["satu", "dua"] {
                try alam.say(text, to: "alam")
                try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            }
            _ = try Backup(of: folder + "/data", to: folder + "/copy.tar", options: .init(), now: Date()).run()
            try alam.say("hilang", to: "alam")
            try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            #expect(try await alam.texts(of: "alam", count: 3) == ["satu", "dua", "hilang"])
            try await first.stop()
            try alam.say("luring", to: "alam")

            let summary = try Restore(folder + "/copy.tar", to: folder + "/data", movesAside: true, now: Date()).run()
            #expect(summary.messages == 2 && summary.accounts == 1 && summary.movedTo != nil)
            alam.forget()
            let second = try await TestServer.start(dataDirectory: folder + "/data", port: first.port)
            alam.perform(.reconnectNow)
            // Its session goes on: nobody has to log in.
            try await alam.wait(for: "new epoch") { if case .notice(.newEpoch) = $0 { true } else { nil } }
            try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            #expect(try await alam.texts(of: "alam", count: 3) == ["satu", "dua", "luring"])
            alam.client.shutDown()
            try await second.stop()
        }
    }
}
