import ChatProtocol
import ChatTesting
import Crypto
import Foundation
import NIOCore
import Testing

/// A disk that is full, and one that cannot sync.
@Suite("A failing disk", .serialized)
struct FailingDiskTests {
    @Test(
        "that is full: what waited is refused, reading goes on, and writing after there is room",
        arguments: [(7, .ENOSPC), (77, .EDQUOT), (777, .EFBIG)] as [(UInt64, POSIXError.Code)])
    func full(seed: UInt64, fullness: POSIXError.Code) throws {
        var random = SeededGenerator(seed: seed)
        let disk = try FailingDisk()
        disk.fullness = fullness
        var server = try disk.serve()
        var client = try WireClient(port: server.port)
        let token = try client.join(as: "alam")
        var stored: [String] = []
        func startAgain() throws {
            server = try disk.serve()
            client = try WireClient(port: server.port)
            try client.ask("whoami session=\(token)")
        }
        for round in 0..<2 {
            var (refused, number) = (0, 0)
            let least = Int.random(in: 20...60, using: &random)
            // What the log already holds is written over: there is room until it has been used up.
            while refused < 20, number < 5_000 {
                if number == least { disk.isFull = true }
                let text = "r\(round)-\(number)-" + String(repeating: "x", count: Int.random(in: 0...4000, using: &random))
                number += 1
                let reply = try client.ask("send destination=alam&message=\(text)")
                if reply.status == "OK" {
                    stored.append(text)
                    #expect(reply.seq == stored.count)
                } else {
                    refused += 1
                    #expect(reply.code == "internal")
                    #expect(reply.text("error")?.contains("disk is full") == true, "\(reply)")
                    #expect(try client.ask("history conversation=@alam&limit=1").list("entries").last?.seq == stored.count)
                }
            }
            #expect(refused == 20)
            if round == 1 {
                // What stands in the log alone is as safe there: no reason to end otherwise than well.
                #expect(server.terminate() == 0)
                try startAgain()
            }
            disk.isFull = false
            #expect(try texts(client) == stored)
            #expect(try client.ask("send destination=alam&message=muat").seq == stored.count + 1)
            stored.append("muat")
            if round == 0 {
                server.kill()
                try startAgain()
                #expect(try texts(client) == stored)
            }
        }
        #expect(server.terminate() == 0)
    }

    @Test("that is full: an upload is refused, keeps what it has, and goes on after there is room")
    func fullForFiles() throws {
        let disk = try FailingDisk()
        let server = try disk.serve()
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let upload = try Upload(2_000, by: alam)
        #expect(try upload.append(0..<1_000)["offset"] as? Int == 1_000)
        disk.isFull = true
        #expect(try upload.append(1_000..<2_000).text("error")?.contains("disk is full") == true)
        let whole = "file_send username=alam&filename=a&payload=aGFsbw=="
        #expect(try alam.ask(whole).text("error")?.contains("disk is full") == true)
        #expect(try alam.ask("conversations").status == "OK")
        disk.isFull = false
        #expect(try alam.ask("file_get filename=a").code == "no-such-file")
        #expect(try upload.append(1_000..<2_000)["offset"] as? Int == 2_000)
        #expect(try upload.finish().seq == 1)
        #expect(try alam.ask(whole).seq == 2)
        #expect(try alam.ask("file_get filename=a").text("payload") == "aGFsbw==")
        #expect(server.terminate() == 0)
    }

    @Test("that gives files no more than a limit: what is past it is refused, the rest goes on, and it ends well")
    func limitOnFiles() throws {
        let directory = try TemporaryFolder.make("obrol-limit")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let server = try ServerProcess(dataDirectory: directory, through: ["/usr/bin/prlimit", "--fsize=600000"])
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let file = "file_send username=alam&filename=a&payload="
        let large = try alam.ask(file + Data(count: 700_000).base64EncodedString())
        #expect(large.text("error")?.contains("disk is full") == true, "\(large)")
        #expect(try alam.ask(file + "aGFsbw==").seq == 1)
        var stored = 1
        while try alam.ask("send destination=alam&message=" + String(repeating: "x", count: 16_000)).seq == stored + 1 {
            stored += 1
        }
        let refused = try alam.ask("send destination=alam&message=" + String(repeating: "x", count: 16_000))
        #expect(refused.text("error")?.contains("disk is full") == true, "\(refused)")
        #expect(try alam.ask("history conversation=@alam&limit=1").list("entries").last?.seq == stored)
        #expect(try alam.ask("file_get filename=a").text("payload") == "aGFsbw==")
        #expect(server.terminate() == 0)
    }

    @Test("that cannot sync: nothing is acknowledged, the server ends and says why, and has everything when it is back")
    func cannotSync() throws {
        let disk = try FailingDisk()
        let log = disk.folder + "/../log"
        let server = try disk.serve(log: log)
        let crowd = try Crowd(6, port: server.port)
        try crowd.write(to: server.port, until: 50) { disk.failsSyncs = true }
        #expect(server.waitForEnd() == 1)
        #expect(disk.failedSyncs > 0)
        #expect(disk.earlyReplies == 0)
        let last = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("obrold: "), "\(last)")
        #expect(last.contains("disk"), "\(last)")

        let again = try disk.serve()
        try crowd.verify(at: again.port)
        #expect(again.terminate() == 0)
        #expect(disk.earlyReplies == 0)
    }

    @Test("that cannot sync a file: it is not shared, starts over, and is whole afterwards")
    func cannotSyncFile() throws {
        let disk = try FailingDisk()
        let server = try disk.serve()
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let upload = try Upload(2_000, by: alam)
        #expect(try upload.append(0..<2_000)["offset"] as? Int == 2_000)
        disk.failsSyncs = true
        #expect(try upload.finish().code == "internal")
        let whole = "file_send username=alam&filename=a&payload=aGFsbw=="
        #expect(try alam.ask(whole).code == "internal")
        disk.failsSyncs = false
        // Only what is written again is sure to be there.
        let begun = try upload.finish()
        #expect(begun.code == "conflict")
        #expect(begun["offset"] as? Int == 0)
        #expect(try upload.append(0..<2_000)["offset"] as? Int == 2_000)
        #expect(try upload.finish().seq == 1)
        #expect(try alam.ask(whole).seq == 2)
        #expect(server.terminate() == 0)
    }

    @Test("that fails amid a large file: it starts over, and is whole afterwards")
    func failsAmidFile() throws {
        let disk = try FailingDisk()
        let server = try disk.serve()
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let size = 7 << 20
        let upload = try Upload(size, by: alam)
        let parts = stride(from: 0, to: size, by: 1 << 20).map { $0..<$0 + 1 << 20 }
        for part in parts.prefix(5) { #expect(try upload.append(part)["offset"] as? Int == part.upperBound) }
        disk.failsSyncs = true
        #expect(try upload.append(parts[5]).code == "internal")
        #expect(disk.failedWriteOuts == 1)
        disk.failsSyncs = false
        let refused = try upload.append(parts[5])
        #expect(refused.code == "conflict")
        #expect(refused["offset"] as? Int == 0)
        for part in parts { #expect(try upload.append(part)["offset"] as? Int == part.upperBound) }
        let file = try #require(try upload.finish().object("file").text("id"))
        for part in parts {
            #expect(try alam.ask("file_read file=\(file)&offset=\(part.lowerBound)&length=\(part.count)").status == "OK")
            #expect(try alam.receive(raw: part.count) == Array(upload.content[part]))
        }
        #expect(server.terminate() == 0)
    }

    private func texts(_ client: WireClient) throws -> [String] {
        var texts: [String] = []
        while true {
            let page = try client.ask("history conversation=@alam&after=\(texts.count)&limit=500")
            texts += page.list("entries").compactMap { $0.text("msg") }
            if page["more"] as? Bool != true { return texts }
        }
    }
}

/// A file on its way up, to oneself.
struct Upload {
    let content: [UInt8]
    private let client: WireClient
    private let id: FileID

    init(_ count: Int, by client: WireClient, to username: String = "alam", nonce: String = "f1") throws {
        content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        self.client = client
        let hash = try #require(ContentHash(digest: Array(SHA256.hash(data: content))))
        try client.send(
            .fileBegin(
                BeginUpload(
                    conversation: try ConversationName("@\(username)"), label: try FileLabel("berkas"), size: Int64(count),
                    sha256: hash, nonce: try Nonce(nonce))))
        id = try FileID(try #require(try client.reply().text("upload")))
    }

    func append(_ range: Range<Int>) throws -> [String: Any] {
        let part = AppendUpload(upload: id, offset: Int64(range.lowerBound), bytes: ByteBuffer(bytes: content[range]))
        try client.send(.fileAppend(part))
        return try client.reply()
    }

    func finish() throws -> [String: Any] { try client.ask("file_finish upload=\(id.text)&nonce=f1") }
}
