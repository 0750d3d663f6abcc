import ChatProtocol
import Crypto
import Foundation
import NIOCore

/// Files from the first of a crowd to the second, in chunks of 1 MiB.
struct FileTransfer {
    let crowd: Crowd
    /// MiB of each file.
    let size: Int
    /// What all files begin with, in every chunk but the last; hashed beforehand, so that the server's work is measured
    /// and not that of its guest on the same machine.
    private let chunk = ByteBuffer(repeating: UInt8(ascii: "o"), count: Limits.attached)
    private let beginning: SHA256

    init(crowd: Crowd, size: Int) {
        self.crowd = crowd
        self.size = size
        var hash = SHA256()
        for _ in 1..<max(1, size) { hash.update(data: Data(chunk.readableBytesView)) }
        beginning = hash
    }

    /// - Parameter number: of the file: each has a content of its own, which the server cannot know already.
    /// - Returns: the file's id.
    func upload(_ number: Int) async throws -> String {
        let last = ByteBuffer(repeating: UInt8(truncatingIfNeeded: number), count: Limits.attached)
        var hash = beginning
        hash.update(data: Data(last.readableBytesView))
        guard let sha256 = ContentHash(digest: Array(hash.finalize())) else { throw BenchFailure("No hash.") }
        let member = crowd.members[0]
        let begun = try await crowd.ask(
            member,
            "file_begin conversation=@\(crowd.names[1])&filename=besar&size=\(size << 20)&sha256=\(sha256)&nonce=f\(number)")
        guard let upload = begun["upload"] as? String else { throw BenchFailure("file_begin: \(begun)") }
        // What the server has had before it does not want again.
        let held = (begun["offset"] as? Int ?? 0) >> 20
        for part in held..<size {
            let head = "file_append upload=\(upload)&offset=\(part << 20)&attached=\(Limits.attached)"
            let bytes = part == size - 1 ? last : chunk
            let answer = try await crowd.loop.flatSubmit { member.value.ask(head, attached: bytes) }.get()
            guard String(buffer: answer).contains("\"OK\"") else { throw BenchFailure(String(buffer: answer)) }
        }
        let finished = try await crowd.ask(member, "file_finish upload=\(upload)&nonce=f\(number)")
        guard let file = (finished["file"] as? [String: Any])?["id"] as? String else {
            throw BenchFailure("file_finish: \(finished)")
        }
        return file
    }

    func download(_ file: String) async throws {
        let reader = crowd.members[1]
        for part in 0..<size {
            let request = "file_read file=\(file)&offset=\(part << 20)&length=\(Limits.attached)"
            let count = try await crowd.loop.flatSubmit { reader.value.askForBytes(request) }.get()
            guard count == Limits.attached else { throw BenchFailure("A part of \(count) bytes.") }
        }
    }

    /// - Returns: megabytes a second.
    func speed(of work: () async throws -> Void) async throws -> Double {
        let start = Date()
        try await work()
        return Double(size << 20) / Date().timeIntervalSince(start) / 1e6
    }
}
