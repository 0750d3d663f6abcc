import Foundation
import Glibc
import Synchronization

/// Holds a data folder for one server: two writers would each believe in their own order of things.
final class DirectoryLock: Sendable {
    /// None once it was let go.
    private let held: Mutex<CInt?>

    /// Creates the folder, for its owner alone, if there is none.
    init(_ directory: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreOpenError("The data folder \(directory) cannot be made: \(error.localizedDescription)")
        }
        let path = directory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreOpenError("The data folder \(directory) cannot be written: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            Glibc.close(descriptor)
            throw StoreOpenError(
                error == EWOULDBLOCK
                    ? "Another server is using the data folder \(directory). Stop it first, or name another folder."
                    : "The data folder \(directory) cannot be locked: \(String(cString: strerror(error)))")
        }
        held = Mutex(descriptor)
    }

    deinit { release() }

    /// Lets another server have the folder, however long somebody keeps hold of this.
    func release() {
        guard let descriptor = held.withLock({ $0.take() }) else { return }
        // A process that this one is about to start may hold the descriptor, too, until it is another program.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
