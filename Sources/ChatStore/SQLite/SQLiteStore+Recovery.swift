import Glibc

extension SQLiteStore {
    /// Syncs the log of changes as it was found.
    ///
    /// A server that is killed between writing and syncing leaves changes that count once the store is opened again,
    /// while a power loss could still take them back: a retry must not be told of them before.
    /// - Throws: `StoreOpenError`.
    static func syncLog(ofDatabase path: String) throws {
        let log = path + "-wal"
        let descriptor = open(log, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw StoreOpenError("The log \(log) cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreOpenError("The disk failed with \(log): \(String(cString: strerror(errno)))")
        }
    }
}
