import Foundation
import Glibc

/// Holds a data folder for one server: two writers would each believe in their own order of things.
final class DirectoryLock: Sendable {
    private let descriptor: CInt

    /// Creates the folder, for its owner alone, if there is none.
    init(_ directory: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreOpenError("The data folder \(directory) cannot be made: \(error.localizedDescription)")
        }
        let path = directory + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreOpenError("The data folder \(directory) cannot be written: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw StoreOpenError("Another server is using the data folder \(directory). Stop it first, or name another folder.")
        }
    }

    /// A process that this one is about to start may hold the descriptor, too, until it is another program.
    deinit {
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
