import ChatProtocol
import ChatTesting
import Foundation
import NIOCore
import Testing

@Suite("JSON on the wire")
struct JSONTests {
    @Test("a library reads what we write, in either style", arguments: 0..<200)
    func written(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let number = Int64(bitPattern: random.next())
        for style in [JSONStyle.modern, .classic] {
            var json = JSONWriter(style: style)
            json.field("text", text)
            json.field("number", number)
            json.object("object") { $0.field("yes", true) }
            json.array("list") { list in
                list.element(text)
                list.elementArray { $0.element(1) }
            }
            let bytes = json.finished()
            let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView)) as? [String: Any])
            #expect(object["text"] as? String == text)
            #expect((object["number"] as? NSNumber)?.int64Value == number)
            #expect((object["list"] as? [Any])?.first as? String == text)
            let controls = bytes.readableBytesView.contains { $0 < 0x20 || $0 == 0x7F }
            #expect(!controls, "raw control characters")
            if style == .classic {
                let plain = bytes.readableBytesView.allSatisfy { $0 > 0x20 && $0 < 0x7F }
                #expect(plain, "only ASCII, and no space that padding could be taken for")
            }
        }
    }

    @Test("we read what a library writes", arguments: 0..<200)
    func read(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let data = try JSONSerialization.data(
            withJSONObject: ["text": text, "list": [1, 2.5, NSNull(), ["a": text]]] as [String: Any])
        var json = JSONReader(ByteBuffer(bytes: data))
        var found: String?
        try json.beginObject()
        while let key = try json.nextKey() { if key == "text" { found = try json.string() } else { try json.skip() } }
        #expect(found == text)
        let isAtEnd = json.isAtEnd()
        #expect(isAtEnd)
    }

    @Test(
        "what is not JSON is refused and never crashes",
        arguments: [
            "", "{", "}", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"x",
            "{\"a\":1 \"b\":2}",
            "{\"a\":\"\u{1}\"}", "{\"a\":tru}", "{\"a\":\"\\q\"}", String(repeating: "{\"a\":", count: 1000), "{} {}",
        ])
    func refused(text: String) {
        #expect(throws: JSONError.self) { try ServerFrame(parsing: ByteBuffer(string: text)) }
    }

    @Test("surrogate pairs become their character")
    func surrogates() throws {
        var json = JSONReader(ByteBuffer(string: #"{"a":"\ud83d\udc4b\u00e9\/"}"#))
        try json.beginObject()
        _ = try json.nextKey()
        #expect(try json.string() == "👋é/")
    }

    @Test("random bytes never crash the reader", arguments: 0..<300)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]\",:\\u0d8a1-.etruefalsn \u{1}é".utf8)
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        do { _ = try ServerFrame(parsing: ByteBuffer(bytes: bytes)).event() } catch {
            #expect(error.offset <= bytes.count)
        }
    }
}

@Suite("Replies and events")
struct ReplyTests {
    private let entry: Entry

    init() throws {
        entry = Entry(
            conversation: .room(try RoomName("foo")), seq: Seq(unchecked: 42), author: try Username("firman"),
            authorName: "Firman A.",
            text: "halo \"dunia\"\n世界", time: Timestamp(milliseconds: 1_764_000_000_123), nonce: try Nonce("n1"),
            ref: Seq(unchecked: 7))
    }

    @Test("an entry keeps its golden line")
    func golden() {
        let line = String(buffer: Event.message(entry).encoded())
        #expect(
            line
                == ##"{"type":"message","conversation":"#foo","seq":42,"from":"firman","name":"Firman A.","msg":"halo \"dunia\"\n世界","time":1764000000123,"nonce":"n1","ref":7}"##
                + "\n")
    }

    @Test("events are read as they were written")
    func events() throws {
        var file = entry
        file.text = ""
        file.kind = .file(
            SharedFile(
                id: try FileID("abcdefghijklmnopqrstuvwx23"), label: try FileLabel("a b.txt"), size: 5,
                sha256: try ContentHash(String(repeating: "ab", count: 32))))
        var member = entry
        member.text = ""
        member.kind = .member(.left)
        let events: [Event] = [
            .message(entry), .message(file), .message(member), .presence(try Username("alam"), name: "Alam", online: true),
            .read(try ConversationName("@alam"), Seq(unchecked: 3)), .session(reason: "logout"), .reconnect(after: 1500),
            .closing(ProtocolError(.tooLarge, "Too much.")),
        ]
        for event in events {
            var decoder = ServerFrameDecoder()
            var bytes = event.encoded()
            decoder.append(&bytes)
            let frame = try #require(try decoder.next())
            #expect(try frame.event() == event)
        }
    }

    @Test("an entry of a later kind keeps its seq, and an event of a later type is ignored")
    func later() throws {
        let poll =
            #"{"type":"message","kind":"poll","conversation":"@a","seq":9,"from":"b","name":"B","time":1,"options":[1,{"x":2}]}"#
        guard case .message(let entry) = try ServerFrame(parsing: ByteBuffer(string: poll)).event() else {
            Issue.record("not an entry")
            return
        }
        #expect(entry.seq == Seq(unchecked: 9))
        #expect(entry.kind == .unknown("poll"))
        #expect(try ServerFrame(parsing: ByteBuffer(string: #"{"type":"comet"}"#)).event() == .unknown(type: "comet"))
    }

    @Test("an error carries its code, its words and the time to wait")
    func errors() throws {
        let bytes = Reply.failure(ProtocolError(.rateLimited, "Wait.", retryAfter: 7), id: "9", framing: .lines)
        let frame = try ServerFrame(parsing: ByteBuffer(bytes: bytes.readableBytesView.dropLast()))
        #expect(frame.error == ProtocolError(.rateLimited, "Wait.", retryAfter: 7))
        #expect(frame.id == "9")
        #expect(!frame.succeeded)
    }

    @Test("a page of history is read as it was written")
    func history() throws {
        let page = HistoryReply(entries: [entry, entry], upto: Seq(unchecked: 42), asOf: Seq(unchecked: 50), more: true)
        let bytes = Reply.success(page, id: nil, framing: .lines)
        let frame = try ServerFrame(parsing: ByteBuffer(bytes: bytes.readableBytesView.dropLast()))
        #expect(try frame.decode(HistoryReply.self) == page)
    }
}
