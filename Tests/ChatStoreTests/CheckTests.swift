import ChatProtocol
import ChatStore
import ChatTesting
import Foundation
import GRDB
import NIOCore
import Testing

@Suite("A check of the data")
struct CheckTests {
    /// Small, so that heads and tables of nonces are written.
    private static let stretches = UpkeepStretches(entries: 40, nonces: 60)
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// A store with two conversations of a few hundred messages, a room, two files, and an upload that was begun.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let directory = try TemporaryFolder.make("obrol-check")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try fill(directory)
        // Whoever closes last moves everything into the main file.
        try damage(directory, "SELECT 1")
        try body(directory)
    }

    private func fill(_ directory: String) throws {
        let store = try SQLiteStore(directory: directory, stretches: Self.stretches) {
            Timestamp(milliseconds: 1_764_000_000_000)
        }
        let alam = try caller("alam", 1, store)
        _ = try caller("firman", 2, store)
        _ = try store.commit([.join(RoomName("kopi"), alam)])[0].get()
        for number in 0..<200 {
            for target in ["firman", "#kopi"] {
                let post = Post(
                    caller: alam, target: .conversation(try ConversationName(target)), text: try MessageText("pesan \(number)"),
                    nonce: try Nonce("\(target.hashValue)-\(number)"))
                _ = try store.commit([.post(post)])[0].get()
            }
        }
        let files = try FileStorage(directory: directory)
        for label in ["a.txt", "b.txt"] {
            let content = try files.store(ByteBuffer(string: "isi \(label)"))
            let share = FileShare(
                caller: alam, source: .whole(.conversation(try ConversationName("firman")), try FileLabel(label)),
                content: content.content, size: 9, sha256: content.sha256, nonce: nil)
            _ = try store.commit([.shareFile(share)])[0].get()
        }
        let position = ReadPosition(conversation: try ConversationName("firman"), seq: Seq(unchecked: 7))
        _ = try store.commit([.read([position], alam)])[0].get()
        try store.close()
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

    private func check(_ directory: String, deep: Bool = true) throws -> (findings: [Finding], summary: Check.Summary) {
        var findings: [Finding] = []
        let summary = try Check(directory, isDeep: deep, now: Self.now).run { findings.append($0) }
        return (findings, summary)
    }

    private func damage(_ directory: String, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: directory + "/obrol.sqlite", configuration: configuration)
        try database.write { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test("finds nothing where nothing is, and changes nothing")
    func whole() throws {
        try withFolder { directory in
            let before = try Data(contentsOf: URL(fileURLWithPath: directory + "/obrol.sqlite"))
            let (findings, summary) = try check(directory)
            #expect(findings.isEmpty, "\(findings)")
            #expect(summary.messages == 403 && summary.conversations == 2 && summary.contents == 2 && summary.damage == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/obrol.sqlite")) == before)
        }
    }

    /// Damage, and words by which the finding names it.
    static let damages: [(sql: String, words: String)] = [
        ("DELETE FROM entry WHERE seq = 17 AND conversation = 2", "In @alam and @firman message 17 is missing"),
        ("DELETE FROM entry WHERE seq BETWEEN 17 AND 19 AND conversation = 1", "In #kopi messages 17 to 19 are missing"),
        ("DELETE FROM entry WHERE id = 400", "messages 200 to 200 are missing|message 200 is missing|at the end"),
        ("UPDATE entry SET seq = 16 WHERE seq = 17 AND conversation = 1", "In #kopi message 16 is there twice"),
        ("UPDATE entry SET previous = 3 WHERE id = 300", "does not point to the one before it"),
        ("UPDATE entry SET author = 99 WHERE id = 300", "has an author who is not there"),
        ("UPDATE entry SET ref = 500 WHERE id = 300", "answers message 500"),
        ("UPDATE entry SET nonce = (SELECT nonce FROM entry WHERE id = 301) WHERE id = 303", "stored twice (same nonce)"),
        ("DELETE FROM milestone WHERE seq = 64 AND conversation = 1", "The index of #kopi has gaps"),
        ("UPDATE milestone SET entry = entry + 1 WHERE seq = 128", "The index of #kopi is wrong at message 128"),
        ("UPDATE head SET seq = seq + 1", "The noted end of #kopi"),
        ("UPDATE meta SET value = '9999' WHERE key = 'heads'", "noted up to entry 9999"),
        ("DELETE FROM head", "is behind the log"),
        ("UPDATE nonce_segment SET slots = zeroblob(length(slots))", "does not know"),
        ("DELETE FROM nonce_run WHERE id = 1", "does not follow the one before it"),
        ("UPDATE nonce_run SET tags = x'00'", "A table of nonces cannot be read"),
        ("UPDATE member SET first = 5000", "alam is a member of #kopi beyond its last message, 201"),
        (
            "UPDATE read_position SET seq = 5000 WHERE seq = 7",
            "alam has read @alam and @firman through message 5000, and it ends"
        ),
        ("DELETE FROM file WHERE label = 'a.txt'", "announces a file"),
        ("UPDATE file SET seq = 3 WHERE label = 'a.txt'", "The file \"a.txt\""),
        ("DELETE FROM user WHERE id = 2", "belongs to a user that is not there"),
    ]

    @Test("names each kind of damage in words, and what to do about it", arguments: damages.indices)
    func damaged(index: Int) throws {
        let (sql, words) = Self.damages[index]
        try withFolder { directory in
            try damage(directory, sql)
            let (findings, summary) = try check(directory)
            let found = findings.filter { finding in words.split(separator: "|").contains { finding.text.contains($0) } }
            #expect(!found.isEmpty, "\(sql): \(findings.map(\.text))")
            #expect(found.allSatisfy { $0.severity == .damage } && summary.damage >= found.count)
            #expect(found.allSatisfy { $0.text.contains("Restore the last good backup") || $0.text.contains("sqlite3 ") })
        }
    }

    @Test("what it says to run makes anew what can be made anew", arguments: Finding.Topic.allCases.compactMap(\.repair))
    func repairs(sql: String) throws {
        try withFolder { directory in
            try damage(directory, "DELETE FROM head; DELETE FROM milestone WHERE seq = 64; UPDATE nonce_run SET tags = x'00'")
            #expect(try check(directory).summary.damage > 2)
            for repair in Finding.Topic.allCases.compactMap(\.repair) where repair != sql { try damage(directory, repair) }
            #expect(try check(directory).summary.damage > 0, "it is needed")
            try damage(directory, sql)
            #expect(try check(directory).findings.isEmpty)
            let store = try SQLiteStore(directory: directory, stretches: Self.stretches) {
                Timestamp(milliseconds: 1_764_000_000_001)
            }
            let alam = try #require(try store.credentials(Username("alam"))).user
            let last = try store.history(
                History(conversation: ConversationName("#kopi"), anchor: .before(.maximum), limit: 1), for: alam)
            #expect(last.entries.first?.seq == Seq(unchecked: 201))
            try store.close()
            #expect(try check(directory).findings.isEmpty)
        }
    }

    @Test("finds a database whose pages are damaged, cut off, or not a database at all")
    func pages() throws {
        try withFolder { directory in
            let path = URL(fileURLWithPath: directory + "/obrol.sqlite")
            let whole = try Data(contentsOf: path)
            var overwritten = whole
            overwritten.replaceSubrange(8192..<12288, with: Data(repeating: 0xA5, count: 4096))
            for bytes in [whole.dropLast(4096 * 3), overwritten, Data(repeating: 7, count: 8192)] {
                try bytes.write(to: path)
                let (findings, summary) = try check(directory)
                #expect(summary.damage > 0 && findings.contains { $0.text.contains("database") }, "\(findings)")
            }
        }
    }

    @Test("finds a content that is missing, of another size, or changed; the last only if it reads them")
    func contents() throws {
        try withFolder { directory in
            let names = try FileManager.default.contentsOfDirectory(atPath: directory + "/files").sorted()
            let (first, second) = (names[0], names[1])
            try Data("isi x.txt".utf8).write(to: URL(fileURLWithPath: "\(directory)/files/\(first)"))
            #expect(try check(directory, deep: false).findings.isEmpty)
            #expect(try check(directory).findings.map(\.text).contains { $0.contains(first) && $0.contains("SHA-256") })
            try Data("isi".utf8).write(to: URL(fileURLWithPath: "\(directory)/files/\(first)"))
            try FileManager.default.removeItem(atPath: "\(directory)/files/\(second)")
            let findings = try check(directory, deep: false).findings.map(\.text)
            #expect(findings.contains { $0.contains(first) && $0.contains("3 bytes and should have 9") }, "\(findings)")
            #expect(findings.contains { $0.contains(second) && $0.contains("is missing") }, "\(findings)")
        }
    }

    @Test("notes leftovers, if they are older than an hour, and takes them for no damage")
    func leftovers() throws {
        try withFolder { directory in
            for (folder, age) in [("files", 4000.0), ("files", 60), ("uploads", 4000), ("uploads", 60)] {
                let path = "\(directory)/\(folder)/\(FileID.random().text)"
                let attributes = [FileAttributeKey.modificationDate: Self.now.addingTimeInterval(-age)]
                #expect(FileManager.default.createFile(atPath: path, contents: Data("x".utf8), attributes: attributes))
                try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
            }
            let (findings, summary) = try check(directory)
            #expect(findings.map(\.severity) == [.note, .note] && summary.damage == 0)
            #expect(findings.allSatisfy { $0.text.contains("It may be deleted") }, "\(findings)")
        }
    }

    @Test("says where there is nothing to look at")
    func nothing() throws {
        #expect(throws: AdministrationError.self) { try check("/nonexistent") }
    }
}
