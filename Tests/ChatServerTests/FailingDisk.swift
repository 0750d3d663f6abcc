import ChatTesting
import Foundation
import Glibc

/// A data folder on a disk that fails on command, and a witness of what was synced: see `failing_disk.c`.
final class FailingDisk {
    /// Places in the page that is shared with the server's process, as `struct control` has them.
    private enum Field: Int {
        case full, failSyncs, cutAfter, seed, keepPercent, blind
        case earlyReplies, replies, undone, refusedWrites, failedSyncs, failedWriteOuts
    }

    /// The page, and a bit for each message.
    private static let length = 4096 + (1 << 20) / 8

    let folder: String
    private let base: String
    private let page: UnsafeMutableRawPointer

    /// Builds the disk into a temporary folder.
    init() throws {
        base = try TemporaryFolder.make("obrol-disk")
        folder = base + "/data"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = open(base + "/control", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, Self.length) == 0,
            let page = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), page != MAP_FAILED
        else { throw TestFailure("The disk's controls: \(String(cString: strerror(errno)))") }
        close(descriptor)
        self.page = page
        try build()
    }

    deinit {
        munmap(page, Self.length)
        try? FileManager.default.removeItem(atPath: base)
    }

    private func build() throws {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("failing_disk.c")
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-pthread", "-o", base + "/disk.so", source.path]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw TestFailure("failing_disk.c does not compile.") }
    }

    /// A server on this disk.
    func serve(log: String? = nil) throws -> ServerProcess {
        for field in [Field.full, .failSyncs, .cutAfter] { self[field] = 0 }
        return try ServerProcess(
            dataDirectory: folder, log: log,
            environment: [
                "LD_PRELOAD": base + "/disk.so", "FAILING_DISK_CONTROL": base + "/control", "FAILING_DISK_FOLDER": folder,
            ])
    }

    private subscript(field: Field) -> Int32 {
        get { page.load(fromByteOffset: field.rawValue * 4, as: Int32.self) }
        set { page.storeBytes(of: newValue, toByteOffset: field.rawValue * 4, as: Int32.self) }
    }

    // MARK: Commands

    /// No file can grow any more.
    var isFull: Bool {
        get { self[.full] != 0 }
        set { self[.full] = newValue ? fullness.rawValue : 0 }
    }

    /// What a file that cannot grow is answered with.
    var fullness = POSIXError.Code.ENOSPC

    /// Every sync is answered with an error.
    var failsSyncs: Bool {
        get { self[.failSyncs] != 0 }
        set { self[.failSyncs] = newValue ? 1 : 0 }
    }

    /// The witness takes no sync for one: every acknowledgement must then look early to it.
    var isBlind: Bool {
        get { self[.blind] != 0 }
        set { self[.blind] = newValue ? 1 : 0 }
    }

    /// Kills the server, and what was not synced, before or after a write, sync or rename soon.
    /// - Parameters:
    ///   - operations: how many of these still go well.
    ///   - percent: of what was not synced, how much survives, torn at sectors.
    func cutPower(after operations: Int, keeping percent: Int, seed: UInt64) {
        self[.seed] = Int32(truncatingIfNeeded: seed)
        self[.keepPercent] = Int32(percent)
        self[.cutAfter] = Int32(operations)
    }

    // MARK: What it saw

    /// Acknowledgements of messages that left the server.
    var replies: Int { Int(self[.replies]) }
    /// Those of them whose message had not been synced.
    var earlyReplies: Int { Int(self[.earlyReplies]) }
    /// Unsynced writes and names that were lost.
    var undone: Int { Int(self[.undone]) }
    var refusedWrites: Int { Int(self[.refusedWrites]) }
    var failedSyncs: Int { Int(self[.failedSyncs]) }
    /// Of parts of a file, before it was synced as a whole.
    var failedWriteOuts: Int { Int(self[.failedWriteOuts]) }
}
