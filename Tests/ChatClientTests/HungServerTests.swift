import ChatProtocol
import ChatTesting
import Foundation
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

    @Test("a file goes up where no chunk of the usual size passes before the line is given up", .timeLimit(.minutes(1)))
    func narrowLine() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let path = folder + "/bab.txt"
                try Data(repeating: 7, count: 100_000).write(to: URL(fileURLWithPath: path))
                let alam = try WireClient(port: server.port)
                let token = try SessionToken(alam.join(as: "alam"))
                // In the time that the server may be silent some 20 KiB pass.
                let relay = try await Relay(to: server.port, piece: 1024, interval: .milliseconds(10))
                let address = ServerAddress(host: "127.0.0.1", port: relay.port)
                let work = KeptTransfer.Work.upload(path: path, try ConversationName("alam"), nil)
                let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
                let loop = group.next()
                let end = try await loop.flatSubmit {
                    let stopped = loop.makePromise(of: Transfer.self)
                    var job: TransferJob?
                    let end = { (ended: TransferJob) in
                        stopped.succeed(ended.transfer)
                        job = nil
                    }
                    let setting = TransferJob.Setting(
                        dialer: Dialer(server: address, loop: loop, patience: .milliseconds(200)), keeping: TransferKeeping(),
                        tell: { _ in }, stopped: end)
                    job = TransferJob(KeptTransfer(work), as: 1, setting)
                    job?.start(token)
                    return stopped.futureResult
                }.get()
                #expect(end.state == .done(path: nil))
                try await group.shutdownGracefully()
                try await relay.close()
            }
        }
    }

    @Test("chunks become smaller while they go unanswered, and larger again while answers come quickly")
    func chunkSize() {
        var size = ChunkSize()
        let first = size.bytes
        size.wentUnanswered()
        #expect(size.bytes == first / 2)
        for _ in 1...10 { size.wentUnanswered() }
        #expect(size.bytes == ChunkSize.smallest)
        size.wasAnswered(after: .seconds(16), of: .seconds(60))
        #expect(size.bytes == ChunkSize.smallest)
        for _ in 1...10 { size.wasAnswered(after: .seconds(15), of: .seconds(60)) }
        #expect(size.bytes == ChunkSize.largest)
    }

    @Test("a transfer whose lines break before anything has moved is tried less and less often")
    func standstill() async throws {
        try await withFolder { folder in
            let path = folder + "/bab.txt"
            try Data("isi".utf8).write(to: URL(fileURLWithPath: path))
            let greeter = try await Greeter()
            let address = ServerAddress(host: "127.0.0.1", port: greeter.port)
            let work = KeptTransfer.Work.upload(path: path, try ConversationName("firman"), nil)
            let token = try SessionToken("kunci")
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let loop = group.next()
            let span = try await loop.flatSubmit {
                let third = loop.makePromise(of: Duration.self)
                var job: TransferJob?
                var begun = 0
                let tell = { (transfer: Transfer) in
                    // Told when it starts, while its file is read, and when each line has begun.
                    begun += 1
                    guard let running = job, running.backoff.span >= Backoff.shortest * 4 || begun > 20 else { return }
                    job = nil
                    third.succeed(running.backoff.span)
                    running.cancel()
                }
                let setting = TransferJob.Setting(
                    dialer: Dialer(server: address, loop: loop), keeping: TransferKeeping(), tell: tell, stopped: { _ in })
                job = TransferJob(KeptTransfer(work), as: 1, setting)
                job?.start(token)
                return third.futureResult
            }.get()
            #expect(span == Backoff.shortest * 4)
            try await greeter.close()
            try await group.shutdownGracefully()
        }
    }
}
