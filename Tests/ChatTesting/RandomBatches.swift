import ChatProtocol
import ChatStore
import Testing

/// Some people who write to each other at random, in batches, and what the store must then hold.
struct RandomBatches {
    private let store: any Store
    private let seed: UInt64
    private var generator: SeededGenerator
    private let people: [Caller]
    private let room: RoomName

    /// By the names of the two, or of the room.
    private var expected: [[String]: [Row]] = [:]
    /// What was sent with a nonce, and where it stands.
    private var sent: [(change: Change, place: [String], seq: Int64)] = []
    private var nonces = 0

    private struct Row: Equatable {
        let author: String
        let text: String
        let nonce: String?
        let ref: Int64?
    }

    init(_ store: any Store, seed: UInt64) throws {
        self.store = store
        self.seed = seed
        generator = SeededGenerator(seed: seed)
        people = try (0..<4).map { try store.newCaller("p\($0)-\(seed)") }
        room = try RoomName("room-\(seed)")
        let joined = try store.commit(people.map { .join(room, $0) })
        try #require(joined.allSatisfy { $0.refusal == nil })
        expected[[room.text]] = people.map { Row(author: $0.user.username.text, text: "", nonce: nil, ref: nil) }
    }

    mutating func run() throws {
        for _ in 0..<20 { try commitBatch() }
        for (place, rows) in expected {
            let reader = people.first { place == [room.text] || place.contains($0.user.username.text) }
            try expect(rows, in: place, for: try #require(reader))
        }
    }

    private mutating func commitBatch() throws {
        var changes: [Change] = []
        var checks: [(Result<Outcome, ProtocolError>) -> Bool] = []
        for _ in 0..<Int.random(in: 1...50, using: &generator) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                changes.append(try store.message(from: people[0], to: "nobody", "x"))
                checks.append { $0.refusal == .noSuchUser }
            case 1 where !sent.isEmpty:
                let (change, _, seq) = sent[Int.random(in: 0..<sent.count, using: &generator)]
                changes.append(change)
                checks.append { $0.posted?.duplicate == true && $0.posted?.entry.seq.value == seq }
            default:
                let (change, seq) = try newMessage()
                changes.append(change)
                checks.append { $0.posted?.duplicate == false && $0.posted?.entry.seq.value == seq }
            }
        }
        let results = try store.commit(changes)
        #expect(zip(results, checks).allSatisfy { $1($0) } && results.count == checks.count, "seed \(seed)")
    }

    private mutating func newMessage() throws -> (Change, seq: Int64) {
        let author = people[Int.random(in: 0..<people.count, using: &generator)]
        let other = people[Int.random(in: 0..<people.count, using: &generator)].user.username
        let isInRoom = Int.random(in: 0..<3, using: &generator) == 0
        let place = isInRoom ? [room.text] : Set([author.user.username.text, other.text]).sorted()
        let rows = expected[place, default: []]
        let row = Row(
            author: author.user.username.text, text: text(), nonce: newNonce(),
            ref: rows.isEmpty || Bool.random(using: &generator) ? nil : Int64.random(in: 1...Int64(rows.count), using: &generator)
        )
        expected[place, default: []].append(row)
        let change = Change.post(
            Post(
                caller: author, target: .conversation(isInRoom ? .room(room) : .direct(other)), text: try MessageText(row.text),
                nonce: try row.nonce.map { nonce throws(ProtocolError) in try Nonce(nonce) },
                ref: row.ref.map { Seq(unchecked: $0) }))
        let seq = Int64(rows.count) + 1
        if row.nonce != nil { sent.append((change, place, seq)) }
        return (change, seq)
    }

    private mutating func newNonce() -> String? {
        guard Bool.random(using: &generator) else { return nil }
        nonces += 1
        return "n\(nonces)" + String(repeating: "-", count: Int.random(in: 0...40, using: &generator))
    }

    private mutating func text() -> String {
        let pieces = ["a", "baris\nbaru", "世界", "👩‍👩‍👧", "\"\\\"", "tab\t", String(repeating: "panjang ", count: 200)]
        return (0...Int.random(in: 0...5, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
    }

    private func expect(_ rows: [Row], in place: [String], for reader: Caller) throws {
        let me = reader.user.username.text
        let name = place == [room.text] ? "#" + room.text : place.first { $0 != me } ?? me
        var found: [Row] = []
        var position = Seq.zero
        while true {
            let page = try store.history(
                History(conversation: try ConversationName(name), anchor: .after(position, at: nil), limit: 500), for: reader.user
            )
            found += page.entries.map {
                Row(author: $0.author.text, text: $0.text, nonce: $0.nonce?.text, ref: $0.ref?.value)
            }
            guard page.more, let last = page.entries.last else { break }
            position = last.seq
        }
        // Only its author is told a nonce.
        let visible = rows.map { Row(author: $0.author, text: $0.text, nonce: $0.author == me ? $0.nonce : nil, ref: $0.ref) }
        let entered = name.hasPrefix("#") ? (people.firstIndex { $0.user == reader.user } ?? 0) : 0
        #expect(found == Array(visible[entered...]), "seed \(seed), \(name)")
    }
}
