import ChatProtocol
import Crypto
import Foundation
import NIOCore

/// Files from the first of a crowd to the second, in chunks of 1 MiB.
struct FileTransfer {
    let crowd: Crowd
    /// MiB of each file.
    let size: Int

    /// - Parameter number: of the file: each has a content of its own, which the server cannot know already.
    /// - Returns: the file's id.
    func upload(_ number: Int) async throws -> String {
        let chunk = ByteBuffer(repeating: UInt8(truncatingIfNeeded: number), count: Limits.attached)
        var hash = SHA256()
        for _ in 0..<size { hash.update(data: Data(chunk.readableBytesView)) }
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
            let answer = try await crowd.loop.flatSubmit { member.value.ask(head, attached: chunk) }.get()
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
