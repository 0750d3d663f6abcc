import Glibc

/// Keeps other users of the machine from reading a database, whatever its folder allows.
enum OwnerOnly {
    /// Makes the database if there is none, and takes from others what they may do with one that is there.
    ///
    /// The folder is left as it is: an administrator may let others look into it, and what matters in it lies closed.
    /// - Throws: `StoreOpenError`.
    static func prepare(database path: String) throws {
        // SQLite gives its log and its index of it the mode that the database has.
        let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreOpenError("The database \(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        for path in [path, path + "-wal", path + "-shm"] { try takeFromOthers(path) }
    }

    private static func takeFromOthers(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
        guard chmod(path, status.st_mode & 0o700) == 0 else {
            throw StoreOpenError(
                """
                Other users of this machine may read \(path), and that cannot be changed: \(String(cString: strerror(errno))). \
                Run the server as the owner of its data.
                """)
        }
    }
}
