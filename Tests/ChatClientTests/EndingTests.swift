import ChatTesting
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import ChatClient

@Suite("The end of a client")
struct EndingTests {
    @Test("comes at whatever moment of connecting it is asked for", .timeLimit(.minutes(1)))
    func whileConnecting() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let folder = try TemporaryFolder.make("obrol-ending")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let address = ServerAddress(host: "127.0.0.1", port: port)
        // About one for each processor runs at a time; after so many, few moments were not met.
        DispatchQueue.concurrentPerform(iterations: 16) { number in
            var random = SeededGenerator(seed: UInt64(number))
            for _ in 0..<100 {
                let client = Client(
                    server: address, mailbox: Mailbox {}, paths: ClientPaths(environment: ["HOME": folder]))
                usleep(UInt32.random(in: 0...300, using: &random))
                client.shutDown()
            }
        }
        try await server.close()
        try await group.shutdownGracefully()
    }
}
