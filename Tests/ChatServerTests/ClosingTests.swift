import ChatProtocol
import ChatServer
import ChatTesting
import Foundation
import NIOCore
import Testing

@Suite("The end of a connection")
struct ClosingTests {
    @Test("waits for the answers to all that was asked, though they are long and taken slowly")
    func answersEverything() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            let token = try alam.join(as: "alam")
            let text = String(repeating: "x", count: 16_000)
            for _ in 0..<60 { try alam.send("send destination=alam&message=\(text)") }
            for _ in 0..<60 { #expect(try alam.reply().status == "OK") }

            let client = try WireClient(port: server.port, receiveBuffer: 65536)
            let count = 12
            let requests = (1...count).map { "history conversation=@alam&id=\($0)&session=\(token)\n" }.joined()
            try client.send(raw: Array(requests.utf8))
            client.endInput()
            for number in 1...count {
                let reply = try client.reply()
                #expect(reply.text("id") == "\(number)")
                #expect(reply.list("entries").count > 40)
            }
            #expect(try client.receive() == nil)
        }
    }

    @Test("is silence, for a classic text that fills its blocks")
    func classicText() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port, framing: .classic)
            try client.join(as: "alam")
            let request = "send destination=alam&message="
            let text = request + String(repeating: "x", count: RequestDecoder.blockLength - request.utf8.count)
            try client.send(raw: Array(text.utf8))
            client.endInput()
            #expect(try client.reply().seq == 1)
        }
    }

    @Test("amid a login leaves nobody online")
    func brokenLogin() async throws {
        try await TestServer.with { server in
            let witness = try WireClient(port: server.port)
            try witness.join(as: "alam")
            let logins = 24
            for number in 0..<logins {
                try witness.ask("register username=user\(number)&password=rahasia&name=User&nationality=ID")
            }
            for number in 0..<logins {
                let client = try WireClient(port: server.port)
                try client.send("auth username=user\(number)&password=rahasia")
                client.endWithReset()
            }
            // Logins are worked on in turn: this one comes after all of them.
            try WireClient(port: server.port).logIn(as: "alam")
            try await eventually("they are gone") {
                try witness.ask("users q=user").list("users").allSatisfy { $0["online"] as? Bool == false }
            }
        }
    }

    @Test("does not come from one's own long reply, whatever happens meanwhile")
    func longReply() async throws {
        try await TestServer.with(configure: { $0.eventBacklog = 256 * 1024 }) { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let content = Data((0..<(6 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7919) })
            let payload = content.base64EncodedString().replacingOccurrences(of: "+", with: "%2B")
            try alam.ask("file_send conversation=@alam&filename=large.bin&payload=\(payload)")
            let file = try #require(try alam.ask("file_list").list("files").first?.text("id"))

            let reader = try WireClient(port: server.port, receiveBuffer: 65536)
            try reader.logIn(as: "alam")
            try reader.ask("subscribe")
            try reader.send("file_get file=\(file)")
            // It has begun, and is more than the system keeps on its way.
            let begun = try reader.receive(raw: 1)
            for number in 1...20 { #expect(try alam.ask("send destination=alam&message=m\(number)").seq == number + 1) }
            let rest = try #require(try reader.receiveObject(within: 60))
            let object = try JSONSerialization.jsonObject(with: Data(begun + Array(buffer: rest)))
            let reply = try #require(object as? [String: Any])
            #expect(Data(base64Encoded: try #require(reply.text("payload"))) == content)
            for number in 1...20 { #expect(try reader.event("message").seq == number + 1) }
        }
    }

    @Test("of a session ends what it heard: nobody subscribes for somebody else")
    func foreignSubscription() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            let token = try firman.join(as: "firman")
            #expect(try alam.ask("subscribe session=\(token)").code == "forbidden")
            try firman.ask("send destination=firman&message=rahasia")
            try alam.ask("subscribe")
            try firman.ask("send destination=alam&message=halo")
            #expect(try alam.receive()?.text("msg") == "halo")
        }
    }
}
