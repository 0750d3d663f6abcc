import Glibc
import NIOCore
import NIOPosix

/// Opens connections to one server, and knows which attempts have not come to an end.
///
/// Lives on its event loop. Looking up a name cannot be broken off and ends on the loop, so that the loop must live as
/// long: `whenIdle` says when it need not any more.
final class Dialer {
    let loop: any EventLoop
    private let server: ServerAddress
    /// How long a server may owe an answer and say nothing.
    let patience: TimeAmount
    private var attempts = 0
    private var idle: (() -> Void)?

    init(server: ServerAddress, loop: any EventLoop, patience: TimeAmount = .seconds(60)) {
        self.server = server
        self.loop = loop
        self.patience = patience
    }

    var isIdle: Bool { attempts == 0 }

    /// Calls back once, when no attempt is left.
    func whenIdle(_ work: @escaping () -> Void) {
        if isIdle { work() } else { idle = work }
    }

    /// Connects; the answer comes on the loop.
    func dial(then answer: @escaping (Result<ServerConnection, ConnectionEnd>) -> Void) {
        attempts += 1
        let opening = bootstrap.connect(host: server.host, port: server.port)
        opening.hop(to: loop).assumeIsolated().whenComplete { [self] result in
            attempts -= 1
            answer(Self.connection(of: result))
            if isIdle, let work = idle {
                idle = nil
                work()
            }
        }
    }

    private static func connection(of result: Result<any Channel, any Error>) -> Result<ServerConnection, ConnectionEnd> {
        do {
            let channel = try result.get()
            return .success(try channel.pipeline.syncOperations.handler(type: ServerConnection.self))
        } catch {
            return .failure(ConnectionEnd(error))
        }
    }

    private var bootstrap: ClientBootstrap {
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A dead line is found by the kernel, not by ticking: silent for 60 s it asks, and 30 s without an answer
            // to anything end the connection.
            .channelOption(Self.tcp(TCP_KEEPIDLE), value: 60)
            .channelOption(Self.tcp(TCP_KEEPINTVL), value: 10)
            .channelOption(Self.tcp(TCP_KEEPCNT), value: 3)
            .channelOption(Self.tcp(TCP_USER_TIMEOUT), value: 30_000)
            .channelInitializer { [patience] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ServerConnection(channel, patience: patience))
                }
            }
    }

    private static func tcp(_ option: Int32) -> ChannelOptions.Types.SocketOption {
        ChannelOptions.Types.SocketOption(level: .tcp, name: NIOBSDSocket.Option(rawValue: option))
    }
}
