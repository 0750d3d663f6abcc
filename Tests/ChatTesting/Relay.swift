public import NIOCore
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
        let open = Mutex<[ObjectIdentifier: any Channel]>([:])

        func add(_ client: any Channel) {
            let id = ObjectIdentifier(client)
            open.withLock { $0[id] = client }
            client.closeFuture.whenComplete { [self] _ in open.withLock { $0[id] = nil } }
        }

        /// Counts, and says whether it may pass.
        func take(_ count: Int, _ direction: Direction) -> Bool {
            content.withLock { flow in
                guard flow.bytes[direction, default: 0] < flow.limits[direction] ?? .max else { return false }
                flow.bytes[direction, default: 0] += count
                return true
            }
        }
    }

    /// - Parameters:
    ///   - target: the server's port.
    ///   - piece: bytes that pass at once, each piece a segment of its own.
    ///   - interval: what a piece waits after the one before.
    public init(to target: Int, piece: Int = .max, interval: TimeAmount = .zero) async throws {
        let (group, flow) = (group, FlowBox())
        self.flow = flow
        let pace = Pace(piece: piece, interval: interval)
        listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { client in
                flow.add(client)
                return ClientBootstrap(group: client.eventLoop).channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .connect(host: "127.0.0.1", port: target).flatMapThrowing { server in
                        try client.pipeline.syncOperations.addHandler(Passer(to: server, pace) { flow.take($0, .up) })
                        try server.pipeline.syncOperations.addHandler(Passer(to: client, pace) { flow.take($0, .down) })
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

    /// Ends every connection that there is; new ones may come.
    public func cut() {
        for channel in flow.open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }

    /// Everything passes, and counts from nothing.
    public func release() { flow.content.withLock { $0 = Flow() } }

    public func close() async throws {
        try await listener.close()
        try await group.shutdownGracefully()
    }
}

private struct Pace {
    let piece: Int
    let interval: TimeAmount
}

private final class Passer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let pace: Pace
    private let mayPass: @Sendable (Int) -> Bool
    /// When the last piece so far passes.
    private var last = NIODeadline.now()
    /// The line was given up: what is on its way is lost.
    private var isReset = false

    init(to other: any Channel, _ pace: Pace, mayPass: @escaping @Sendable (Int) -> Bool) {
        self.other = other
        self.pace = pace
        self.mayPass = mayPass
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard mayPass(bytes.readableBytes) else { return }
        while let piece = bytes.readSlice(length: min(pace.piece, bytes.readableBytes)), piece.readableBytes > 0 {
            inTurn(context) { [self] in if !isReset { $0.writeAndFlush(piece, promise: nil) } }
        }
    }

    func channelInactive(context: ChannelHandlerContext) { inTurn(context) { $0.close(promise: nil) } }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isReset = true
        context.close(promise: nil)
    }

    private func inTurn(_ context: ChannelHandlerContext, _ action: @escaping (any Channel) -> Void) {
        let other = other
        guard pace.interval > .zero else { return action(other) }
        last = max(last, .now()) + pace.interval
        context.eventLoop.assumeIsolated().scheduleTask(deadline: last) { action(other) }
    }
}
