import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// A mount that is gone, and everybody who reads from it waits for ever.
@Suite(
    "A disk that hangs", .serialized,
    .enabled(if: Namespace.isPermitted && HungDisk.isPossible, "Only root may mount a file system."))
struct HungDiskTests {
    private let name = try! ConversationName("alam")

    @Test("holds up only what is read from it: the rest goes on, and the client ends")
    func hangs() async throws {
        try await withDisk(after: 0) { disk, server, folder in
            var alam = Face(port: server.port, root: folder)
            try await alam.register("alam")
            for id in 1...6 {
                alam.perform(.upload(path: disk.path("\(id).bin"), to: name, transfer: id))
                try await disk.holds(id)
                alam.perform(.cancel(id))
                #expect(try await alam.end(of: id).state == .cancelled)
            }
            alam.perform(.upload(path: disk.path("besar.bin"), to: name, transfer: 7))
            try await disk.holds(7)
            try alam.say("halo", to: "alam")
            try await alam.wait(for: "it is sent") { if case .sent = $0 { true } else { nil } }
            #expect(try await alam.texts(of: "alam", count: 1) == ["halo"])
            try Data("isi".utf8).write(to: URL(fileURLWithPath: folder + "/kecil.txt"))
            alam.perform(.upload(path: folder + "/kecil.txt", to: name, transfer: 8))
            #expect(try await alam.end(of: 8).state == .done(path: nil))
            try await end(alam)

            alam = Face(port: server.port, root: folder)
            alam.perform(.resume(try Username("alam")))
            #expect(try await alam.anyTransfer().name == "besar.bin")
            try await disk.holds(8)
            try await end(alam)
        }
    }

    @Test("a file that is being read through is not on its way yet, and is read no further once it is cancelled")
    func cancelled() async throws {
        try await withDisk(after: 64 << 20) { disk, server, folder in
            let alam = Face(port: server.port, root: folder)
            try await alam.register("alam")
            alam.perform(.upload(path: disk.path("besar.bin"), to: name, transfer: 1))
            try await disk.holds(1)
            let reading = try await alam.stands(1) { if case .preparing(let read) = $0 { read > 32 << 20 } else { false } }
            #expect(reading.size == Limits.file && reading.done == 0)
            alam.perform(.cancel(1))
            #expect(try await alam.end(of: 1).state == .cancelled)
            #expect(try await disk.goOn() < 72 << 20)
            alam.client.shutDown()
        }
    }

    @Test("a download into a folder that hangs is cancelled at once, others go on, and the account can be left")
    func cancelledDownload() async throws {
        try await withDisk(after: 0) { disk, server, folder in
            let alam = Face(port: server.port, root: folder)
            try await alam.register("alam")
            try Data("isi".utf8).write(to: URL(fileURLWithPath: folder + "/kecil.txt"))
            alam.perform(.upload(path: folder + "/kecil.txt", to: name, transfer: 1))
            #expect(try await alam.end(of: 1).state == .done(path: nil))
            try FileManager.default.createSymbolicLink(atPath: folder + "/downloads", withDestinationPath: disk.path(""))
            for id in 2...4 {
                alam.perform(.downloadNewest(try FileLabel("kecil.txt"), in: .direct(try Username("alam")), transfer: id))
                // The first holds up whatever else is done to the file.
                if id == 2 { try await disk.holds(1) }
                _ = try await alam.stands(id) { $0 == .running }
                alam.perform(.cancel(id))
                #expect(try await alam.end(of: id).state == .cancelled)
            }
            alam.perform(.upload(path: folder + "/kecil.txt", to: name, transfer: 5))
            #expect(try await alam.end(of: 5).state == .done(path: nil))
            alam.perform(.logOut)
            try await alam.wait(for: "signed out") { if case .signedOut = $0 { true } else { nil } }
            try await end(alam)
        }
    }

    private func withDisk(
        after limit: Int,
        _ body: (_ disk: HungDisk, _ server: TestServer, _ folder: String) async throws -> Void
    ) async throws {
        let disk = try await HungDisk(of: Limits.file, after: limit)
        try await withFolder { folder in
            try await TestServer.with { try await body(disk, $0, folder) }
        }
    }

    /// On a thread of its own: one that never ended would leave no time to say so.
    private func end(_ face: Face) async throws {
        let ended = Counter()
        Thread.detachNewThread {
            face.client.shutDown()
            ended.increase()
        }
        try await eventually("the client ends") { ended.value == 1 }
    }
}

/// A disk that stops answering, and that only one process mounts: see `hung_disk.py`.
private final class HungDisk {
    static let isPossible = FileManager.default.fileExists(atPath: "/dev/fuse")

    private let place: Namespace
    private let folder: String
    private let process: PipedProcess

    /// - Parameters:
    ///   - size: of each file.
    ///   - limit: bytes that can be read before it hangs.
    init(of size: Int64, after limit: Int) async throws {
        place = try await Namespace(of: .mounts)
        folder = try TemporaryFolder.make("obrol-hung")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("hung_disk.py")
        let words = place.entrance + ["/usr/bin/env", "python3", script.path, folder, "\(size)", "\(limit)"]
        let path = ProcessInfo.processInfo.environment["PATH"]
        process = try PipedProcess(words[0], arguments: Array(words.dropFirst()), environment: ["PATH": path ?? "/usr/bin"])
        try await process.waitFor("mounted")
    }

    deinit {
        process.kill()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A file as it looks from outside. Every name is one.
    func path(_ name: String) -> String { "/proc/\(place.processID)/root\(folder)/\(name)" }

    /// Waits until so many reads wait for it.
    func holds(_ count: Int) async throws { try await process.waitFor("held \(count)\n") }

    /// Answers everything from now on, until a file is closed.
    /// - Returns: Bytes that were read by then.
    func goOn() async throws -> Int {
        process.type([""])
        try await process.waitFor("closed after")
        let words = process.output.split(whereSeparator: \.isWhitespace)
        return try #require(words.last.flatMap { Int($0) })
    }
}
