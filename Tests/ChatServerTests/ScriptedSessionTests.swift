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

    @Test("an inbox is read when the session's next request arrives, and never through a lost reply")
    func inboxIsReadByTheNextRequest() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            let token = try firman.join(as: "firman")
            try alam.ask("send destination=firman&message=satu")
            #expect(try firman.ask("inbox").object("messages").count == 1)
            firman.close()
            try alam.ask("send destination=firman&message=dua")

            // The reply reached nobody who went on: a new connection of the same session proves that it did.
            let again = try WireClient(port: server.port)
            let shown = try again.ask("inbox session=\(token)").object("messages").list("alam")
            #expect(shown.map { $0.text("msg") } == ["dua"])
            #expect(try again.ask("inbox").object("messages").isEmpty)
        }
    }
}
