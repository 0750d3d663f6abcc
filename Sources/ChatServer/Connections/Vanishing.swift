import NIOCore
import NIOPosix

/// Lets the system find out in so many seconds that a client has gone without a word, as one does that lost its network:
/// silence is asked about after half of them, and nothing stays unacknowledged for longer. Without this it takes two
/// hours, or a quarter of one while something is on its way.
///
/// A client that is there and takes nothing for as long while much waits for it is gone for this, too.
///
/// - Parameter seconds: more than Linux can be told are as many as it can.
func noticingTheVanished(_ bootstrap: ServerBootstrap, within seconds: Int) -> ServerBootstrap {
    let seconds = min(max(1, seconds), 2 * longestSilence)
    return bootstrap.childChannelOption(.socketOption(.so_keepalive), value: 1)
        .childChannelOption(.tcpOption(.keepIdle), value: max(1, seconds / 2))
        .childChannelOption(.tcpOption(.keepInterval), value: max(1, seconds / 8))
        .childChannelOption(.tcpOption(.keepCount), value: 4)
        .childChannelOption(.tcpOption(.userTimeout), value: seconds * 1000)
}

/// Seconds after which Linux can be told to ask. (MAX_TCP_KEEPIDLE)
private let longestSilence = 32_767

/// Linux's numbers (tcp(7)).
extension NIOBSDSocket.Option {
    /// Seconds.
    fileprivate static let keepIdle = Self(rawValue: 4)
    /// Seconds.
    fileprivate static let keepInterval = Self(rawValue: 5)
    fileprivate static let keepCount = Self(rawValue: 6)
    /// Milliseconds.
    fileprivate static let userTimeout = Self(rawValue: 18)
}
