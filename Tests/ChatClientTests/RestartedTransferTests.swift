import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

@Suite("Files after a restart of the client", .serialized)
struct RestartedTransferTests {
    private static let size = 20 * 1024 * 1024
    private static let part = 6 * 1024 * 1024

    /// A server, a line to it that can be held up, and a file of 20 MB.
    private struct Scene {
        let server: TestServer
        let relay: Relay
        let folder: String
        let data: Data

        var source: String { folder + "/besar.bin" }
        var downloads: String { folder + "/alam/downloads" }
        var landed: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: downloads)) ?? []).sorted() }

        func alam() -> Face { Face(port: relay.port, root: folder + "/alam") }

        /// Alam again, signed in with what the first run left.
        func alamAgain() async throws -> Face {
            relay.release()
            let alam = alam()
            alam.perform(.resume(try Username("alam")))
            try await alam.live()
            return alam
        }

        /// Begins and stops amid it.
        func interrupt(_ direction: Relay.Direction, _ face: Face, _ intent: Intent) async throws {
            relay.hold(direction, after: part)
            face.perform(intent)
            try await eventually("it is held up") { relay.isHolding(direction) }
            try await face.wait(for: "some of it") { event -> Bool? in
                if case .transfer(let transfer) = event, transfer.done > 1_000_000 { true } else { nil }
            }
        }

        func upload(_ face: Face) async throws {
            try await interrupt(.up, face, .upload(path: source, to: try ConversationName("alam"), transfer: 1))
        }

        func download(_ face: Face) async throws {
            face.perform(.upload(path: source, to: try ConversationName("alam"), transfer: 1))
            _ = try await face.end(of: 1)
            let newest = Intent.downloadNewest(try FileLabel("besar.bin"), in: try ConversationName("alam"), transfer: 2)
            try await interrupt(.down, face, newest)
        }

        /// The files in the notebook, as the server has them.
        func shared() async throws -> [SharedEntry] {
            let reader = Face(port: server.port, root: folder + "/reader")
            try await reader.logIn("alam")
            let name = try ConversationName("alam")
            reader.perform(.load(name, around: .before(.maximum), limit: 50))
            try await reader.wait(for: "a page") { if case .page = $0 { true } else { nil } }
            reader.perform(.listShared(name))
            let shared = try await reader.wait(for: "files") { if case .shared(_, let files) = $0 { files } else { nil } }
            reader.client.shutDown()
            return shared
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let relay = try await Relay(to: server.port)
                var generator = SystemRandomNumberGenerator()
                let words = (0..<Self.size / 8).map { _ in generator.next() as UInt64 }
                let scene = Scene(server: server, relay: relay, folder: folder, data: words.withUnsafeBytes { Data($0) })
                try scene.data.write(to: URL(fileURLWithPath: scene.source))
                try await body(scene)
                try await relay.close()
            }
        }
    }

    @Test("an upload that outlives client and server waits with an id of its own, goes on where it was, and is announced once")
    func upload() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.upload(alam)
            try await scene.server.stop()
            alam.client.shutDown()
            scene.relay.release()
            alam = scene.alam()
            alam.perform(.resume(try Username("alam")))
            let back = try await alam.anyTransfer()
            #expect(back.id < 0 && back.name == "besar.bin" && back.done > 1_000_000 && back.state == .waiting)
            let server = try await TestServer.start(dataDirectory: scene.server.dataDirectory, port: scene.server.port)
            alam.perform(.reconnectNow)
            #expect(try await alam.end(of: back.id).state == .done(path: nil))
            #expect(scene.relay.bytes(.up) < Self.size - 1_000_000)
            alam.client.shutDown()
            alam = try await scene.alamAgain()
            #expect(alam.transfers().isEmpty)
            let shared = try await scene.shared()
            #expect(shared.count == 1)
            alam.perform(.download(try #require(shared.first).file, transfer: 1))
            #expect(try Data(contentsOf: URL(fileURLWithPath: try await alam.place(of: 1))) == scene.data)
            alam.client.shutDown()
            try await server.stop()
        }
    }

    @Test("a download goes on from the part on disk, and asks the server only for the rest")
    func download() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.download(alam)
            alam.client.shutDown()
            #expect(scene.landed.count == 1 && scene.landed[0].hasSuffix(".part"))
            alam = try await scene.alamAgain()
            let back = try await alam.anyTransfer()
            #expect(back.id < 0 && back.done > 1_000_000)
            let place = try await alam.place(of: back.id)
            #expect(place == scene.downloads + "/besar.bin")
            #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == scene.data)
            #expect(scene.relay.bytes(.down) < Self.size - 1_000_000)
            #expect(scene.landed == ["besar.bin"])
            alam.client.shutDown()
        }
    }

    @Test("a part that is not what had come is begun anew")
    func torn() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.download(alam)
            alam.client.shutDown()
            let part = try #require(FileHandle(forUpdatingAtPath: scene.downloads + "/" + scene.landed[0]))
            try part.write(contentsOf: Data(repeating: 0, count: 4096))
            try part.close()
            alam = try await scene.alamAgain()
            let place = try await alam.place(of: try await alam.anyTransfer().id)
            #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == scene.data)
            #expect(scene.relay.bytes(.down) > Self.size)
            #expect(scene.landed == ["besar.bin"])
            alam.client.shutDown()
        }
    }

    @Test("a file that was changed meanwhile fails, and goes up as it is now when that is wanted")
    func changed() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.upload(alam)
            alam.client.shutDown()
            try Data("pendek".utf8).write(to: URL(fileURLWithPath: scene.source))
            alam = try await scene.alamAgain()
            let failed = try await alam.end(of: try await alam.anyTransfer().id)
            #expect(failed.state == .failed(.changed(path: scene.source)))
            alam.perform(.retryTransfer(failed.id))
            #expect(try await alam.end(of: failed.id).state == .done(path: nil))
            alam.client.shutDown()
            #expect(try await scene.shared().map(\.file.size) == [6])
        }
    }

    @Test("a file that is not there fails, and goes on once it is back")
    func disappeared() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.upload(alam)
            alam.client.shutDown()
            try FileManager.default.moveItem(atPath: scene.source, toPath: scene.source + ".away")
            alam = try await scene.alamAgain()
            let failed = try await alam.end(of: try await alam.anyTransfer().id)
            #expect(failed.state == .failed(.noSuchFile(path: scene.source)))
            try FileManager.default.moveItem(atPath: scene.source + ".away", toPath: scene.source)
            alam.perform(.retryTransfer(failed.id))
            #expect(try await alam.end(of: failed.id).state == .done(path: nil))
            #expect(scene.relay.bytes(.up) < Self.size - 1_000_000)
            alam.client.shutDown()
            #expect(try await scene.shared().map(\.file.size) == [Int64(Self.size)])
        }
    }

    @Test("cancelling leaves nothing, now and after a restart")
    func cancelled() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.download(alam)
            alam.client.shutDown()
            scene.relay.hold(.down, after: Self.part)
            alam = scene.alam()
            alam.perform(.resume(try Username("alam")))
            let back = try await alam.anyTransfer()
            alam.perform(.cancel(back.id))
            #expect(try await alam.end(of: back.id).state == .cancelled)
            try await eventually("nothing is left") { scene.landed.isEmpty }
            alam.client.shutDown()
            alam = try await scene.alamAgain()
            #expect(alam.transfers().isEmpty)
            alam.client.shutDown()
        }
    }

    @Test("logging out cancels what is under way")
    func loggedOut() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.download(alam)
            scene.relay.release()
            alam.perform(.logOut)
            try await alam.wait(for: "signed out") { if case .signedOut = $0 { true } else { nil } }
            #expect(scene.landed.isEmpty)
            alam.client.shutDown()
            alam = scene.alam()
            try await alam.logIn("alam")
            #expect(alam.transfers().isEmpty)
            alam.client.shutDown()
        }
    }

    @Test("what the server refused stays refused until it is tried again")
    func refused() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            alam.perform(.upload(path: scene.source, to: try ConversationName("nobody"), transfer: 1))
            guard case .failed(.refused(let error)) = try await alam.end(of: 1).state else {
                Issue.record("sent to nobody")
                return
            }
            alam.client.shutDown()
            alam = try await scene.alamAgain()
            let back = try await alam.anyTransfer()
            #expect(back.state == .failed(.refused(error)))
            let nobody = Face(port: scene.server.port, root: scene.folder + "/nobody")
            try await nobody.register("nobody")
            alam.perform(.retryTransfer(back.id))
            #expect(try await alam.end(of: back.id).state == .done(path: nil))
            for face in [alam, nobody] { face.client.shutDown() }
        }
    }

    @Test("a paused upload rests, also in a later run, until it is wanted, and goes on where it was")
    func paused() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.upload(alam)
            alam.perform(.pauseTransfer(1))
            #expect(try await alam.stands(1) { $0 == .paused }.done > 1_000_000)
            scene.relay.release()
            // What is asked for later runs past it.
            alam.perform(.upload(path: scene.folder + "/tiada", to: try ConversationName("alam"), transfer: 2))
            _ = try await alam.end(of: 2)
            alam.client.shutDown()
            alam = try await scene.alamAgain()
            let back = try await alam.anyTransfer()
            #expect(back.state == .paused && back.done > 1_000_000)
            alam.perform(.retryTransfer(back.id))
            #expect(try await alam.end(of: back.id).state == .done(path: nil))
            #expect(scene.relay.bytes(.up) < Self.size - 1_000_000)
            #expect(try await scene.shared().count == 1)
            alam.client.shutDown()
        }
    }

    @Test("a cancelled transfer can be begun again: up from what the server has of it, down from nothing")
    func begunAgain() async throws {
        try await withScene { scene in
            var alam = scene.alam()
            try await alam.register("alam")
            try await scene.upload(alam)
            alam.perform(.cancel(1))
            #expect(try await alam.end(of: 1).state == .cancelled)
            scene.relay.release()
            alam.perform(.retryTransfer(1))
            #expect(try await alam.end(of: 1).state == .done(path: nil))
            #expect(scene.relay.bytes(.up) < Self.size - 1_000_000)
            #expect(try await scene.shared().count == 1)

            alam.forget()
            let file = try #require(try await scene.shared().first).file
            try await scene.interrupt(.down, alam, .download(file, transfer: 2))
            alam.perform(.cancel(2))
            #expect(try await alam.end(of: 2).state == .cancelled)
            scene.relay.release()
            alam.perform(.retryTransfer(2))
            #expect(try Data(contentsOf: URL(fileURLWithPath: try await alam.place(of: 2))) == scene.data)
            #expect(scene.landed == ["besar.bin"])
            alam.client.shutDown()
            alam = try await scene.alamAgain()
            #expect(alam.transfers().isEmpty)
            alam.client.shutDown()
        }
    }

    @Test("a second client of the account keeps nothing of its transfers")
    func secondClient() async throws {
        try await withScene { scene in
            let first = Face(port: scene.relay.port, root: scene.folder + "/alam")
            try await first.register("alam")
            var second = scene.alam()
            try await second.logIn("alam")
            try await scene.download(second)
            #expect(scene.landed.count == 1)
            for face in [second, first] { face.client.shutDown() }
            #expect(scene.landed.isEmpty)
            second = try await scene.alamAgain()
            #expect(second.transfers().isEmpty)
            second.client.shutDown()
        }
    }
}

extension Face {
    /// The first that is said of any transfer.
    func anyTransfer() async throws -> Transfer {
        try await wait(for: "a transfer") { if case .transfer(let transfer) = $0 { transfer } else { nil } }
    }

    /// Of how many transfers anything was said.
    func transfers() -> [Transfer] {
        events().compactMap { if case .transfer(let transfer) = $0 { transfer } else { nil } }
    }

    func stands(_ id: Transfer.ID, _ fits: (Transfer.State) -> Bool) async throws -> Transfer {
        try await wait(for: "transfer \(id) to stand so") { event -> Transfer? in
            if case .transfer(let transfer) = event, transfer.id == id, fits(transfer.state) { transfer } else { nil }
        }
    }

    func end(of id: Transfer.ID) async throws -> Transfer {
        try await wait(for: "the end of transfer \(id)", within: 60) { event -> Transfer? in
            guard case .transfer(let transfer) = event, transfer.id == id else { return nil }
            switch transfer.state {
            case .done, .failed, .cancelled: return transfer
            case .waiting, .preparing, .running, .paused: return nil
            }
        }
    }

    func place(of id: Transfer.ID) async throws -> String {
        let transfer = try await end(of: id)
        guard case .done(let path?) = transfer.state else { throw TestFailure("\(transfer)") }
        return path
    }
}
