import ArgumentParser
import ChatProtocol
import Crypto
import Foundation
import NIOCore

/// A large file up and down.
struct FileMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "file", abstract: "A file up and down, in chunks of 1 MiB.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Size in MiB.") var size = 512

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(2)
        let chunk = ByteBuffer(repeating: UInt8(ascii: "f"), count: Limits.attached)
        var hash = SHA256()
        for _ in 0..<size { hash.update(data: Data(chunk.readableBytesView)) }
        guard let sha256 = ContentHash(digest: Array(hash.finalize())) else { throw BenchFailure("No hash.") }

        let up = Date()
        let begun = try await crowd.ask(
            crowd.members[0], "file_begin conversation=@user1&filename=besar&size=\(size << 20)&sha256=\(sha256)&nonce=f")
        guard let upload = begun["upload"] as? String else { throw BenchFailure("file_begin: \(begun)") }
        let member = crowd.members[0]
        for number in 0..<size {
            let head = "file_append upload=\(upload)&offset=\(number << 20)&attached=\(Limits.attached)"
            let answer = try await crowd.loop.flatSubmit { member.value.ask(head, attached: chunk) }.get()
            guard String(buffer: answer).contains("\"OK\"") else { throw BenchFailure(String(buffer: answer)) }
        }
        let finished = try await crowd.ask(member, "file_finish upload=\(upload)&nonce=f")
        let upSeconds = Date().timeIntervalSince(up)
        guard let file = (finished["file"] as? [String: Any])?["id"] as? String else {
            throw BenchFailure("file_finish: \(finished)")
        }

        let down = Date()
        let reader = crowd.members[1]
        for number in 0..<size {
            let request = "file_read file=\(file)&offset=\(number << 20)&length=\(Limits.attached)"
            let count = try await crowd.loop.flatSubmit { reader.value.askForBytes(request) }.get()
            guard count == Limits.attached else { throw BenchFailure("A part of \(count) bytes.") }
        }
        let downSeconds = Date().timeIntervalSince(down)
        var report = Report("file")
        report.add("up_megabytes_per_second", Double(size << 20) / upSeconds / 1e6)
        report.add("down_megabytes_per_second", Double(size << 20) / downSeconds / 1e6)
        try report.write()
        try server.stop()
    }
}
