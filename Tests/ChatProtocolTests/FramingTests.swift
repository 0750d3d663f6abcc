import ChatProtocol
import NIOCore
import Testing

@Suite("Framing")
struct FramingTests {
    /// What a decoder makes of these bytes when they arrive in these pieces.
    private func requests(_ pieces: [[UInt8]], silence: Bool = false) -> [String] {
        var decoder = RequestDecoder()
        decoder.isBound = true
        var found: [String] = []
        func take(_ output: RequestDecoder.Output) {
            switch output {
            case .request(let request):
                let value = (try? request.fields.optional("a")) ?? nil
                let attached = request.attached.map { ":\(String(buffer: $0))" } ?? ""
                found.append("\(request.command?.rawValue ?? "?") \(value ?? "")\(attached)")
            case .attachedAnnounced(let request, let count): decoder.acceptAttached(request, count: count)
            case .malformed(let error, _): found.append("malformed \(error.code.rawValue)")
            case .broken(let error): found.append("broken \(error.code.rawValue)")
            }
        }
        for piece in pieces {
            var bytes = ByteBuffer(bytes: piece)
            decoder.append(&bytes)
            while let output = decoder.next() { take(output) }
        }
        if silence, let output = decoder.silenceElapsed() { take(output) }
        return found
    }

    private let session = Array(
        "ping a=1\r\n\nHELLO\nfile_append a=2&attached=5\n12\n45send a=3\nping a=%zz\nlist_file a=4\n".utf8)
    private let expected = ["ping 1", "hello ", "file_append 2:12\n45", "send 3", "malformed bad-request", "file_list 4"]

    @Test("lines are found however the bytes arrive")
    func everySplit() {
        #expect(requests([session]) == expected)
        #expect(requests(session.map { [$0] }) == expected)
        for split in 1..<session.count { #expect(requests([Array(session[..<split]), Array(session[split...])]) == expected) }
    }

    @Test("classic texts are found however the bytes arrive, blank blocks between them ignored")
    func classic() {
        let long = "send a=" + String(repeating: "x", count: 3000)
        let bytes =
            Array(buffer: ReplyFraming.classicRequest("ping a=1")) + Array(repeating: UInt8(ascii: " "), count: 2048)
            + Array(buffer: ReplyFraming.classicRequest(long)) + Array(buffer: ReplyFraming.classicRequest("hello"))
        let texts = ["ping 1", "send " + String(repeating: "x", count: 3000), "hello "]
        #expect(requests([bytes]) == texts)
        for split in stride(from: 1, to: bytes.count, by: 37) {
            #expect(requests([Array(bytes[..<split]), Array(bytes[split...])]) == texts)
        }
    }

    @Test("a classic text that fills its blocks ends by silence")
    func silence() {
        let first = Array(buffer: ReplyFraming.classicRequest("ping a=1"))
        let exact = "send a=" + String(repeating: "y", count: 2048 - 7)
        let bytes = Array(buffer: ReplyFraming.classicRequest(exact))
        #expect(bytes.count == 2048)
        #expect(requests([first, bytes]) == ["ping 1"])
        #expect(requests([first, bytes], silence: true) == ["ping 1", "send " + String(repeating: "y", count: 2041)])
    }

    @Test("a line past its limit breaks the connection; one with a file may be longer")
    func limits() {
        let long = Array(repeating: UInt8(ascii: "x"), count: Limits.requestLine + 1)
        #expect(requests([Array("ping a=1\n".utf8), long]) == ["ping 1", "broken too-large"])
        #expect(requests([long]) == ["broken too-large"])
        #expect(requests([Array("file_send a=f&b=".utf8) + long + [0x0A]]) == ["file_send f"])
        #expect(requests([Array("send a=".utf8) + long + [0x0A]]) == ["broken too-large"])
    }

    @Test("attached counts that are no counts break the connection", arguments: ["-1", "x", "1048577"])
    func attached(count: String) {
        let found = requests([Array("file_append a=1&attached=\(count)\n".utf8)])
        #expect(found == [count == "1048577" ? "broken too-large" : "broken bad-request"])
    }

    @Test("classic objects end in a shorter block, whatever their length", arguments: [0, 1, 100, 1019, 1020, 1021, 1022, 2045])
    func classicReplies(length: Int) throws {
        let broadcast = ClassicBroadcast(
            username: "a", display: "A B", text: String(repeating: "é ", count: length), room: try RoomName("r"),
            seq: Seq(unchecked: 1))
        var buffer = ByteBuffer()
        broadcast.encode(.classic, to: &buffer)
        let bytes = Array(buffer: buffer)
        #expect(bytes.count % 1024 == 0)
        var text: [UInt8] = []
        var blocks = stride(from: 0, to: bytes.count, by: 1024).map { Array(bytes[$0..<$0 + 1024]) }
        while !blocks.isEmpty {
            let block = blocks.removeFirst()
            let end = block.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
            text += block[..<end]
            if end < 1024 { break }
        }
        #expect(blocks.isEmpty, "the object ends where its bytes end")
        let frame = try ServerFrame(parsing: ByteBuffer(bytes: text))
        #expect(frame.kind == .event(type: "broadcast"))
    }

    @Test("objects from a server are found however the bytes arrive, attached bytes included")
    func serverFrames() throws {
        let part = FileReadReply(
            size: 9, sha256: try ContentHash(String(repeating: "0", count: 64)), bytes: ByteBuffer(string: "a\nb\n"))
        let bytes =
            Array(buffer: Reply.success(EmptyReply(), id: "1", framing: .lines))
            + Array(buffer: Reply.success(part, id: "2", framing: .lines))
            + Array(buffer: Event.session(reason: "x").encoded())
        for split in 0..<bytes.count {
            var decoder = ServerFrameDecoder()
            var frames: [ServerFrame] = []
            for piece in [bytes[..<split], bytes[split...]] {
                var buffer = ByteBuffer(bytes: piece)
                decoder.append(&buffer)
                while let frame = try decoder.next() { frames.append(frame) }
            }
            #expect(frames.map(\.id) == ["1", "2", nil])
            #expect(frames[1].attached == ByteBuffer(string: "a\nb\n"))
            #expect(frames[2].kind == .event(type: "session"))
        }
    }
}
