import ChatProtocol
import ChatServer
import ChatTesting
import Crypto
import Foundation
import NIOCore
import Testing

@Suite("Files")
struct FileTests {
    private func begin(_ content: [UInt8], nonce: String = "f1") throws -> Command {
        let hash = try #require(ContentHash(digest: Array(SHA256.hash(data: content))))
        return .fileBegin(
            BeginUpload(
                conversation: try ConversationName("@firman"), label: try FileLabel("laporan akhir.pdf"),
                size: Int64(content.count),
                sha256: hash, nonce: try Nonce(nonce)))
    }

    private func append(_ upload: String, _ offset: Int, _ bytes: some Collection<UInt8>) throws -> Command {
        .fileAppend(AppendUpload(upload: try FileID(upload), offset: Int64(offset), bytes: ByteBuffer(bytes: bytes)))
    }

    private func content(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 7)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    @Test("an upload in chunks goes on after a broken connection and a restart, is verified, announced, and read back")
    func uploadGoesOn() async throws {
        let content = content(700_000)
        var server = try await TestServer.start()
        let directory = server.dataDirectory
        let alam = try WireClient(port: server.port)
        let token = try alam.join(as: "alam")
        let firman = try WireClient(port: server.port)
        let other = try firman.join(as: "firman")

        try alam.send(try begin(content))
        let upload = try #require(try alam.reply().text("upload"))
        try alam.send(try append(upload, 0, content[..<300_000]))
        #expect(try alam.reply()["offset"] as? Int == 300_000)
        try alam.send(try append(upload, 0, content[..<10]))
        let conflict = try alam.reply()
        #expect(conflict.code == "conflict")
        #expect(conflict["offset"] as? Int == 300_000)
        try await server.stop()

        server = try await TestServer.start(dataDirectory: directory)
        let again = try WireClient(port: server.port)
        let reader = try WireClient(port: server.port)
        try reader.ask("subscribe session=\(other)")
        try again.ask("whoami session=\(token)")
        try again.send(try begin(content))
        let resumed = try again.reply()
        #expect(resumed.text("upload") == upload)
        #expect(resumed["offset"] as? Int == 300_000)
        #expect(try again.ask("file_finish upload=\(upload)&nonce=f1").code == "conflict")
        try again.send(try append(upload, 300_000, content[300_000...]))
        #expect(try again.reply()["offset"] as? Int == 700_000)
        let finished = try again.ask("file_finish upload=\(upload)&nonce=f1")
        #expect(finished.seq == 1)
        let retried = try again.ask("file_finish upload=\(upload)&nonce=f1")
        #expect(retried["duplicate"] as? Bool == true)
        #expect(retried.seq == 1)

        let event = try reader.event("message")
        #expect(event.text("kind") == "file")
        let file = event.object("file")
        #expect(file.text("name") == "laporan akhir.pdf")
        #expect(file["size"] as? Int == 700_000)
        let id = try #require(file.text("id"))
        var read: [UInt8] = []
        while read.count < content.count {
            let part = try reader.ask("file_read file=\(id)&offset=\(read.count)&length=262144")
            read += try reader.receive(raw: try #require(part["attached"] as? Int))
        }
        #expect(read == content)
        try await server.stop()
        try server.removeData()
    }

    @Test("what was finished when the server was killed before it was announced is not sent again, and nothing stays twice")
    func finishedAndNotAnnounced() async throws {
        let content = content(5_000)
        var server = try await TestServer.start()
        let directory = server.dataDirectory
        let alam = try WireClient(port: server.port)
        let token = try alam.join(as: "alam")
        try WireClient(port: server.port).join(as: "firman")
        try alam.send(try begin(content))
        let upload = try #require(try alam.reply().text("upload"))
        try alam.send(try append(upload, 0, content))
        #expect(try alam.reply()["offset"] as? Int == 5_000)
        try await server.stop()
        let part = "\(directory)/uploads/\(upload)"
        try FileManager.default.moveItem(atPath: part, toPath: "\(directory)/files/\(upload)")

        server = try await TestServer.start(dataDirectory: directory)
        let again = try WireClient(port: server.port)
        try again.ask("whoami session=\(token)")
        try again.send(try begin(content))
        let resumed = try again.reply()
        #expect(resumed.text("upload") == upload && resumed["offset"] as? Int == 5_000, "\(resumed)")
        try again.send(try append(upload, 0, content))
        #expect(try again.reply()["offset"] as? Int == 5_000)
        // An earlier version took all of it once more.
        try Data(content).write(to: URL(fileURLWithPath: part))
        #expect(try again.ask("file_finish upload=\(upload)&nonce=f1").seq == 1)
        #expect(try names(in: directory + "/uploads") == [])
        #expect(try names(in: directory + "/files") == [upload])
        try await server.stop()
        try server.removeData()
    }

    @Test("a file that the database has no room for leaves nothing behind, however often it is tried")
    func noRoomForItsEntry() async throws {
        try await TestServer.with(configure: { $0.databaseBytes = 300_000 }) { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            try alam.fillDatabase(as: "alam")
            for _ in 0..<5 {
                let refused = try alam.ask("file_send username=alam&filename=a&payload=aGFsbw==")
                #expect(refused.text("error")?.contains("disk is full") == true, "\(refused)")
            }
            try await eventually("what was refused is gone") { try names(in: server.dataDirectory + "/files") == [] }
        }
    }

    @Test("content that is not what was announced is refused, and the upload starts over")
    func wrongContent() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            try WireClient(port: server.port).join(as: "firman")
            let content = content(5000)
            try alam.send(try begin(content))
            let upload = try #require(try alam.reply().text("upload"))
            try alam.send(try append(upload, 0, content.reversed()))
            _ = try alam.reply()
            #expect(try alam.ask("file_finish upload=\(upload)").code == "conflict")
            try alam.send(try begin(content))
            #expect(try alam.reply()["offset"] as? Int == 0)
        }
    }

    @Test("what somebody may read already need not be sent again; what others have, must be")
    func knownContent() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            try WireClient(port: server.port).join(as: "firman")
            let content = content(5000)
            try alam.send(try begin(content))
            let upload = try #require(try alam.reply().text("upload"))
            try alam.send(try append(upload, 0, content))
            _ = try alam.reply()
            #expect(try alam.ask("file_finish upload=\(upload)&nonce=f1").status == "OK")

            try alam.send(try begin(content, nonce: "f2"))
            let second = try alam.reply()
            #expect(second["offset"] as? Int == 5000)
            let other = try #require(second.text("upload"))
            #expect(try alam.ask("file_finish upload=\(other)&nonce=f2").seq == 2)

            let stranger = try WireClient(port: server.port)
            try stranger.join(as: "chendra")
            try stranger.send(try begin(content))
            #expect(try stranger.reply()["offset"] as? Int == 0)
        }
    }

    @Test("a file is for those who see its entry")
    func forThoseWhoSeeIt() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            try firman.join(as: "firman")
            let stranger = try WireClient(port: server.port)
            try stranger.join(as: "chendra")
            let sent = try alam.ask("file_send username=firman&filename=a&payload=aGFsbw==")
            let id = try #require(sent.object("file").text("id"))
            #expect(try firman.ask("file_info file=\(id)").object("file").text("name") == "a")
            #expect(try stranger.ask("file_info file=\(id)").code == "no-such-file")
            #expect(try stranger.ask("file_get file=\(id)").code == "no-such-file")
            #expect(try alam.ask("file_get filename=a").code == "no-such-file")
        }
    }
}
