public import ChatProtocol
import CSys
import Crypto
import Glibc
public import NIOCore
import Synchronization

/// The contents of files, on disk under random names. What a file is called, and who may read it, the store knows.
///
/// Every method blocks: not for event loops. All throw `ProtocolError`: `internal` for a full or failing disk.
public final class FileStorage: Sendable {
    private let files: String
    private let uploads: String
    /// Uploads that somebody is writing to right now.
    private let busy = Mutex<Set<FileID>>([])

    /// - Parameter directory: the data folder; two folders are made in it.
    public init(directory: String) throws {
        files = directory + "/files"
        uploads = directory + "/uploads"
        for folder in [files, uploads] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw StoreOpenError("The folder \(folder) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        do throws(ProtocolError) { try Self.syncNames(in: directory) } catch { throw StoreOpenError(error.detail) }
    }

    private func path(content: FileID) -> String { files + "/" + content.text }
    private func path(upload: FileID) -> String { uploads + "/" + upload.text }

    // MARK: Whole files

    /// Stores content that came whole; durable on return.
    public func store(_ bytes: ByteBuffer) throws(ProtocolError) -> (content: FileID, sha256: ContentHash) {
        let id = FileID.random()
        let target = path(upload: id)
        do throws(ProtocolError) {
            let file = try OpenFile(target, O_WRONLY | O_CREAT | O_EXCL)
            try file.write(bytes, at: 0)
            try file.sync()
        } catch {
            unlink(target)
            throw error
        }
        try publish(id)
        var hash = SHA256()
        bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        guard let sha256 = ContentHash(digest: Array(hash.finalize())) else { throw ProtocolError.storage("hash") }
        return (id, sha256)
    }

    /// From among the uploads to the files, for ever.
    private func publish(_ id: FileID) throws(ProtocolError) {
        guard rename(path(upload: id), path(content: id)) == 0 else { throw ProtocolError.storage(errno) }
        do throws(ProtocolError) { try Self.syncNames(in: files) } catch {
            _ = rename(path(content: id), path(upload: id))
            throw error
        }
    }

    /// Makes new names in a folder durable.
    private static func syncNames(in folder: String) throws(ProtocolError) {
        try OpenFile(folder, O_RDONLY | O_DIRECTORY).sync()
    }

    // MARK: Uploads

    /// Bytes of the upload that are here: where to go on. One that was finished and never announced is here in full.
    public func length(upload: FileID) -> Int64 { Self.size(path(content: upload)) ?? Self.size(path(upload: upload)) ?? 0 }

    private static func size(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Adds a chunk. Not durable before `finish`.
    /// - Returns: the new length.
    /// - Throws: `conflict` with the right offset; `busy` while another connection writes to it; `too-large`. If the disk
    ///   failed, it starts over.
    public func append(_ bytes: ByteBuffer, to upload: FileID, at offset: Int64, size: Int64) throws(ProtocolError) -> Int64 {
        try claim(upload)
        defer { release(upload) }
        let length = length(upload: upload)
        guard offset == length else {
            throw ProtocolError(.conflict, "The upload holds \(length) bytes: go on there.", offset: length)
        }
        let (end, overflow) = offset.addingReportingOverflow(Int64(bytes.readableBytes))
        guard !overflow, end <= size else {
            throw ProtocolError(.tooLarge, "The upload was announced with \(size) bytes.", offset: length)
        }
        let file = try OpenFile(path(upload: upload), O_WRONLY | O_CREAT)
        do throws(ProtocolError) { try file.write(bytes, at: offset) } catch {
            file.truncate(to: offset)
            throw error
        }
        do throws(ProtocolError) { try file.writeOut(bytes.readableBytes, at: offset) } catch { throw startOver(upload, error) }
        return end
    }

    /// Verifies a whole upload and makes it durable under its own name.
    /// - Throws: `conflict` if it is not complete, or not what was announced; then it starts over.
    public func finish(upload: FileID, size: Int64, sha256: ContentHash) throws(ProtocolError) -> FileID {
        try claim(upload)
        defer { release(upload) }
        if access(path(content: upload), F_OK) == 0 {
            // Whoever named it so may have been killed before the name was durable.
            try Self.syncNames(in: files)
            unlink(path(upload: upload))
            return upload
        }
        let length = length(upload: upload)
        guard length == size else {
            throw ProtocolError(.conflict, "The upload holds \(length) of \(size) bytes: go on there.", offset: length)
        }
        let file = try OpenFile(path(upload: upload), O_RDONLY | (size == 0 ? O_CREAT : 0))
        guard try file.sha256() == sha256 else {
            unlink(path(upload: upload))
            throw ProtocolError(.conflict, "What arrived is not what was announced: send it again.", offset: 0)
        }
        do throws(ProtocolError) { try file.sync() } catch { throw startOver(upload, error) }
        try publish(upload)
        return upload
    }

    /// What could not be written the kernel may forget, and then call the next sync a success.
    private func startOver(_ upload: FileID, _ error: ProtocolError) -> ProtocolError {
        unlink(path(upload: upload))
        return error
    }

    private func claim(_ upload: FileID) throws(ProtocolError) {
        guard busy.withLock({ $0.insert(upload).inserted }) else {
            throw ProtocolError(.busy, "Another connection is writing to this upload.", retryAfter: 1)
        }
    }

    private func release(_ upload: FileID) { _ = busy.withLock { $0.remove(upload) } }

    // MARK: Reading

    /// At most `length` bytes; fewer at the end of the file.
    public func read(_ content: FileID, offset: Int64, length: Int) throws(ProtocolError) -> ByteBuffer {
        try OpenFile(path(content: content), O_RDONLY).read(at: offset, length: length)
    }

    // MARK: Removing

    /// Removes content that was stored and then not shared.
    public func discard(_ content: FileID) { unlink(path(content: content)) }

    /// Removes what there is of an upload that the store has forgotten.
    public func discard(upload: FileID) {
        unlink(path(upload: upload))
        unlink(path(content: upload))
    }

    /// Removes uploads to which nothing was added since then: whoever goes on with one after all starts over.
    /// - Throws: `AdministrationError` if the folder cannot be read.
    public func discardUploads(untouchedSince time: Timestamp) throws {
        for upload in try FolderListing.names(in: uploads).compactMap({ try? FileID($0) }) {
            do throws(ProtocolError) { try claim(upload) } catch { continue }
            defer { release(upload) }
            let path = path(upload: upload)
            var status = stat()
            if stat(path, &status) == 0, Int64(status.st_mtim.tv_sec) * 1000 < time.milliseconds { unlink(path) }
        }
    }
}

/// An open file, closed when it is no longer used. Follows no links.
private final class OpenFile {
    private let descriptor: CInt

    init(_ path: String, _ flags: CInt) throws(ProtocolError) {
        descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor < 0 { throw ProtocolError.storage(errno) }
    }

    deinit { close(descriptor) }

    /// Bytes that are handed to the system at once: while it copies them, many a kernel lets nobody else have the processor.
    /// A write of 1 MiB was measured to take 3 to 6 ms.
    private static let piece = 64 << 10

    func write(_ bytes: ByteBuffer, at offset: Int64) throws(ProtocolError) {
        let failure: CInt = bytes.withUnsafeReadableBytes { source in
            var done = 0
            while done < source.count {
                let piece = min(source.count - done, Self.piece)
                let written = pwrite(descriptor, source.baseAddress?.advanced(by: done), piece, off_t(offset) + done)
                if written < 0 && errno == EINTR { continue }
                if written <= 0 { return written < 0 ? errno : ENOSPC }
                done += written
            }
            return 0
        }
        if failure != 0 { throw ProtocolError.storage(failure) }
    }

    func read(at offset: Int64, length: Int) throws(ProtocolError) -> ByteBuffer {
        var buffer = ByteBuffer()
        var failure: CInt = 0
        while buffer.readableBytes < length && failure == 0 {
            let done = buffer.readableBytes
            let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length - done) { target in
                var count: Int
                repeat {
                    count = pread(descriptor, target.baseAddress, min(length - done, Self.piece), off_t(offset) + done)
                } while count < 0 && errno == EINTR
                if count < 0 { failure = errno }
                return max(0, count)
            }
            if count == 0 { break }
        }
        if failure != 0 { throw ProtocolError.storage(failure) }
        return buffer
    }

    func sha256() throws(ProtocolError) -> ContentHash? {
        var hash = SHA256()
        var offset: Int64 = 0
        while true {
            let chunk = try read(at: offset, length: 1 << 20)
            if chunk.readableBytes == 0 { return ContentHash(digest: Array(hash.finalize())) }
            chunk.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
            offset += Int64(chunk.readableBytes)
        }
    }

    func sync() throws(ProtocolError) {
        if fsync(descriptor) != 0 { throw ProtocolError.storage(errno) }
    }

    /// Takes what was written to the disk at the disk's pace. Else a sync at the end has everything to write, and all
    /// commits wait as long.
    func writeOut(_ count: Int, at offset: Int64) throws(ProtocolError) {
        guard csys_write_out(descriptor, offset, Int64(count), Self.onItsWay) != 0 else { return }
        // Some file systems do not know how; the sync at the end does it all.
        if errno != EINVAL && errno != ENOSYS && errno != ESPIPE { throw ProtocolError.storage(errno) }
    }

    /// Bytes of an upload that are on their way to the disk at once.
    private static let onItsWay: Int64 = 4 << 20

    func truncate(to length: Int64) { _ = ftruncate(descriptor, off_t(length)) }
}

extension ProtocolError {
    fileprivate static func storage(_ code: CInt) -> ProtocolError {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: .diskFull
        case ENOENT: ProtocolError(.noSuchFile, "The content of this file is gone.")
        default: storage(String(cString: strerror(code)))
        }
    }

    fileprivate static func storage(_ reason: String) -> ProtocolError {
        ProtocolError(.internal, "The server could not store or read the file: \(reason).")
    }
}
