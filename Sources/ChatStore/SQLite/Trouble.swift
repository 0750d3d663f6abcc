public import ChatProtocol
import GRDB
import GRDBSQLite
import Glibc

/// What a failed transaction means.
enum Trouble: Error {
    /// Nothing of it is stored, and the store goes on.
    case diskFull
    /// The disk failed: what is durable is not known.
    case disk(String)
    /// Something about one change.
    case one

    /// - Parameter db: where it failed just now.
    init(_ error: any Error, _ db: Database) {
        guard let error = error as? DatabaseError else {
            self = .one
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE && Self.isWithoutRoom(db): self = .diskFull
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PROTOCOL:
            self = .disk(error.message ?? "The disk failed.")
        default: self = .one
        }
    }

    /// A quota, or a limit on the size of files, is reached: to SQLite that is a failure like any other.
    private static func isWithoutRoom(_ db: Database) -> Bool {
        let reasons = [SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER].compactMap { lastError(of: $0, db) }
        return !reasons.isEmpty && reasons.allSatisfy([EDQUOT, EFBIG, ENOSPC].contains)
    }

    /// What the system said when it last refused something with the database, or with its log; nil if it never did.
    /// `sqlite3_system_errno` does not know it of a commit.
    private static func lastError(of which: CInt, _ db: Database) -> CInt? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        var error: CInt = 0
        guard sqlite3_file_control(db.sqliteConnection, nil, which, &file) == SQLITE_OK, let file,
            file.pointee.pMethods?.pointee.xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK
        else { return nil }
        return error == 0 ? nil : error
    }
}

extension ProtocolError {
    /// There is no room on the disk. Unlike any other `internal` it is certain: nothing was stored.
    public static var diskFull: ProtocolError {
        ProtocolError(.internal, "The server's disk is full: nothing was stored. Try again later.")
    }
}
