import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

@Suite("Files", .serialized)
struct TransferTests {
    private func done(_ face: Face, _ id: Transfer.ID) async throws -> Transfer {
        try await face.wait(for: "the end of transfer \(id)", within: 60) { event -> Transfer? in
            guard case .transfer(let transfer) = event, transfer.id == id else { return nil }
            switch transfer.state {
            case .done, .failed, .cancelled: return transfer
            case .waiting, .preparing, .running, .paused: return nil
            }
        }
    }

    private func path(_ transfer: Transfer) throws -> String {
        guard case .done(let path?) = transfer.state else { throw TestFailure("\(transfer)") }
        return path
    }

    private func makeFile(_ path: String, bytes: Int) throws -> Data {
        var generator = SystemRandomNumberGenerator()
        let data = Data(
            (0..<bytes / 8 + 1).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }.prefix(bytes))
        try data.write(to: URL(fileURLWithPath: path))
        return data
    }

    @Test("a file goes up, is announced, and comes down the same, also a second time")
    func upAndDown() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = Face(port: server.port, root: folder + "/alam")
                let firman = Face(port: server.port, root: folder + "/firman")
                try await alam.register("alam")
                try await firman.register("firman")
                let data = try makeFile(folder + "/lap oran.bin", bytes: 1_000_003)
                alam.perform(.upload(path: folder + "/lap oran.bin", to: try ConversationName("firman"), transfer: 1))
                #expect(try await done(alam, 1).state == .done(path: nil))
                let file = try await firman.wait(for: "the announcement") { event -> SharedFile? in
                    guard case .changed(let state) = event, case .file(let file)? = state.last?.kind else { return nil }
                    #expect(state.unread == 1)
                    return file
                }
                #expect(file.size == Int64(data.count))
                for (id, name) in [(7, "lap oran.bin"), (8, "lap oran (2).bin")] {
                    firman.perform(.download(file, transfer: id))
                    let place = try path(try await done(firman, id))
                    #expect(place == folder + "/firman/downloads/" + name)
                    #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == data)
                }
                firman.perform(.downloadNewest(file.label, in: nil, transfer: 9))
                #expect(try Data(contentsOf: URL(fileURLWithPath: try path(try await done(firman, 9)))) == data)
                firman.perform(.listFiles)
                let files = try await firman.wait(for: "files") { if case .files(let files) = $0 { files } else { nil } }
                #expect(files.map(\.file.label.text) == ["lap oran.bin"])
                alam.client.shutDown()
                firman.client.shutDown()
            }
        }
    }

    @Test("an empty file is a file, and a room's file is found by its name")
    func roomFile() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = Face(port: server.port, root: folder + "/alam")
                try await alam.register("alam")
                let room = try RoomName("foo")
                alam.perform(.join(room))
                try await alam.wait(for: "joined") { if case .joined = $0 { true } else { nil } }
                _ = try makeFile(folder + "/kosong", bytes: 0)
                alam.perform(.upload(path: folder + "/kosong", to: .room(room), transfer: 1))
                #expect(try await done(alam, 1).state == .done(path: nil))
                alam.perform(.downloadNewest(try FileLabel("kosong"), in: .room(room), transfer: 2))
                #expect(try Data(contentsOf: URL(fileURLWithPath: try path(try await done(alam, 2)))).isEmpty)
                alam.perform(.downloadNewest(try FileLabel("tiada"), in: .room(room), transfer: 3))
                #expect(try await done(alam, 3).state == .failed(.noFileOfThatName))
                alam.client.shutDown()
            }
        }
    }

    @Test(
        "what is no file, or not there, fails with a reason",
        arguments: [
            ("/nowhere", TransferFailure.noSuchFile(path: "/nowhere")), ("/dev/null", .notAFile(path: "/dev/null")),
            ("/", .notAFile(path: "/")), ("", .noSuchFile(path: "")),
        ])
    func noFile(path: String, expected: TransferFailure) async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = Face(port: server.port, root: folder + "/alam")
                try await alam.register("alam")
                alam.perform(.upload(path: path, to: try ConversationName("alam"), transfer: 1))
                #expect(try await done(alam, 1).state == .failed(expected))
                alam.client.shutDown()
            }
        }
    }

    /// Waits until a transfer has moved and, as its line is held up, cannot come to its end.
    private func hasMoved(_ face: Face, _ id: Transfer.ID) async throws {
        try await face.wait(for: "some of transfer \(id)") { event -> Bool? in
            if case .transfer(let transfer) = event, transfer.id == id, transfer.done > 0 { true } else { nil }
        }
    }

    @Test("a transfer that a restart interrupts goes on by itself")
    func interrupted() async throws {
        try await withFolder { folder in
            var server = try await TestServer.start(dataDirectory: folder + "/server")
            let port = server.port
            let relay = try await Relay(to: port)
            let alam = Face(port: relay.port, root: folder + "/alam")
            func restart() async throws {
                try await server.stop()
                relay.release()
                server = try await TestServer.start(dataDirectory: folder + "/server", port: port)
                alam.perform(.reconnectNow)
            }
            try await alam.register("alam")
            let data = try makeFile(folder + "/besar.bin", bytes: 8 * 1024 * 1024)

            relay.hold(.up, after: 2 * 1024 * 1024)
            alam.perform(.upload(path: folder + "/besar.bin", to: try ConversationName("alam"), transfer: 1))
            try await hasMoved(alam, 1)
            try await restart()
            #expect(try await done(alam, 1).state == .done(path: nil))

            relay.hold(.down, after: 2 * 1024 * 1024)
            alam.perform(.downloadNewest(try FileLabel("besar.bin"), in: try ConversationName("alam"), transfer: 2))
            try await hasMoved(alam, 2)
            try await restart()
            let place = try path(try await done(alam, 2))
            #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == data)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/alam/downloads") == ["besar.bin"])
            alam.client.shutDown()
            try await relay.close()
            try await server.stop()
        }
    }

    @Test("a cancelled download leaves nothing behind")
    func cancelled() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let relay = try await Relay(to: server.port)
                let alam = Face(port: relay.port, root: folder + "/alam")
                try await alam.register("alam")
                _ = try makeFile(folder + "/besar.bin", bytes: 8 * 1024 * 1024)
                alam.perform(.upload(path: folder + "/besar.bin", to: try ConversationName("alam"), transfer: 1))
                #expect(try await done(alam, 1).state == .done(path: nil))
                relay.hold(.down, after: 1024 * 1024)
                alam.perform(.downloadNewest(try FileLabel("besar.bin"), in: try ConversationName("alam"), transfer: 2))
                try await hasMoved(alam, 2)
                alam.perform(.cancel(2))
                #expect(try await done(alam, 2).state == .cancelled)
                alam.client.shutDown()
                let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/alam/downloads")
                #expect(left.isEmpty)
                try await relay.close()
            }
        }
    }
}
