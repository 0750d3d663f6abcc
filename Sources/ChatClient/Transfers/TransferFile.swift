import ChatProtocol
import Crypto
import Glibc
import NIOCore

/// Reading and writing the files of transfers. Blocks: called on a transfer's own queue.
enum TransferFile {
    /// Bytes of a chunk, at most.
    static let chunk = 256 * 1024

    /// How far a file has been read through, in bytes.
    struct Reading: Hashable, Sendable {
        let done: Int64
        let size: Int64
    }

    /// A file of this machine that is to go up. Closed with this object.
    final class Source: Sendable {
        let path: String
        let descriptor: Int32
        let label: FileLabel
        let facts: SourceFacts

        /// - Parameters:
        ///   - path: absolute.
        ///   - known: as it was when it was read through before: then it is not read again, but it must be the same.
        ///   - ticket: ends the reading.
        ///   - progress: told how much of it has been read.
        init(
            path: String, known: SourceFacts?, _ ticket: WorkTicket, progress: (Reading) -> Void
        ) throws(TransferFailure) {
            // Without O_NONBLOCK a named pipe would keep us waiting for whoever writes to it.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw TransferFailure(path: path, SystemError()) }
            do throws(TransferFailure) {
                let (size, modified) = try Source.status(descriptor, path)
                label = try Source.label(path)
                if let known {
                    guard (known.size, known.modified) == (size, modified) else { throw .changed(path: path) }
                    facts = known
                } else {
                    let hash = try Source.hash(descriptor, path, size, ticket, progress)
                    facts = SourceFacts(size: size, modified: modified, sha256: hash)
                }
            } catch {
                close(descriptor)
                throw error
            }
            self.path = path
            self.descriptor = descriptor
        }

        /// - Throws: `changed` if somebody has written to it.
        func requireUnchanged() throws(TransferFailure) {
            guard try Source.status(descriptor, path) == (facts.size, facts.modified) else { throw .changed(path: path) }
        }

        deinit { close(descriptor) }

        private static func status(
            _ descriptor: Int32, _ path: String
        ) throws(TransferFailure) -> (size: Int64, modified: Int64) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw TransferFailure(path: path, SystemError()) }
            guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
            guard status.st_size <= Limits.file else { throw .tooLarge(path: path, limit: Limits.file) }
            let time = status.st_mtim
            return (Int64(status.st_size), Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
        }

        private static func label(_ path: String) throws(TransferFailure) -> FileLabel {
            do throws(ProtocolError) {
                return try FileLabel.ofLocalFile(TransferFile.name(path))
            } catch {
                throw .unsuitableName(path: path)
            }
        }

        private static func hash(
            _ descriptor: Int32, _ path: String, _ size: Int64, _ ticket: WorkTicket, _ progress: (Reading) -> Void
        ) throws(TransferFailure) -> ContentHash {
            progress(Reading(done: 0, size: size))
            var told: Int64 = 0
            do throws(SystemError) {
                return try TransferFile.hash(descriptor, ticket) { done in
                    // Each percent is worth a word.
                    guard done - told >= size / 100 else { return }
                    told = done
                    progress(Reading(done: done, size: size))
                }
            } catch {
                throw TransferFailure(path: path, error)
            }
        }
    }

    /// A path that means the same after the program has ended.
    static func absolute(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") { return String(cString: home) + path.dropFirst() }
        guard !path.isEmpty, !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    /// What stands after the last slash. Cut at the byte: a mark at the beginning of a name would make the slash another
    /// character.
    static func name(_ path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? "" } ?? ""
    }

    /// The bytes at an offset, fewer at the end of the file.
    static func read(_ descriptor: Int32, at offset: Int64, length: Int) throws(SystemError) -> ByteBuffer {
        var buffer = ByteBuffer()
        var failure: Int32 = 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
            var count = 0
            repeat { count = pread(descriptor, bytes.baseAddress, length, off_t(offset)) } while count < 0 && errno == EINTR
            if count < 0 { failure = errno }
            return max(0, count)
        }
        guard failure == 0 else { throw SystemError(code: failure) }
        return buffer
    }

    /// Writes all bytes at an offset.
    static func write(_ bytes: ByteBuffer, to descriptor: Int32, at offset: Int64) throws(SystemError) {
        var rest = bytes
        var offset = offset
        while rest.readableBytes > 0 {
            let count = rest.withUnsafeReadableBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError() }
            rest.moveReaderIndex(forwardBy: count)
            offset += Int64(count)
        }
    }

    /// The SHA-256 of what is on disk.
    /// - Parameter progress: told after every step how many bytes have been read.
    /// - Throws: `ECANCELED` once the ticket is given up.
    static func hash(
        _ descriptor: Int32, _ ticket: WorkTicket, progress: (Int64) -> Void = { _ in }
    ) throws(SystemError) -> ContentHash {
        var hasher = SHA256()
        var offset: Int64 = 0
        while true {
            guard !ticket.isGivenUp else { throw SystemError(code: ECANCELED) }
            let bytes = try read(descriptor, at: offset, length: 1024 * 1024)
            if bytes.readableBytes == 0 { break }
            bytes.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) }
            offset += Int64(bytes.readableBytes)
            progress(offset)
        }
        guard let hash = ContentHash(digest: Array(hasher.finalize())) else { throw SystemError(code: EIO) }
        return hash
    }
}
