import ChatProtocol
import ChatTesting
import Foundation
import GRDB
import Testing

@testable import ChatClient

@Suite("The cache")
struct CacheTests {
    private let alam = try! Username("alam")
    private let firman = try! ConversationName("firman")
    private let server = ServerAddress(host: "127.0.0.1", port: 1)

    private func entry(_ seq: Int64, by author: String = "firman", _ text: String = "halo") -> Entry {
        Entry(
            conversation: firman, seq: Seq(unchecked: seq), author: try! Username(author), authorName: author, text: text,
            time: Timestamp(milliseconds: seq))
    }

    private func run(_ first: Int64, _ last: Int64) -> ClosedRange<Seq> { Seq(unchecked: first)...Seq(unchecked: last) }

    private func memory() throws -> Cache { try Cache(alam, handicap: nil) }

    @Test("every commit reaches the disk, and only the owner reads it")
    func durability() async throws {
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            let cache = try Cache.open(server, alam, paths: paths)
            #expect(cache.handicap == nil)
            let mode = try cache.queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            #expect(mode == 2)
            let journal = try cache.queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
            #expect(journal == "wal")
            try cache.wait { try $0.saveDraft("x", of: firman) }
            for suffix in ["", "-wal"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: paths.cacheFile(server, alam) + suffix)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            let above = try FileManager.default.attributesOfItem(atPath: paths.folder(in: paths.data, of: server))
            #expect(above[.posixPermissions] as? Int == 0o700)
            try cache.close()
        }
    }

    @Test("the migrations make the tables once, and are never asked twice")
    func migrations() throws {
        let cache = try memory()
        #expect(try cache.queue.inDatabase { try CacheMigrations.all.hasCompletedMigrations($0) })
        try CacheMigrations.all.migrate(cache.queue)
    }

    @Test("a second client of the account works in memory, until the first has gone")
    func locked() async throws {
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            let first = try Cache.open(server, alam, paths: paths)
            let second = try Cache.open(server, alam, paths: paths)
            #expect(second.handicap == .inUse)
            try second.wait { try $0.saveDraft("lost", of: firman) }
            #expect(try first.wait { try $0.conversations() }.isEmpty)
        }
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            do { try Cache.open(server, alam, paths: paths).close() }
            #expect(try Cache.open(server, alam, paths: paths).handicap == nil)
        }
    }

    @Test("a file that is no database is set aside, not fatal and not deleted")
    func broken() async throws {
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            let path = paths.cacheFile(server, alam)
            try PrivateFiles.makeFolder(paths.folder(in: paths.data, of: server))
            try Data(repeating: 65, count: 8192).write(to: URL(fileURLWithPath: path))
            let cache = try Cache.open(server, alam, paths: paths)
            #expect(cache.handicap == nil)
            try cache.wait { try $0.saveDraft("x", of: firman) }
            let names = PrivateFiles.names(in: paths.folder(in: paths.data, of: server))
            #expect(names.contains { $0.contains(".broken-") })
        }
    }

    @Test("where nothing can be written the client still works, and says why")
    func unwritable() throws {
        let cache = try Cache.open(server, alam, paths: ClientPaths(root: "/dev/null/nowhere"))
        guard case .failed? = cache.handicap else {
            Issue.record("no handicap")
            return
        }
        try cache.wait { try $0.saveDraft("x", of: firman) }
    }

    @Test("that nothing can be written any more is told once to each who signs in")
    func failures() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let address = ServerAddress(host: "127.0.0.1", port: server.port)
                let face = Face(address, root: folder)
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                for name in ["alam", "dewi"] {
                    try await face.register(name)
                    let file = ClientPaths(root: folder).cacheFile(address, try Username(name))
                    let other = try DatabaseQueue(path: file, configuration: configuration)
                    // Who writes keeps all others from writing.
                    try other.inDatabase { try $0.beginTransaction(.immediate) }
                    for draft in ["h", "ha"] { face.perform(.saveDraft(firman, draft)) }
                    try await face.wait(for: "why") { if case .notice(.cacheFailed) = $0 { true } else { nil } }
                    face.perform(.load(firman, around: .before(.maximum), limit: 1))
                    try await face.wait(for: "the last failure") { if case .refused = $0 { true } else { nil } }
                    #expect(!face.events().contains { if case .notice = $0 { true } else { false } })
                    try other.inDatabase { try $0.rollback() }
                }
                face.client.shutDown()
            }
        }
    }

    @Test("drafts and the outbox survive closing and another epoch; what was said does not survive the latter")
    func epochs() async throws {
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            let item = OutboxItem(
                id: try Nonce("n1"), conversation: firman, text: try MessageText("nanti"), ref: Seq(unchecked: 3),
                time: Timestamp(milliseconds: 5), state: .queued)
            var second = item
            second.id = try Nonce("n2")
            let cache = try Cache.open(server, alam, paths: paths)
            try cache.wait { rows in
                #expect(try !rows.enter(epoch: "a"))
                #expect(try !rows.enter(epoch: "a"))
                try rows.save([entry(1)])
                try rows.cover(run(1, 1), of: firman)
                try rows.save(
                    ConversationState(conversation: firman, title: "Firman", lastSeq: Seq(unchecked: 1)), unsentRead: nil)
                try rows.saveDraft("draf", of: firman)
                try rows.enqueue(item)
                try rows.enqueue(second)
                try rows.mark(second.id, failed: ProtocolError(.noSuchUser, "Nobody."))
            }
            try cache.close()

            let again = try Cache.open(server, alam, paths: paths)
            let snapshot = try again.wait { try $0.snapshot(account: nil) }
            #expect(snapshot.conversations.map(\.draft) == ["draf"])
            #expect(snapshot.conversations.first?.last?.text == "halo")
            second.state = .failed(ProtocolError(.noSuchUser, "Nobody."))
            #expect(snapshot.outbox == [item, second])

            #expect(try again.wait { try $0.enter(epoch: "b") })
            let after = try again.wait { try $0.snapshot(account: nil) }
            #expect(after.conversations.map(\.draft) == ["draf"])
            #expect(after.conversations.first?.last == nil)
            #expect(after.outbox == [item, second])
            #expect(try again.wait { try $0.newestRun(of: firman) } == nil)
        }
    }

    @Test("entries come back as they were, whatever their kind")
    func kinds() throws {
        let file = SharedFile(
            id: try FileID(String(repeating: "a", count: 26)), label: try FileLabel("lap oran.pdf"), size: 7,
            sha256: try ContentHash(String(repeating: "0", count: 64)))
        var entries = [entry(1), entry(2), entry(3), entry(4)]
        entries[0].nonce = try Nonce("n")
        entries[0].ref = Seq(unchecked: 9)
        entries[1].kind = .file(file)
        entries[2].kind = .member(.joined)
        entries[3].kind = .unknown("poll")
        let cache = try memory()
        let stored = try cache.wait { rows in
            try rows.save(entries)
            return try rows.entries(of: firman, in: run(0, 9), limit: 9, newest: false)
        }
        #expect(stored == entries)
        #expect(try cache.wait { try $0.newestFile(named: file.label, in: firman) } == file)
    }

    @Test("runs that touch become one, and a gap stays a gap")
    func coverage() throws {
        let cache = try memory()
        try cache.wait { rows in
            try rows.cover(run(10, 20), of: firman)
            try rows.cover(run(30, 40), of: firman)
            #expect(try rows.run(of: firman, around: Seq(unchecked: 25)) == nil)
            #expect(try rows.newestRun(of: firman) == run(30, 40))
            try rows.cover(run(21, 25), of: firman)
            #expect(try rows.run(of: firman, around: Seq(unchecked: 10)) == run(10, 25))
            try rows.cover(run(24, 32), of: firman)
            #expect(try rows.newestRun(of: firman) == run(10, 40))
            try rows.cover(run(12, 13), of: firman)
            #expect(try rows.newestRun(of: firman) == run(10, 40))
        }
    }

    @Test("a page says what it lacks, and nothing is lacking where everything is known")
    func pages() throws {
        let cache = try memory()
        try cache.wait { rows in
            try rows.save((11...20).map { entry($0) })
            try rows.cover(run(11, 20), of: firman)
            let last = Seq(unchecked: 20)
            let newest = try rows.page(firman, .before(.maximum), limit: 5, last: last)
            #expect(newest.page.entries.map(\.seq.value) == [16, 17, 18, 19, 20])
            #expect(newest.lack == nil)
            #expect(newest.page.moreBefore && !newest.page.moreAfter)

            let older = try rows.page(firman, .before(Seq(unchecked: 13)), limit: 5, last: last)
            #expect(older.page.entries.map(\.seq.value) == [11, 12])
            #expect(older.lack == .before(Seq(unchecked: 11)))

            let after = try rows.page(firman, .after(Seq(unchecked: 18), at: nil), limit: 5, last: last)
            #expect(after.page.entries.map(\.seq.value) == [19, 20])
            #expect(after.lack == nil)

            let stale = try rows.page(firman, .before(.maximum), limit: 5, last: Seq(unchecked: 25))
            #expect(stale.lack == .before(.maximum))
            let unknown = try rows.page(firman, .around(Seq(unchecked: 3)), limit: 4, last: last)
            #expect(unknown.lack == .around(Seq(unchecked: 3)))
            let around = try rows.page(firman, .around(Seq(unchecked: 15)), limit: 4, last: last)
            #expect(around.page.entries.map(\.seq.value) == [13, 14, 15, 16])
            #expect(around.lack == nil)

            let nobody = try rows.page(try ConversationName("nobody"), .before(.maximum), limit: 5, last: .zero)
            #expect(nobody.page.entries.isEmpty && nobody.lack == nil && !nobody.page.moreBefore)
        }
    }

    @Test("what the server's page brings closes the gap it was asked for")
    func keeping() throws {
        let cache = try memory()
        try cache.wait { rows in
            try rows.save((11...20).map { entry($0) })
            try rows.cover(run(11, 20), of: firman)
            // Seqs 1 to 3 are not for this reader.
            let reply = HistoryReply(
                entries: (4...10).map { entry($0) }, upto: Seq(unchecked: 10), asOf: Seq(unchecked: 20), more: false)
            try rows.keep(reply, of: firman, for: .before(Seq(unchecked: 11)))
            #expect(try rows.newestRun(of: firman) == run(1, 20))
            let page = try rows.page(firman, .before(Seq(unchecked: 6)), limit: 10, last: Seq(unchecked: 20))
            #expect(page.page.entries.map(\.seq.value) == [4, 5])
            #expect(!page.page.moreBefore && page.lack == nil)
        }
    }

    @Test("unread are messages and files by others after the read position, where all of it is here")
    func unread() throws {
        let cache = try memory()
        try cache.wait { rows in
            var entries = [entry(1), entry(2, by: "alam"), entry(3, "hei @alam"), entry(4)]
            entries[3].kind = .member(.joined)
            try rows.save(entries)
            try rows.cover(run(1, 4), of: firman)
            let counts = try rows.unread(in: firman, after: .zero, through: Seq(unchecked: 4), reader: alam)
            #expect(counts?.count == 2 && counts?.mentions == 1)
            #expect(try rows.unread(in: firman, after: .zero, through: Seq(unchecked: 5), reader: alam) == nil)
        }
    }
}
