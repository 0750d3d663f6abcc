import NIOCore
import NIOPosix

/// A server that answers how a line begins, with a hello or with an upload, and hangs up at the next request.
final class Greeter: Sendable {
    let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel

    init() async throws {
        listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Greeting()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func close() async throws {
        try await listener.close()
        try await group.shutdownGracefully()
    }

    private final class Greeting: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private static let replies = [
            "hello": """
            {"status":"OK","id":"1","server":"greeter","version":"1","protocol":1,"epoch":"e","features":[],"limits":{},\
            "registration":"open","time":0}

            """,
            "file_begin": """
            {"status":"OK","id":"1","upload":"abcdefghijklmnopqrstuvwxyz","offset":0}

            """,
        ]

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let command = String(buffer: unwrapInboundIn(data)).prefix { $0 != " " && $0 != "\n" }
            guard let reply = Self.replies[String(command)] else { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply)), promise: nil)
        }
    }
}
