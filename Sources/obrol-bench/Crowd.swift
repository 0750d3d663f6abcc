import ChatProtocol
import Foundation
import NIOCore
import NIOPosix

/// Many clients on one event loop.
final class Crowd {
    let loop: any EventLoop
    private(set) var members: [NIOLoopBound<LoadConnection>] = []
    private(set) var names: [String] = []
    private(set) var tokens: [String] = []
    private let port: Int

    init(port: Int) {
        self.port = port
        loop = MultiThreadedEventLoopGroup.singleton.next()
    }

    /// Connects one more client, without login.
    @discardableResult
    func connect() async throws -> NIOLoopBound<LoadConnection> {
        let loop = self.loop
        let channel = try await ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(LoadConnection()) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return try await loop.submit {
            NIOLoopBound(try channel.pipeline.syncOperations.handler(type: LoadConnection.self), eventLoop: loop)
        }.get()
    }

    func ask(_ member: NIOLoopBound<LoadConnection>, _ line: String) async throws -> [String: Any] {
        try Self.object(try await answer(member, line))
    }

    /// The answer as it came, for whoever looks at the clock.
    func answer(_ member: NIOLoopBound<LoadConnection>, _ line: String) async throws -> ByteBuffer {
        try await loop.flatSubmit { member.value.ask(line) }.get()
    }

    static func object(_ answer: ByteBuffer) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(answer.readableBytesView)) as? [String: Any] else {
            throw BenchFailure("Not an object: \(String(buffer: answer))")
        }
        return object
    }

    func close(_ member: NIOLoopBound<LoadConnection>) async throws {
        try await loop.submit { member.value.close() }.get()
    }

    /// Connects, registers and subscribes this many people.
    func fill(_ count: Int) async throws {
        for number in members.count..<count {
            let member = try await connect()
            let name = "user\(number)"
            _ = try await ask(member, "register username=\(name)&password=rahasia&name=\(name)&nationality=")
            let answer = try await ask(member, "auth username=\(name)&password=rahasia")
            guard let token = answer["tokenid"] as? String else { throw BenchFailure("auth: \(answer)") }
            _ = try await ask(member, "subscribe")
            members.append(member)
            names.append(name)
            tokens.append(token)
        }
    }

    /// Runs something on the loop for each member.
    func each(_ body: @escaping @Sendable (LoadConnection, Int) -> Void) async throws {
        let members = self.members
        try await loop.submit { for (index, member) in members.enumerated() { body(member.value, index) } }.get()
    }

    /// Lets everybody finish what is in flight.
    func settle() async throws {
        let members = self.members
        try await each { member, _ in member.finish() }
        for _ in 0..<600 {
            let isIdle = try await loop.submit { members.allSatisfy(\.value.isIdle) }.get()
            if isIdle { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        // The last events follow the last answers.
        try await Task.sleep(for: .milliseconds(300))
    }

    func tally() async throws -> LoadConnection.Tally {
        let members = self.members
        return try await loop.submit {
            members.reduce(into: LoadConnection.Tally()) { sum, member in
                let tally = member.value.tally
                sum.answered += tally.answered
                sum.delivered += tally.delivered
                sum.refused += tally.refused
                sum.misordered += tally.misordered
                sum.latencies += tally.latencies
            }
        }.get()
    }
}
