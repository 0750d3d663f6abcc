import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// One conversation with the server, from `session.golden`: what is asked, and what must come back.
func scriptedSession() throws -> [(request: String, reply: String)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("session.golden")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    let requests = lines.filter { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) }
    let replies = lines.filter { $0.hasPrefix("< ") }.map { String($0.dropFirst(2)) }
    try #require(requests.count == replies.count && requests.count > 20)
    return zip(requests, replies).map { (request: $0, reply: $1) }
}

@Suite("A session by hand")
struct ScriptedSessionTests {
    @Test("is answered reply by reply, in lines and in classic blocks", arguments: [Framing.lines, .classic])
    func replyByReply(framing: Framing) async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port, framing: framing)
            for (request, expected) in try scriptedSession() {
                let reply = try client.ask(request)
                #expect(try reply.golden == expected, "\(request)")
            }
        }
    }

    @Test("says who it is before anybody logs in")
    func hello() async throws {
        try await TestServer.with { server in
            let reply = try WireClient(port: server.port).ask("hello")
            #expect(reply.text("server") == "obrold")
            #expect(reply["protocol"] as? Int == 1)
            #expect(reply.object("limits")["line"] as? Int == 65536)
            #expect(reply.text("registration") == "open")
        }
    }

    @Test("an inbox is read when its client is known to have it, and never through a lost reply")
    func inboxIsReadByWhoGotIt() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            let token = try firman.join(as: "firman")
            try alam.ask("send destination=firman&message=satu")
            func texts(_ reply: [String: Any]) -> [String?] { reply.object("messages").list("alam").map { $0.text("msg") } }

            // Whoever breaks off is shown the same again, also by another connection of the session.
            try {
                let lost = try WireClient(port: server.port)
                #expect(try texts(lost.ask("inbox session=\(token)")) == ["satu"])
                lost.endWithReset()
            }()
            #expect(try texts(firman.ask("inbox")) == ["satu"])
            // The next request proves that the reply arrived.
            #expect(try texts(firman.ask("inbox")).isEmpty)

            // So does an end in order, though it comes before the reply, as `nc -N` makes it.
            try alam.ask("send destination=firman&message=dua")
            let brief = try WireClient(port: server.port)
            try brief.send("inbox session=\(token)")
            brief.endInput()
            #expect(try texts(brief.reply()) == ["dua"])
            #expect(try brief.receive() == nil)
            try await eventually("nothing is unread") { try texts(firman.ask("inbox peek=1")).isEmpty }
        }
    }
}
