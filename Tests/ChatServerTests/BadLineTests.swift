import ChatProtocol
import ChatServer
import ChatTesting
import Foundation
import NIOCore
import Testing

@Suite("A bad line")
struct BadLineTests {
    @Test(
        "that cuts everything into pieces changes no answer",
        arguments: [(Framing.lines, 1), (.lines, 3), (.classic, 13)] as [(Framing, Int)])
    func pieces(framing: Framing, piece: Int) async throws {
        try await TestServer.with { server in
            let relay = try await Relay(to: server.port, piece: piece, interval: .microseconds(40))
            let client = try WireClient(port: relay.port, framing: framing)
            for (request, expected) in try scriptedSession() {
                #expect(try client.ask(request).golden == expected, "\(request)")
            }
            try await relay.close()
        }
    }

    @Test("that stops within a request, at whatever byte, only delays it")
    func everyByte() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            let witness = try WireClient(port: server.port)
            let request = Array("send destination=alam&message=h%C3%A9+\u{1F642}&id=1\r\n".utf8)
            for cut in 1..<request.count {
                try client.send(raw: Array(request[..<cut]))
                // One thread serves both: what is answered here, it has read after the first half.
                try witness.ask("ping")
                try client.send(raw: Array(request[cut...]))
                let reply = try client.reply()
                #expect(reply.seq == cut, "cut at \(cut): \(reply)")
                #expect(reply.text("id") == "1")
            }
            let texts = try client.ask("history conversation=@alam&limit=500").list("entries").compactMap { $0.text("msg") }
            #expect(texts == Array(repeating: "hé \u{1F642}", count: request.count - 1))
        }
    }

    @Test("that is reset amid a request gives its place free, and a retry is stored once")
    func reset() async throws {
        try await TestServer.with(configure: { $0.connectionsPerAddress = 8 }) { server in
            let witness = try WireClient(port: server.port)
            let token = try witness.join(as: "alam")
            for number in 1...60 {
                let request = "send destination=alam&message=m\(number)&nonce=n\(number)&session=\(token)"
                try {
                    let client = try WireClient(port: server.port)
                    if number.isMultiple(of: 3) { try client.ask("subscribe session=\(token)") }
                    try client.send(raw: Array((request + (number.isMultiple(of: 2) ? "\n" : "")).utf8))
                    client.endWithReset()
                }()
                #expect(try witness.ask(request).status == "OK")
            }
            let entries = try witness.ask("history conversation=@alam&limit=500").list("entries")
            #expect(entries.compactMap { $0.text("msg") } == (1...60).map { "m\($0)" })
        }
    }

    @Test("that may be silent for longer than the system can be told is a line all the same")
    func longSilence() async throws {
        try await TestServer.with(configure: { $0.vanishedSeconds = 86_400 }) { server in
            let client = try WireClient(port: server.port)
            #expect(try client.ask("ping").status == "OK")
        }
    }

    @Test("that is silent is asked within a minute whether anybody is there")
    func keepAlive() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.ask("ping")
            let ends = [server.port, client.localPort].map { ":" + String($0, radix: 16, uppercase: true) }
            let table = try #require(try FileHandle(forReadingAtPath: "/proc/self/net/tcp")?.readToEnd())
            let rows = String(decoding: table, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
            let row: [Substring] = try #require(
                rows.first { $0.count > 5 && $0[1].hasSuffix(ends[0]) && $0[2].hasSuffix(ends[1]) }, "\(ends): \(rows.count) rows"
            )
            // Which timer runs, and for how many hundredths of a second.
            let timer = row[5].split(separator: ":").compactMap { Int($0, radix: 16) }
            #expect(timer.first == 2, "2 is the one that asks")
            #expect((0...6_100).contains(timer.last ?? -1))
        }
    }
}
