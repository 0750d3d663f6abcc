import ChatProtocol
import ChatTesting
import Foundation
import GRDB
import Testing

@testable import ChatClient

@Suite("Files shared in a conversation", .serialized)
struct SharedFilesTests {
    private let firman = try! ConversationName("firman")

    private func file(_ number: Int64) throws -> Entry {
        let shared = SharedFile(
            id: try FileID(String(repeating: "a", count: 26)), label: try FileLabel("\(number).pdf"), size: number,
            sha256: try ContentHash(String(repeating: "0", count: 64)))
        return Entry(
            conversation: firman, seq: Seq(unchecked: number), kind: .file(shared), author: try Username("firman"),
            authorName: "Firman", text: "", time: Timestamp(milliseconds: number))
    }

    @Test("a cache of the first version learns its files, and keeps drafts and the outbox")
    func migration() throws {
        let queue = try DatabaseQueue()
        try CacheMigrations.all.migrate(queue, upTo: "entries, conversations, people, drafts and outbox")
        let item = OutboxItem(
            id: try Nonce("n1"), conversation: firman, text: try MessageText("nanti"), ref: nil, time: Timestamp(milliseconds: 5),
            state: .queued)
        try queue.write { database in
            let rows = CacheRows(database: database)
            try rows.save((1...3).map(file))
            try rows.saveDraft("draf", of: firman)
            try rows.enqueue(item)
        }
        try CacheMigrations.all.migrate(queue)
        try queue.inDatabase { (database: Database) throws -> Void in
            let rows = CacheRows(database: database)
            #expect(try rows.shared(in: firman, limit: 50).map(\.seq.value) == [3, 2, 1])
            #expect(try rows.snapshot(account: nil).outbox == [item])
            #expect(try rows.conversations().map(\.draft) == ["draf"])
        }
    }

    @Test("among many messages the newest files are found through an index of their own")
    func newest() throws {
        let cache = try Cache(try Username("alam"), handicap: nil)
        try cache.wait { rows in
            try rows.save((1...80).map(file))
            let shared = try rows.shared(in: firman, limit: 50)
            #expect(shared.map(\.seq.value) == (31...80).reversed())
            #expect(shared.first?.file.label.text == "80.pdf" && shared.first?.authorName == "Firman")
            let plan = try Row.fetchAll(
                rows.database,
                sql: """
                    EXPLAIN QUERY PLAN SELECT seq FROM entries INDEXED BY shared_files
                    WHERE conversation = ? AND file_id IS NOT NULL ORDER BY seq DESC LIMIT 50
                    """, arguments: [firman.key]
            ).map { $0["detail"] as String }
            #expect(plan.count == 1 && plan[0].contains("shared_files (conversation=?)"), "\(plan)")
        }
    }

    @Test("who asked for the files once hears of every new one")
    func toldAgain() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = Face(port: server.port, root: folder + "/alam")
                let firman = Face(port: server.port, root: folder + "/firman")
                try await alam.register("alam")
                try await firman.register("firman")
                alam.perform(.listShared(try ConversationName("firman")))
                try await alam.wait(for: "no files") { if case .shared(_, let files) = $0, files.isEmpty { true } else { nil } }
                for name in ["satu.txt", "dua.txt"] {
                    try Data(name.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
                    firman.perform(.upload(path: folder + "/" + name, to: try ConversationName("alam"), transfer: 1))
                    let shared = try await alam.wait(for: name) { event -> [SharedEntry]? in
                        if case .shared(_, let files) = event, files.first?.file.label.text == name { files } else { nil }
                    }
                    #expect(shared.map(\.author.text).allSatisfy { $0 == "firman" })
                }
                alam.client.shutDown()
                firman.client.shutDown()
            }
        }
    }
}
