import Glibc
import GRDB

/// Why something could not be kept on this machine.
public enum CacheFailure: Error, Hashable, Sendable {
    /// Nothing may be written there.
    case notPermitted
    case diskFull
    /// Something else that the disk did not do.
    case disk(path: String, SystemError)
    /// What SQLite says, in its words.
    case database(String)
}

extension CacheFailure {
    init(_ error: any Error) {
        switch error {
        case let error as CacheFailure: self = error
        case let error as PrivateFiles.Failure:
            switch error.code {
            case EACCES, EPERM, EROFS: self = .notPermitted
            case ENOSPC, EDQUOT: self = .diskFull
            default: self = .disk(path: error.path, SystemError(code: error.code))
            }
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_FULL: self = .diskFull
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: self = .notPermitted
            default: self = .database(error.message ?? error.resultCode.description)
            }
        default: self = .database(String(describing: error))
        }
    }
}
