public import ChatProtocol
import Glibc
import NIOCore
import NIOPosix

/// Why a connection is no more, or never came to be.
public enum ConnectionEnd: Error, Hashable, Sendable {
    /// The machine is there, and nobody listens at that port.
    case nobodyListens
    /// The name leads to no machine, or names cannot be looked up.
    case hostNotFound
    /// No way leads there: this machine's network is down, or the other's.
    case unreachable
    /// Nothing came back in time.
    case noAnswer
    /// The line broke.
    case lost
    /// The server closed the connection without a word.
    case closed
    /// The server said that it would be gone for a moment.
    case restarting
    case otherVersion(Int64)
    /// What came is not this protocol.
    case unintelligible
    /// The server said why.
    case refused(ProtocolError)
    case system(SystemError)
}

extension ConnectionEnd {
    /// Of what was thrown while connecting, reading or writing.
    init(_ error: any Error) {
        switch error {
        case let error as IOError: self.init(SystemError(code: error.errnoCode))
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self.init(first.error)
            } else {
                self = .hostNotFound
            }
        case ChannelError.connectTimeout: self = .noAnswer
        case is ChannelError: self = .lost
        case is JSONError: self = .unintelligible
        default: self = .lost
        }
    }

    private init(_ error: SystemError) {
        switch error.code {
        case ECONNREFUSED: self = .nobodyListens
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: self = .unreachable
        case ETIMEDOUT: self = .noAnswer
        case ECONNRESET, EPIPE, ECONNABORTED, ENETRESET, EBADF: self = .lost
        default: self = .system(error)
        }
    }
}
