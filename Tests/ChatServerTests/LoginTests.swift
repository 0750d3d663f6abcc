import ChatProtocol
import ChatTesting
import NIOCore
import Testing

@testable import ChatServer

@Suite("Before login")
struct LoginTests {
    @Test("names that can be no user names are remembered as one, and real ones of the same place log in beside them")
    func impossibleNames() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let guesser = try WireClient(port: server.port)
            var codes: [String?] = []
            for number in 0..<22 {
                let name = String(repeating: "x", count: 60_000) + "\(number)"
                codes.append(try guesser.ask("auth username=\(name)&password=salah").code)
            }
            #expect(codes == Array(repeating: "auth-failed", count: 20) + ["rate-limited", "rate-limited"])
            for name in ["alam", "nobody"] {
                #expect(try guesser.ask("auth username=\(name)&password=salah").code == "auth-failed")
            }
            try guesser.logIn(as: "alam")
        }
    }

    @Test("what is remembered of wrong passwords is forgotten after a minute, whoever logs in next")
    func forgets() throws {
        let limiter = LoginLimiter(limit: 2)
        let start = NIODeadline.now()
        let here = AddressHolder("192.0.2.1")
        func attempt(_ name: String) throws -> LoginLimiter.Attempt { LoginLimiter.Attempt(try Username(name), from: here) }
        for number in 0..<5_000 { limiter.failed(try attempt("u\(number)"), now: start + .milliseconds(0)) }
        limiter.failed(try attempt("u1"), now: start + .milliseconds(1))
        #expect(throws: ProtocolError.self) { try limiter.check(attempt("u1"), now: start + .milliseconds(59_999)) }
        try limiter.check(LoginLimiter.Attempt(Username("u1"), from: AddressHolder("192.0.2.2")), now: start + .milliseconds(2))
        try limiter.check(attempt("u1"), now: start + .milliseconds(60_000))
        #expect(limiter.count == 0)
        for number in 0..<20_000 { limiter.failed(try attempt("u\(number)"), now: start + .milliseconds(60_000)) }
        #expect((10_000...10_001).contains(limiter.count))
    }

    @Test("one address cannot keep others from logging in and registering, however much it asks")
    func crowdedOut() async throws {
        try await TestServer.with(configure: { $0.passwordsWaiting = 16 }) { server in
            try WireClient(port: server.port).join(as: "alam")
            let crowd = try (0..<40).map { _ in try WireClient(port: server.port) }
            for (number, client) in crowd.enumerated() {
                for attempt in 0..<10 { try client.send("auth username=u\(number)-\(attempt)&password=salah") }
            }
            let others = try (0..<3).map { _ in try WireClient(port: server.port, from: "127.0.0.2") }
            // Mostly the last; another where some were looked at before it had asked.
            #expect(try crowd.reversed().contains { try $0.reply().code == "busy" }, "it has all that it can get")
            for (number, other) in others.enumerated() {
                try other.send("auth username=alam&password=rahasia")
                try other.send("register username=b\(number)&password=rahasia&name=B&nationality=ID")
            }
            for other in others {
                #expect(try other.reply().text("username") == "alam")
                #expect(try other.reply().status == "OK")
            }
        }
    }

    @Test("an address counts with its whole line: IPv4 as it is, IPv6 as its network")
    func holders() {
        #expect(AddressHolder("2001:db8:1:2::1") == AddressHolder("2001:db8:1:2:ffff::9"))
        #expect(AddressHolder("2001:db8:1:2::1") != AddressHolder("2001:db8:1:3::1"))
        #expect(AddressHolder("::ffff:192.0.2.1") != AddressHolder("::ffff:192.0.2.2"))
        #expect(AddressHolder("192.0.2.1") != AddressHolder("192.0.2.2"))
    }
}
