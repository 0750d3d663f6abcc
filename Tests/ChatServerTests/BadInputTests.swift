import ChatProtocol
import ChatServer
import ChatTesting
import Testing

@Suite("Bad input")
struct BadInputTests {
    /// What is sent by somebody who is logged in, and the code that must come back.
    static let requests: [(request: String, code: ErrorCode)] = [
        ("nonsense a=b", .unknownCommand),
        (String(repeating: "x", count: 200) + " a=b", .unknownCommand),
        ("send destination=alam", .badRequest),
        ("send destination=alam&message=", .badRequest),
        ("send destination=alam&message=%zz", .badRequest),
        ("send destination=alam&message=%4", .badRequest),
        ("send destination=alam&message=%ff%fe", .badRequest),
        ("send destination=alam&message=a%00b", .invalidText),
        ("send destination=alam&message=a%1b%5b31mb", .invalidText),
        ("send destination=alam&message=%c2%9b31m", .invalidText),
        ("send destination=alam&message=" + String(repeating: "m", count: Limits.messageText + 1), .tooLarge),
        ("send destination=alam&message=a&nonce=" + String(repeating: "n", count: 65), .badRequest),
        ("send destination=alam&message=a&ref=99", .noSuchMessage),
        ("send destination=alam&message=a&ref=-1", .badRequest),
        ("send destination=nobody&message=a", .noSuchUser),
        ("send destination=no%20body&message=a", .invalidName),
        ("send destination=%23nowhere&message=a", .noSuchRoom),
        ("room_chat message=a", .noSuchRoom),
        ("room_chat roomname=nowhere&message=a", .noSuchRoom),
        ("room_join roomname=" + String(repeating: "r", count: 65), .invalidName),
        ("room_join roomname=a%0ab", .invalidName),
        ("room_leave roomname=nowhere", .noSuchRoom),
        ("room_members roomname=nowhere", .noSuchRoom),
        ("history conversation=@nobody", .noSuchConversation),
        ("history conversation=@alam&limit=501", .badRequest),
        ("history conversation=@alam&before=1&after=1", .badRequest),
        ("history conversation=@alam&after=99999999999999999999", .badRequest),
        ("read conversation=@nobody&seq=1", .noSuchUser),
        ("auth username=alam&password=wrong", .authFailed),
        ("auth username=nobody&password=wrong", .authFailed),
        ("auth username=not%20a%20name&password=wrong", .authFailed),
        ("register username=alam&password=a&name=A&nationality=", .userExists),
        ("register username=ALAM&password=a&name=A&nationality=", .userExists),
        ("register username=system&password=a&name=A&nationality=", .invalidName),
        ("register username=b&password=a&name=%e2%80%ae&nationality=", .invalidName),
        ("register username=b&password=a&name=+&nationality=", .invalidName),
        ("register username=b&name=A&nationality=", .badRequest),
        ("register username=b&password=a%00b&name=A&nationality=", .invalidText),
        ("whoami session=deadbeef", .sessionInvalid),
        ("whoami id=" + String(repeating: "i", count: 65), .badRequest),
        ("file_send username=alam&filename=..%2f..%2fx&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=&payload=aGFsbw==", .badRequest),
        ("file_send username=alam&filename=.&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=..&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=\(String(repeating: "f", count: 300))&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=a%00b&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=a%0ab&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=a%5cb&payload=aGFsbw==", .invalidName),
        ("file_send username=alam&filename=a&payload=%21%21%21", .badRequest),
        ("file_send username=alam&filename=a&payload=abc", .badRequest),
        ("file_send username=nobody&filename=a&payload=aGFsbw==", .noSuchUser),
        ("file_get filename=none", .noSuchFile),
        ("file_get file=..%2f..%2fetc%2fpasswd", .noSuchFile),
        ("file_read file=aaaaaaaaaaaaaaaaaaaaaaaaaa", .noSuchFile),
        ("file_info file=aaaaaaaaaaaaaaaaaaaaaaaaaa", .noSuchFile),
        ("file_finish upload=aaaaaaaaaaaaaaaaaaaaaaaaaa", .noSuchFile),
        ("file_begin conversation=@alam&filename=a&size=1&sha256=zz", .badRequest),
        ("file_begin conversation=@alam&filename=a&size=99999999999999&sha256=\(String(repeating: "0", count: 64))", .tooLarge),
        ("file_begin conversation=@nobody&filename=a&size=1&sha256=\(String(repeating: "0", count: 64))", .noSuchUser),
        ("room_get_file filename=none", .noSuchRoom),
        ("users q=" + String(repeating: "%25", count: 300), .badRequest),
    ]

    @Test(
        "is answered with its code and leaves the connection usable, in lines and in blocks",
        arguments: [Framing.lines, .classic])
    func answeredWithItsCode(framing: Framing) async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port, framing: framing)
            try client.join(as: "alam")
            for (request, code) in Self.requests {
                let reply = try client.ask(request)
                #expect(reply.status == "ERROR", "\(request.prefix(80)): \(reply)")
                #expect(reply.code == code.rawValue, "\(request.prefix(80)): \(reply)")
                #expect(reply.text("error")?.isEmpty == false)
                #expect(try client.ask("whoami").status == "OK")
            }
        }
    }

    @Test("commands that need a login say so before one")
    func loginFirst() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            for command in CommandName.allCases where command.needsSession {
                #expect(try client.ask(command.rawValue).code == "session-invalid", "\(command)")
            }
        }
    }

    @Test("a line past its limit ends the connection with the reason, before and after login", arguments: [false, true])
    func overlongLine(loggedIn: Bool) async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            if loggedIn { try client.join(as: "alam") }
            try client.send(raw: Array("send message=".utf8) + Array(repeating: UInt8(ascii: "a"), count: Limits.requestLine))
            #expect(try client.receive()?.code == "too-large")
            #expect(try client.receive() == nil)
        }
    }

    @Test("a file in one request may be long after login only")
    func longFileLine() async throws {
        try await TestServer.with { server in
            let payload = Base64.encode(Array(repeating: UInt8(ascii: "f"), count: 1_000_000))
            let stranger = try WireClient(port: server.port)
            // What it still says is taken, so that it gets to hear why.
            try stranger.send("file_send username=alam&filename=big&payload=" + payload)
            #expect(try stranger.receive()?.code == "too-large")

            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            #expect(try alam.ask("file_send username=alam&filename=big&payload=" + payload).status == "OK")
            #expect(try alam.ask("file_get filename=big").text("payload") == payload)
        }
    }

    @Test("a body that was worked on makes room for others, even while its client stays silent")
    func bodiesMakeRoom() async throws {
        try await TestServer.with(configure: { $0.bodiesInProgress = 3_000_000 }) { server in
            let payload = Base64.encode(Array(repeating: UInt8(ascii: "f"), count: 1_000_000))
            var silent: [WireClient] = []
            for number in 0..<5 {
                let client = try WireClient(port: server.port)
                try client.join(as: "user\(number)")
                #expect(try client.ask("file_send username=user0&filename=f\(number)&payload=" + payload).status == "OK")
                silent.append(client)
            }
            #expect(silent.count == 5)
            // More than there is room for is refused with the reason.
            let large = Base64.encode(Array(repeating: UInt8(ascii: "f"), count: 4_000_000))
            try silent[0].send("file_send username=user0&filename=large&payload=" + large)
            #expect(try silent[0].receive()?.code == "busy")
        }
    }

    @Test("attached bytes that are too many, too early or not a number end the connection")
    func attachedRefused() async throws {
        try await TestServer.with { server in
            let early = try WireClient(port: server.port)
            #expect(try early.ask("file_append upload=a&offset=0&attached=5").code == "session-invalid")
            #expect(try early.receive() == nil)

            for length in ["9999999", "x", "-1"] {
                let client = try WireClient(port: server.port)
                try client.join(as: "u\(length.count)")
                let code = length == "9999999" ? "too-large" : "bad-request"
                #expect(try client.ask("file_append upload=a&offset=0&attached=\(length)").code == code)
                #expect(try client.receive() == nil)
            }
        }
    }

    @Test("attached bytes are consumed even when their request is refused")
    func attachedConsumed() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            try client.send(raw: Array("file_append upload=none&offset=0&attached=6\nping\n\nping id=after\n".utf8))
            #expect(try client.reply().code == "no-such-file")
            #expect(try client.reply().text("id") == "after")
        }
    }

    @Test("guessing a password is slowed down")
    func guessing() async throws {
        try await TestServer.with(configure: { $0.failedLoginsPerMinute = 3 }) { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            for _ in 0..<3 { #expect(try client.ask("auth username=alam&password=x").code == "auth-failed") }
            let refused = try client.ask("auth username=alam&password=rahasia")
            #expect(refused.code == "rate-limited")
            #expect((refused["retry_after"] as? Int ?? 0) > 0)
        }
    }

    @Test("a connection on which nobody logs in is ended with the reason; one with a login stays")
    func nobodyLogsIn() async throws {
        try await TestServer.with(configure: { $0.loginSeconds = 1 }) { server in
            let guest = try WireClient(port: server.port)
            try guest.join(as: "alam")
            let idle = try WireClient(port: server.port)
            #expect(try idle.ask("hello").status == "OK")
            #expect(try idle.receive()?.code == "session-invalid")
            #expect(try idle.receive() == nil)
            #expect(try guest.ask("whoami").status == "OK")
            #expect(try guest.ask("logout").status == "OK")
            #expect(try guest.receive()?.code == "session-invalid")
            #expect(try guest.receive() == nil)
        }
    }

    @Test("whoever begins with TLS is not kept waiting")
    func beginsWithTLS() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.send(raw: [0x16, 0x03, 0x01, 0x00, 0x05])
            #expect(try client.receive() == nil)
        }
    }

    @Test("a full disk refuses the write, acknowledges nothing, stores nothing by halves, and the server goes on")
    func fullDisk() async throws {
        try await TestServer.with(configure: { $0.databaseBytes = 400_000 }) { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            let text = String(repeating: "x", count: 8000)
            var stored = 0
            var refusal: [String: Any] = [:]
            for _ in 0..<200 {
                refusal = try client.ask("send destination=alam&message=\(text)")
                if refusal.status != "OK" { break }
                stored += 1
            }
            #expect(stored > 0)
            #expect(refusal.code == "internal")
            #expect(refusal.text("error")?.contains("full") == true)
            let history = try client.ask("history conversation=@alam&after=0&limit=500")
            #expect(history.list("entries").count == stored)
            #expect(history["upto"] as? Int == stored)
            #expect(try client.ask("whoami").status == "OK")
        }
    }
}
