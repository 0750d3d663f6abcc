import ChatTesting
import Foundation
import Testing

/// The end of the log of changes, as a dying machine may leave it.
@Suite("A damaged end of the log", .serialized)
struct DamagedLogTests {
    enum Damage: CaseIterable, Sendable { case flippedBit, zeroes, cutInTheFrame, cutInItsHead, garbageBehind }

    private static let messages = 12

    @Test("costs at most the change that stood there", arguments: Damage.allCases)
    func costsTheLast(damage: Damage) throws {
        let directory = try TemporaryFolder.make("obrol-damage")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let server = try ServerProcess(dataDirectory: directory)
        let client = try WireClient(port: server.port)
        let token = try client.join(as: "alam")
        for number in 1...Self.messages { #expect(try client.ask("send destination=alam&message=m\(number)").seq == number) }
        server.kill()
        try apply(damage, to: directory + "/obrol.sqlite-wal")

        let again = try ServerProcess(dataDirectory: directory)
        let reader = try WireClient(port: again.port)
        let texts = try reader.ask("history session=\(token)&conversation=@alam&after=0&limit=500").list("entries")
            .compactMap { $0.text("msg") }
        let kept = damage == .garbageBehind ? Self.messages : Self.messages - 1
        #expect(texts == (1...kept).map { "m\($0)" })
        let next = try reader.ask("send destination=alam&message=lagi")
        #expect(next.seq == kept + 1)
        again.kill()

        let third = try ServerProcess(dataDirectory: directory)
        let last = try WireClient(port: third.port).ask("history session=\(token)&conversation=@alam&limit=1")
        #expect(last.list("entries").map { $0.text("msg") } == ["lagi"])
        #expect(third.terminate() == 0)
    }

    /// A frame is 24 bytes and a page; the newest may be followed by older ones that the log was begun anew over.
    private func apply(_ damage: Damage, to log: String) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: log)))
        let frame = 24 + 4096
        let salt = bytes[16..<24]
        let frames = stride(from: 32, to: bytes.count - frame + 1, by: frame).prefix { bytes[($0 + 8)..<($0 + 16)] == salt }
        let last = try #require(frames.last)
        switch damage {
        case .flippedBit: bytes[last + 24 + 4000] ^= 0x10
        case .zeroes: bytes.replaceSubrange(last..<(last + frame), with: repeatElement(0, count: frame))
        case .cutInTheFrame: bytes.removeSubrange((last + 1000)...)
        case .cutInItsHead: bytes.removeSubrange((last + 7)...)
        case .garbageBehind:
            bytes.replaceSubrange((last + frame)..., with: (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        }
        try Data(bytes).write(to: URL(fileURLWithPath: log))
    }
}
