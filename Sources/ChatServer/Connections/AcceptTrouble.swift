import Logging
import NIOCore

/// Says why nobody can connect, as when the system gives no more files: those who wait are tried again every second.
final class AcceptTrouble: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What was refused by ourselves has been said.
        if error is IOError { logger.warning("connection not accepted", metadata: ["error": "\(error)"]) }
    }
}
