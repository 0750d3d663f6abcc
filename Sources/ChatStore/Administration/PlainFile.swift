import Glibc

/// An open file, read or written from front to back, and closed when it is no longer used. Follows no links.
final class PlainFile {
    let path: String
    private let descriptor: CInt

    init(reading path: String) throws { (self.path, descriptor) = (path, try Self.open(path, O_RDONLY)) }

    /// For its owner alone. There must be none yet.
    init(creating path: String) throws { (self.path, descriptor) = (path, try Self.open(path, O_WRONLY | O_CREAT | O_EXCL)) }

    private static func open(_ path: String, _ flags: CInt) throws -> CInt {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AdministrationError(path, errno) }
        return descriptor
    }

    deinit { close(descriptor) }

    /// Nil for what is not an ordinary file.
    func size() throws -> Int64? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw AdministrationError(path, errno) }
        return status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil
    }

    /// Fills the buffer; less only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < buffer.count {
            let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AdministrationError(path, errno) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AdministrationError(path, count < 0 ? errno : ENOSPC) }
            done += count
        }
    }

    func sync() throws { if fsync(descriptor) != 0 { throw AdministrationError(path, errno) } }

    /// Calls `body` with one stretch after the other of what is left.
    func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try Self.withBuffer { buffer in
            while true {
                let count = try read(into: buffer)
                if count > 0 { try body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
                if count < buffer.count { return }
            }
        }
    }

    /// A megabyte to read into.
    static func withBuffer<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        return try body(buffer)
    }

    /// Makes durable what was made, renamed or removed in a folder.
    static func syncFolder(_ path: String) throws { try PlainFile(reading: path).sync() }
}
