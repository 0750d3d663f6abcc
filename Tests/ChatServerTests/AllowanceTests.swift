import ChatTesting
import NIOCore
import Testing

@testable import ChatServer

@Suite("The allowance of requests")
struct AllowanceTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test("a burst is free, what comes after is told how long to wait, and waiting is enough")
    func burst() throws {
        let allowance = RequestAllowance(perSecond: 10)
        for _ in 0..<40 { #expect(allowance.take(1, from: .address(AddressHolder("a")), now: start) == nil) }
        let wait = try #require(allowance.take(1, from: .address(AddressHolder("a")), now: start))
        #expect(wait > .milliseconds(99) && wait < .milliseconds(110))
        #expect(allowance.take(1, from: .address(AddressHolder("a")), now: start + wait) == nil)
        #expect(allowance.take(1, from: .address(AddressHolder("b")), now: start) == nil, "others are not slowed")
    }

    @Test("small steps of time add up")
    func smallSteps() {
        let allowance = RequestAllowance(perSecond: 1000)
        _ = allowance.take(4000, from: .address(AddressHolder("a")), now: start)
        var taken = 0
        for step in 1...100_000
        where allowance.take(1, from: .address(AddressHolder("a")), now: start + .microseconds(Int64(step) * 10)) == nil {
            taken += 1
        }
        #expect((990...1000).contains(taken))
    }

    @Test("one request may cost more than the bucket holds")
    func expensive() {
        let allowance = RequestAllowance(perSecond: 1)
        #expect(allowance.take(20, from: .address(AddressHolder("a")), now: start) == nil)
        #expect(allowance.take(20, from: .address(AddressHolder("a")), now: start) != nil)
        #expect(allowance.take(20, from: .address(AddressHolder("a")), now: start + .seconds(5)) == nil)
    }

    @Test("more than any machine answers is a limit like any other")
    func immense() throws {
        let allowance = RequestAllowance(perSecond: .max)
        for _ in 0..<100 { #expect(allowance.take(20, from: .address(AddressHolder("a")), now: start) == nil) }
    }

    @Test("who asks too fast is slowed and still answered, in order")
    func slowed() async throws {
        try await TestServer.with(configure: { $0.requestsPerSecond = 400 }) { server in
            let client = try WireClient(port: server.port)
            for number in 0..<2000 { try client.send("ping id=\(number)") }
            for number in 0..<2000 { #expect(try client.reply().text("id") == "\(number)") }
        }
    }
}
