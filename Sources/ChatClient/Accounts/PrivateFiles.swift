import Glibc

/// Files that only their owner may read.
package enum PrivateFiles {
    /// A system call that failed, in its own words.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        package let path: String
        package let code: Int32

        init(_ path: String, code: Int32 = errno) {
            self.path = path
            self.code = code
        }

        package var description: String { "\(path): \(String(cString: strerror(code)))" }
    }

    /// Creates the folder and what is missing above it; those it creates are for their owner alone.
    package static func makeFolder(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw Failure(path) }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Failure(path) }
    }

    /// Creates an empty file if there is none.
    static func touch(_ path: String) throws(Failure) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(path) }
        close(descriptor)
    }

    /// Puts a file there whole or not at all, over the one before.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(draft) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = Failure(draft)
                close(descriptor)
                throw failure
            }
            written += count
        }
        let synced = fsync(descriptor)
        close(descriptor)
        guard synced == 0, rename(draft, path) == 0 else { throw Failure(path) }
    }

    /// The content of a small file; nil if it cannot be read or is larger than `limit` bytes.
    static func read(_ path: String, limit: Int = 64 * 1024) -> [UInt8]? { try? content(path, limit: limit) }

    /// The content of a small file; nil if there is none.
    /// - Throws: why it cannot be read, also if it is larger than `limit` bytes: it is not to be replaced then.
    package static func content(_ path: String, limit: Int = 64 * 1024) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw Failure(path) }
            return nil
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while content.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path) }
            if count == 0 { return content }
            content += chunk[..<count]
        }
        throw Failure(path, code: EFBIG)
    }

    /// The names in a folder; empty if there is none.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// An exclusive lock that lasts as long as this object, and no longer than the process.
///
/// It lies beside the database, not on it: closing any descriptor of a database file drops SQLite's own locks.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Nil if somebody else has it.
    init?(_ path: String) throws(PrivateFiles.Failure) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw PrivateFiles.Failure(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = PrivateFiles.Failure(path)
            close(descriptor)
            if failure.code == EWOULDBLOCK { return nil }
            throw failure
        }
        self.descriptor = descriptor
    }

    /// A process that this one is about to start may hold the descriptor, too, until it is another program.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
