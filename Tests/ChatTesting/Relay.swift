import NIOCore
import NIOPosix
import Synchronization

/// A line between client and server that counts what passes and can be held up at a chosen point.
public final class Relay: Sendable {
    public enum Direction: Hashable, Sendable { case up, down }

    private struct Flow {
        var bytes: [Direction: Int] = [.up: 0, .down: 0]
        var limits: [Direction: Int] = [:]
    }

    public let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    private let flow: FlowBox

    private final class FlowBox: Sendable {
        let content = Mutex(Flow())

        /// Counts, and says whether it may pass.
        func take(_ count: Int, _ direction: Direction) -> Bool {
            content.withLock { flow in
                guard flow.bytes[direction, default: 0] < flow.limits[direction] ?? .max else { return false }
                flow.bytes[direction, default: 0] += count
                return true
            }
        }
    }

    /// - Parameter target: the server's port.
    public init(to target: Int) async throws {
        let (group, flow) = (group, FlowBox())
        self.flow = flow
        listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop).connect(host: "127.0.0.1", port: target).flatMapThrowing { server in
                    try client.pipeline.syncOperations.addHandler(Passer(to: server) { flow.take($0, .up) })
                    try server.pipeline.syncOperations.addHandler(Passer(to: client) { flow.take($0, .down) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    public func bytes(_ direction: Direction) -> Int { flow.content.withLock { $0.bytes[direction, default: 0] } }

    /// From now on so many bytes pass in this direction, and what follows is lost on the way.
    public func hold(_ direction: Direction, after bytes: Int) {
        flow.content.withLock { $0.limits[direction] = $0.bytes[direction, default: 0] + bytes }
    }

    public func isHolding(_ direction: Direction) -> Bool {
        flow.content.withLock { $0.bytes[direction, default: 0] >= $0.limits[direction] ?? .max }
    }

    /// Everything passes, and counts from nothing.
    public func release() { flow.content.withLock { $0 = Flow() } }

    public func close() async throws {
        try await listener.close()
        try await group.shutdownGracefully()
    }
}

private final class Passer: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let mayPass: @Sendable (Int) -> Bool

    init(to other: any Channel, mayPass: @escaping @Sendable (Int) -> Bool) {
        self.other = other
        self.mayPass = mayPass
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if mayPass(bytes.readableBytes) { other.writeAndFlush(bytes, promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
