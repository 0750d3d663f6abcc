import ChatProtocol
import Testing

@testable import ChatClient

@Suite("How conversations stand")
struct BookTests {
    private let alam = try! Username("alam")
    private let room = try! ConversationName("#foo")

    private func entry(_ seq: Int64, by author: String, _ text: String = "halo") -> Entry {
        Entry(
            conversation: room, seq: Seq(unchecked: seq), author: try! Username(author), authorName: author, text: text,
            time: Timestamp(milliseconds: seq))
    }

    private func book(last: Int64, read: Int64, unread: Int64) -> ConversationBook {
        var book = ConversationBook(reader: alam)
        _ = book.replace(
            with: [
                ConversationSummary(
                    conversation: room, title: "foo", lastSeq: Seq(unchecked: last), readSeq: Seq(unchecked: read),
                    unread: unread,
                    mentions: 0, last: nil, visible: [], joined: true)
            ], isWhole: true)
        return book
    }

    @Test("what arrives after the list is counted on top of it, and once")
    func counts() {
        var book = book(last: 10, read: 8, unread: 2)
        #expect(book.add(entry(9, by: "firman")) == Seq(unchecked: 9)...Seq(unchecked: 9))
        #expect(book[room]?.state.unread == 2)
        // Seq 11 is not for this reader: the run says that nothing is missing.
        #expect(book.add(entry(12, by: "firman", "@alam")) == Seq(unchecked: 11)...Seq(unchecked: 12))
        #expect(book[room]?.state.unread == 3)
        #expect(book[room]?.state.mentions == 1)
        _ = book.add(entry(12, by: "firman", "@alam"))
        #expect(book[room]?.state.unread == 3)
        #expect(book[room]?.state.lastSeq.value == 12)
    }

    @Test("one's own reply that overtakes an event neither hides it nor counts it twice")
    func overtakes() {
        var book = book(last: 10, read: 10, unread: 0)
        #expect(book.add(entry(12, by: "alam"), isOwn: true) == nil)
        #expect(book.add(entry(11, by: "firman")) == Seq(unchecked: 11)...Seq(unchecked: 11))
        #expect(book[room]?.state.unread == 1)
        book.absorb([entry(11, by: "firman"), entry(12, by: "alam")], upto: Seq(unchecked: 12), of: room)
        #expect(book[room]?.state.unread == 1)
        #expect(book.add(entry(13, by: "alam"), isOwn: true) == Seq(unchecked: 13)...Seq(unchecked: 13))
    }

    @Test("coming back to a room proves nothing about what was said meanwhile, and reads it to its end")
    func comesBack() {
        var book = book(last: 5, read: 3, unread: 2)
        var going = entry(6, by: "alam", "")
        going.kind = .member(.left)
        #expect(book.add(going) == Seq(unchecked: 6)...Seq(unchecked: 6))
        var coming = entry(9, by: "alam", "")
        coming.kind = .member(.joined)
        // 7 and 8 were said while nobody of ours was there to hear.
        #expect(book.add(coming) == Seq(unchecked: 9)...Seq(unchecked: 9))
        #expect(book[room]?.state.joined == true)
        #expect(book[room]?.state.readSeq.value == 8)
        #expect(book[room]?.state.unread == 0)
        #expect(book.add(entry(10, by: "firman")) == Seq(unchecked: 10)...Seq(unchecked: 10))
        #expect(book[room]?.state.unread == 1)
    }

    @Test("counting stops at a thousand")
    func capped() {
        var book = book(last: 0, read: 0, unread: 0)
        for seq in 1...1100 { _ = book.add(entry(Int64(seq), by: "firman")) }
        #expect(book[room]?.state.unread == Limits.unreadCount)
    }

    @Test("a read position never goes back and stays until the server knows it")
    func reads() {
        var book = book(last: 10, read: 5, unread: 5)
        let isNews = book.read(room, through: Seq(unchecked: 99), isSent: false)
        #expect(isNews)
        #expect(book[room]?.state.readSeq.value == 10)
        #expect(book[room]?.state.unread == 0)
        let isOldNews = book.read(room, through: Seq(unchecked: 7), isSent: true)
        #expect(!isOldNews)
        #expect(book.unsentReads.count == 1)
        book.confirmRead(room, through: Seq(unchecked: 10))
        #expect(book.unsentReads.isEmpty)
    }

    @Test("a new list keeps drafts and what the server does not know yet")
    func replaced() throws {
        var book = book(last: 10, read: 5, unread: 5)
        _ = book.read(room, through: Seq(unchecked: 10), isSent: false)
        book.setDraft("draf", of: room)
        let other = try ConversationName("firman")
        book.setDraft("belum", of: other)
        _ = book.replace(
            with: [
                ConversationSummary(
                    conversation: room, title: "foo", lastSeq: Seq(unchecked: 10), readSeq: Seq(unchecked: 5), unread: 5,
                    mentions: 0, last: nil, visible: [], joined: true)
            ], isWhole: true)
        #expect(book[room]?.state.draft == "draf")
        #expect(book[room]?.state.unread == 0)
        #expect(book[room]?.unsentRead?.value == 10)
        #expect(book[other]?.state.draft == "belum")
    }
}

@Suite("The outbox")
struct OutboxTests {
    private func item(_ id: String, _ conversation: String) throws -> OutboxItem {
        OutboxItem(
            id: try Nonce(id), conversation: try ConversationName(conversation), text: try MessageText(id), ref: nil,
            time: Timestamp(milliseconds: 0), state: .queued)
    }

    private func outbox(_ items: [(String, String)]) throws -> Outbox {
        var outbox = Outbox()
        outbox.restore(try items.map { try item($0.0, $0.1) })
        return outbox
    }

    @Test("of each conversation one message is on its way, the oldest first")
    func oneAtATime() throws {
        var outbox = try outbox([("a1", "alam"), ("a2", "alam"), ("b1", "#foo")])
        #expect(outbox.takeNext().map(\.id.text) == ["a1", "b1"])
        #expect(outbox.takeNext().isEmpty)
        outbox.remove(try Nonce("a1"))
        #expect(outbox.takeNext().map(\.id.text) == ["a2"])
    }

    @Test("a broken line puts back what was on its way, in its old place")
    func broken() throws {
        var outbox = try outbox([("a1", "alam"), ("a2", "alam")])
        _ = outbox.takeNext()
        outbox.lineBroke()
        #expect(outbox.takeNext().map(\.id.text) == ["a1"])
    }

    @Test("what the server wants later holds back what follows it")
    func resting() throws {
        var outbox = try outbox([("a1", "alam"), ("a2", "alam"), ("b1", "#foo")])
        _ = outbox.takeNext()
        let first = outbox.rest(try Nonce("a1"), ProtocolError(.internal, "Full."))
        #expect(outbox.takeNext().isEmpty)
        outbox.wake(try ConversationName("alam"))
        #expect(outbox.takeNext().map(\.id.text) == ["a1"])
        #expect(outbox.items.map(\.refusal?.detail) == ["Full.", nil, nil], "also while it is on its way again")
        // Chance takes at most half of each, so that every third is longer for certain.
        var delays = [first]
        for _ in 0..<4 { delays.append(outbox.rest(try Nonce("a1"), ProtocolError(.internal, "Full."))) }
        #expect(delays[2] > delays[0] && delays[4] > delays[2])
        outbox.lineBroke()
        #expect(outbox.items.allSatisfy { $0.refusal == nil })
    }

    @Test("a message that failed lets the next pass")
    func failed() throws {
        var outbox = try outbox([("a1", "alam"), ("a2", "alam")])
        _ = outbox.takeNext()
        outbox.set(.failed(ProtocolError(.forbidden, "")), of: try Nonce("a1"))
        #expect(outbox.takeNext().map(\.id.text) == ["a2"])
    }

    @Test("what is not on disk yet does not go out, nor does what follows it")
    func unstored() throws {
        var outbox = Outbox()
        outbox.add(try item("a1", "alam"))
        outbox.add(try item("a2", "alam"))
        outbox.markStored(try Nonce("a2"))
        #expect(outbox.takeNext().isEmpty)
        outbox.markStored(try Nonce("a1"))
        #expect(outbox.takeNext().map(\.id.text) == ["a1"])
    }
}
