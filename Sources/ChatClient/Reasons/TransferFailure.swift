public import ChatProtocol
import Glibc

/// Why a transfer ended before its end. Paths are of this machine.
public enum TransferFailure: Error, Hashable, Sendable {
    /// Nothing is there, or not any more.
    case noSuchFile(path: String)
    /// A folder, a pipe, a device.
    case notAFile(path: String)
    /// Its name cannot be told to the server.
    case unsuitableName(path: String)
    /// Larger than `limit` bytes.
    case tooLarge(path: String, limit: Int64)
    /// It may not be read, or nothing may be written there.
    case notPermitted(path: String)
    case diskFull(path: String)
    /// Something else that the disk did not do.
    case disk(path: String, SystemError)
    /// The file was changed since it was to be sent.
    case changed(path: String)
    /// What arrived is not what was sent: its SHA-256 is another.
    case damaged
    /// No file of that name was shared there.
    case noFileOfThatName
    /// The server does not have it any more, or does not show it to this reader.
    case goneFromServer
    case notConnected
    /// What the server said is not this protocol.
    case unintelligible
    case refused(ProtocolError)
}

extension TransferFailure {
    init(path: String, _ error: SystemError) {
        switch error.code {
        case ENOENT, ENOTDIR, ELOOP: self = .noSuchFile(path: path)
        case EISDIR: self = .notAFile(path: path)
        case EACCES, EPERM, EROFS: self = .notPermitted(path: path)
        case ENOSPC, EDQUOT: self = .diskFull(path: path)
        default: self = .disk(path: path, error)
        }
    }

    /// - Parameter path: what was worked on, where the error does not know.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as TransferFailure: self = error
        case let error as PrivateFiles.Failure: self.init(path: error.path, SystemError(code: error.code))
        case let error as SystemError: self.init(path: path, error)
        default: self = .disk(path: path, SystemError(code: EIO))
        }
    }

    init(_ error: ProtocolError) {
        self = error.code == .noSuchFile ? .goneFromServer : .refused(error)
    }
}
