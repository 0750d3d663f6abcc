import ChatProtocol
import ChatTesting
import NIOCore
import NIOPosix
import Testing

@testable import ChatClient

/// A server whose machine answers, and which itself does nothing any more.
@Suite("A server that hangs")
struct HungServerTests {
    @Test("one that owes an answer and says nothing is given up; not one that owes none, or is not listened to")
    func silence() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let mute = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(mute.localAddress?.port)
        let loop = group.next()
        let ends = try await loop.flatSubmit {
            let ended = loop.makePromise(of: [String].self)
            let address = ServerAddress(host: "127.0.0.1", port: port)
            let dialer = Dialer(server: address, loop: loop, patience: .milliseconds(100))
            dialer.dial { result in
                guard let connection = try? result.get() else { return ended.succeed(["no connection"]) }
                var heard: [String] = []
                connection.listen(.init(closed: { heard.append("closed: \($0)") }))
                // Nothing is owed: nothing ends, however long it lasts.
                loop.assumeIsolated().scheduleTask(in: .milliseconds(300)) {
                    heard.append("asking")
                    connection.read(false)
                    loop.assumeIsolated().scheduleTask(in: .milliseconds(300)) {
                        heard.append("listening")
                        connection.read(true)
                    }
                    connection.request(.ping) { result in
                        if case .failure(.connectionLost) = result { heard.append("no answer") }
                        loop.assumeIsolated().execute { ended.succeed(heard) }
                    }
                }
            }
            return ended.futureResult
        }.get()
        #expect(ends == ["asking", "listening", "no answer", "closed: noAnswer"])
        try await mute.close()
        try await group.shutdownGracefully()
    }
}
