import ChatProtocol
import ChatStore
import ChatTesting
import Foundation
import GRDB
import Synchronization
import Testing

/// A store whose heads and tables of nonces are written behind every few entries, so that a few hundred messages pass
/// through every state that a few hundred thousand pass through in earnest.
private let smallStretches = UpkeepStretches(entries: 40, nonces: 60)

private func withStore<Result>(
    _ directory: String, at time: Int64 = 1_764_000_000_000, _ body: (SQLiteStore) throws -> Result
) throws -> Result {
    let store = try SQLiteStore(directory: directory, stretches: smallStretches) { Timestamp(milliseconds: time) }
    let result = try body(store)
    try store.close()
    return result
}

/// The files as a crash would leave them: copied while the store is open.
private func copyAsCrashed(_ directory: String) throws -> String {
    let copy = try TemporaryFolder.make("obrol-crash")
    for name in ["obrol.sqlite", "obrol.sqlite-wal"] {
        try FileManager.default.copyItem(atPath: "\(directory)/\(name)", toPath: "\(copy)/\(name)")
    }
    return copy
}

/// What was said, in which conversation, under which nonce.
private struct Said {
    let target: String
    let text: String
    let nonce: String
    let seq: Seq
}

@Suite("What is written behind the messages")
struct UpkeepTests {
    private static let targets = ["alam", "firman", "budi", "#foo", "#bar"]

    private func people(_ store: SQLiteStore) throws -> Caller {
        let alam = try caller("alam", 1, store)
        _ = try caller("firman", 2, store)
        _ = try caller("budi", 3, store)
        for room in ["foo", "bar"] { _ = try store.commit([.join(RoomName(room), alam)])[0].get() }
        return alam
    }

    private func caller(_ name: String, _ number: UInt8, _ store: SQLiteStore) throws -> Caller {
        let new = NewUser(username: try Username(name), name: try DisplayName(name), nationality: "", passwordHash: "h")
        let token = TokenHash(bytes: Array(repeating: number, count: 32))
        guard case .registered(let user) = try store.commit([.register(new)])[0].get(),
            case .sessionOpened(let session) = try store.commit([
                .openSession(NewSession(user: user, token: token, device: ""))
            ])[0].get()
        else { throw TestFailure("no session") }
        return Caller(user: user, session: session.id)
    }

    private func post(_ text: String, to target: String, nonce: String?, from caller: Caller) throws -> Change {
        .post(
            Post(
                caller: caller, target: .conversation(try ConversationName(target)), text: try MessageText(text),
                nonce: try nonce.map { try Nonce($0) }))
    }

    private func posted(_ result: Result<Outcome, ProtocolError>) throws -> Posted {
        guard case .posted(let posted) = try result.get() else { throw TestFailure("not posted") }
        return posted
    }

    /// Says a few hundred things in batches of any size.
    private func say(_ count: Int, from number: Int, by alam: Caller, _ store: SQLiteStore, _ random: inout SeededGenerator)
        throws
        -> [Said]
    {
        var said: [Said] = []
        while said.count < count {
            let batch = (0..<Int.random(in: 1...30, using: &random)).map { index in
                (target: Self.targets.randomElement(using: &random) ?? "alam", name: "\(number + said.count + index)")
            }
            let results = try store.commit(
                batch.map { try post("text \($0.name)", to: $0.target, nonce: "n\($0.name)", from: alam) })
            for (message, result) in zip(batch, results) {
                let seq = try posted(result).entry.seq
                said.append(Said(target: message.target, text: "text \(message.name)", nonce: "n\(message.name)", seq: seq))
            }
        }
        return said
    }

    /// Everything is in its place, nothing is there twice, and every nonce is known.
    private func verify(_ said: [Said], by alam: Caller, _ store: SQLiteStore) throws {
        for target in Self.targets {
            let expected = said.filter { $0.target == target }
            var found: [Entry] = []
            var position = Seq.zero
            while true {
                let page = try store.history(
                    History(conversation: ConversationName(target), anchor: .after(position, at: nil), limit: 50),
                    for: alam.user)
                found += page.entries
                position = page.upto
                if !page.more { break }
            }
            #expect(found.map(\.seq.value) == (0..<Int64(found.count)).map { $0 + 1 })
            #expect(found.filter { $0.kind == .message }.map(\.text) == expected.map(\.text))
            #expect(found.filter { $0.kind == .message }.map(\.seq) == expected.map(\.seq))
        }
        for message in said {
            let retry = try store.commit([
                post(message.text, to: message.target, nonce: message.nonce, from: alam),
                post("other", to: message.target, nonce: message.nonce, from: alam),
            ])
            let first = try posted(retry[0])
            #expect(first.duplicate && first.entry.seq == message.seq, "\(message.nonce)")
            #expect(throws: ProtocolError.self) { try retry[1].get() }
        }
    }

    @Test("is invisible: history and nonces are the same before and behind every watermark, after restarts and crashes")
    func invisible() throws {
        var random = SeededGenerator(seed: 7)
        var folders = [try TemporaryFolder.make("obrol-upkeep")]
        defer { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
        var directory = folders[0]
        let alam = try withStore(directory) { try people($0) }
        var said: [Said] = []
        for round in 0..<6 {
            let next = try withStore(directory) { store in
                if round > 0 { try verify(said, by: alam, store) }
                said += try say(150 + round * 17, from: said.count, by: alam, store, &random)
                try verify(said, by: alam, store)
                return round % 2 == 0 ? directory : try copyAsCrashed(directory)
            }
            if next != directory { folders.append(next) }
            directory = next
        }
        try withStore(directory) { try verify(said, by: alam, $0) }
        let database = try DatabaseQueue(path: directory + "/obrol.sqlite")
        let (heads, runs) = try database.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM head") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM nonce_run") ?? 0
            )
        }
        #expect(heads >= Self.targets.count && runs >= 5, "the watermarks were passed, and often")
    }

    @Test("messages without nonces are not read again at every start")
    func withoutNonces() throws {
        let directory = try TemporaryFolder.make("obrol-upkeep")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try withStore(directory) { store in
            let alam = try people(store)
            for number in 0..<500 { _ = try store.commit([post("text \(number)", to: "firman", nonce: nil, from: alam)]) }
        }
        let (sealed, newest) = try DatabaseQueue(path: directory + "/obrol.sqlite").read { db in
            (
                try Int.fetchOne(db, sql: "SELECT max(through) FROM nonce_run") ?? 0,
                try Int.fetchOne(db, sql: "SELECT max(id) FROM entry") ?? 0
            )
        }
        #expect(newest >= 500)
        #expect(newest - sealed <= 2 * smallStretches.nonces)
    }

    @Test("a nonce is forgotten after seven days and not before")
    func forgets() throws {
        let directory = try TemporaryFolder.make("obrol-upkeep")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var random = SeededGenerator(seed: 8)
        let start: Int64 = 1_764_000_000_000
        let day: Int64 = 24 * 3600 * 1000
        let (alam, first) = try withStore(directory, at: start) { store in
            let alam = try people(store)
            return (alam, try say(300, from: 0, by: alam, store, &random)[0])
        }
        let again = try post(first.text, to: first.target, nonce: first.nonce, from: alam)
        func isKnown(after days: Int64) throws -> Bool {
            try withStore(directory, at: start + days) { try posted($0.commit([again])[0]).duplicate }
        }
        #expect(try isKnown(after: 7 * day - 1))
        #expect(try !isKnown(after: 7 * day + 1))
    }

    @Test("a batch that was taken back leaves nothing behind: not a head, not a nonce")
    func takenBack() throws {
        let directory = try TemporaryFolder.make("obrol-upkeep")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try SQLiteStore(
            directory: directory, maximumBytes: 400_000, stretches: smallStretches,
            now: { Timestamp(milliseconds: 1) })
        let alam = try people(store)
        let large = String(repeating: "x", count: 16_000)
        let batch = try (0..<100).map { try post(large, to: "firman", nonce: "n\($0)", from: alam) }
        #expect(try store.commit(batch).allSatisfy { if case .failure = $0 { true } else { false } })
        let small = try posted(store.commit([post("y", to: "firman", nonce: "n0", from: alam)])[0])
        #expect(!small.duplicate && small.entry.seq == Seq(unchecked: 1))
        try store.close()
    }
}

@Suite("A database of an earlier version")
struct MigrationTests {
    @Test("is taken over whole: entries, members, files, nonces")
    func takenOver() throws {
        let directory = try TemporaryFolder.make("obrol-migration")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("version1.sql")
        var unchecked = Configuration()
        unchecked.foreignKeysEnabled = false
        let old = try DatabaseQueue(path: directory + "/obrol.sqlite", configuration: unchecked)
        let sql = try String(contentsOf: dump, encoding: .utf8)
        try old.write { db in try db.execute(sql: sql) }
        try old.close()

        let store = try SQLiteStore(directory: directory, now: { Timestamp(milliseconds: 1_795_410_200_000) })
        let alam = try #require(try store.credentials(Username("alam"))).user
        let firman = try #require(try store.credentials(Username("firman"))).user
        func log(_ name: String, of user: User) throws -> [Entry] {
            try store.history(
                History(conversation: ConversationName(name), anchor: .before(.maximum), limit: 500), for: user
            ).entries
        }
        let direct = try log("firman", of: alam)
        #expect(direct.map(\.seq.value) == Array(1...131))
        #expect(direct.prefix(130).map(\.text) == (1...130).map { "pesan \($0)" })
        #expect(direct[9].ref == Seq(unchecked: 9) && direct[0].nonce?.text == "n1" && direct[2].nonce == nil)
        guard case .file(let file) = direct[130].kind else { throw TestFailure("no file") }
        #expect(file.label.text == "catatan.txt" && file.size == 4)
        #expect(try log("#kopi", of: alam).count == 74)
        #expect(try log("#kopi", of: firman).last?.kind == .member(.left))
        #expect(try log("alam", of: alam).map(\.text) == ["buku"])
        #expect(try store.conversations(of: firman, next: nil).conversations.first?.readSeq == Seq(unchecked: 100))

        let session = SessionID(1)
        func send(_ text: String, _ nonce: String) throws -> Posted {
            let post = Post(
                caller: Caller(user: alam, session: session), target: .conversation(.direct(firman.username)),
                text: try MessageText(text), nonce: try Nonce(nonce))
            guard case .posted(let posted) = try store.commit([.post(post)])[0].get() else { throw TestFailure("not posted") }
            return posted
        }
        #expect(try send("pesan 1", "n1").duplicate)
        #expect(throws: ProtocolError.self) { try send("lain", "n1") }
        let next = try send("baru", "m1")
        #expect(!next.duplicate && next.entry.seq == Seq(unchecked: 132))
        try store.close()
    }
}
