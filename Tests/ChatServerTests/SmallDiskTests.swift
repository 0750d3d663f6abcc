import ChatTesting
import Foundation
import GRDB
import Testing

/// A file system of eight megabytes, which messages and files really fill.
@Suite("A small disk", .enabled(if: Namespace.isPermitted, "Only root may mount a file system."))
struct SmallDiskTests {
    private static let full = "disk is full"

    @Test("that is full says so in plain words, loses nothing that was acknowledged, and goes on when there is room")
    func full() async throws {
        let disk = try await SmallDisk()
        var server = try disk.serve()
        var alam = try WireClient(port: server.port)
        let token = try alam.join(as: "alam")
        var stored = 0

        try disk.fill(leaving: 3 << 20)
        let upload = try Upload(2 << 20, by: alam)
        let half = 0..<(1 << 20)
        #expect(try upload.append(half)["offset"] as? Int == half.upperBound)
        stored += try sendUntilRefused(alam, from: stored)
        #expect(try upload.append(half.upperBound..<2 << 20).text("error")?.contains(Self.full) == true)
        let small = "file_send username=alam&filename=a&payload=" + Data(repeating: 7, count: 40_000).base64EncodedString()
        #expect(try alam.ask(small).text("error")?.contains(Self.full) == true)
        // Whoever only reads does not notice.
        #expect(try alam.ask("history conversation=@alam&limit=1").list("entries").last?.seq == stored)
        #expect(try alam.ask("conversations").status == "OK")

        try disk.makeRoom()
        stored += 1
        #expect(try alam.ask(message(stored)).seq == stored)
        #expect(try upload.append(half.upperBound..<2 << 20)["offset"] as? Int == 2 << 20)
        stored += 1
        #expect(try upload.finish().seq == stored)
        try verify(alam, holds: stored)

        // Full again, and killed in that state.
        try disk.fill(leaving: 200_000)
        stored += try sendUntilRefused(alam, from: stored)
        server.kill()
        server = try disk.serve()
        alam = try WireClient(port: server.port)
        try alam.ask("whoami session=\(token)")
        try verify(alam, holds: stored)
        try disk.makeRoom()
        stored += 1
        #expect(try alam.ask(message(stored)).seq == stored)
        let file = Data(upload.content).base64EncodedString()
        #expect(try alam.ask("file_get filename=berkas").text("payload") == file)
        #expect(server.terminate() == 0)
    }

    @Test("that has no room for a database of an earlier version says how much it takes, and keeps it as it was")
    func noRoomForUpgrade() async throws {
        let disk = try await SmallDisk()
        let size = try disk.putEarlierDatabase()
        // Enough for the index of the log, and for a part of what is to be written.
        try disk.fill(leaving: 32_768 + size / 2)
        let refused = try await disk.fail()
        #expect(refused.status == 1, "\(refused)")
        #expect(refused.errors.contains("have \((3 * size + 999_999) / 1_000_000) MB free"), "\(refused)")
        #expect(try disk.names.filter { $0.hasSuffix("-wal") } == [])
        try disk.makeRoom()
        #expect(try disk.serve().terminate() == 0)
    }

    private func message(_ number: Int) -> String {
        "send destination=alam&message=m\(number)-" + String(repeating: "x", count: 3_000)
    }

    /// - Returns: how many were stored before twenty in a row were refused, each in plain words.
    private func sendUntilRefused(_ client: WireClient, from start: Int) throws -> Int {
        var (stored, refused) = (0, 0)
        while refused < 20 {
            let reply = try client.ask(message(start + stored + 1))
            if reply.status == "OK" {
                stored += 1
                refused = 0
                #expect(reply.seq == start + stored)
            } else {
                refused += 1
                #expect(reply.code == "internal")
                #expect(reply.text("error")?.contains(Self.full) == true, "\(reply)")
            }
            try #require(stored < 10_000, "the disk was never full")
        }
        return stored
    }

    /// Every message is there under its seq, and of the files each is whole.
    private func verify(_ client: WireClient, holds count: Int) throws {
        var seen = 0
        while true {
            let page = try client.ask("history conversation=@alam&after=\(seen)&limit=100")
            for entry in page.list("entries") {
                seen += 1
                #expect(entry.seq == seen)
                if entry.text("kind") == nil { #expect(entry.text("msg")?.hasPrefix("m\(seen)-") == true) }
            }
            if page["more"] as? Bool != true { break }
        }
        #expect(seen == count)
    }
}

/// A data folder on a file system of its own, that only its server sees.
private final class SmallDisk {
    private static let size = 8 << 20
    private let place: Namespace
    private let folder: String
    /// The same folder, as it looks from outside.
    private var outside: String { "/proc/\(place.processID)/root\(folder)" }

    init() async throws {
        place = try await Namespace(of: .mounts)
        folder = try TemporaryFolder.make("obrol-small")
        try place.run("mount", "-t", "tmpfs", "-o", "size=\(Self.size)", "none", folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func serve() throws -> ServerProcess { try ServerProcess(dataDirectory: folder + "/data", through: place.entrance) }

    /// Tries to serve, and waits for the end of it.
    func fail() async throws -> PipedProcess.Ending {
        try await PipedProcess(
            "/usr/bin/env", arguments: place.entrance + [try BuiltProgram.path("obrold"), "--data-dir", folder + "/data"],
            environment: ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
        ).end()
    }

    /// - Returns: how large it is.
    func putEarlierDatabase() throws -> Int {
        // SQLite would look for what is outside by its name inside.
        let (made, data) = (folder + "/earlier.sqlite", outside + "/data")
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("ChatStoreTests/version1.sql")
        var unchecked = Configuration()
        unchecked.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: made, configuration: unchecked)
        let sql = try String(contentsOf: dump, encoding: .utf8)
        try database.write { db in try db.execute(sql: sql) }
        try database.close()
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: made, toPath: data + "/obrol.sqlite")
        return try FileManager.default.attributesOfItem(atPath: made)[.size] as? Int ?? 0
    }

    /// In the data folder.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: outside + "/data") } }

    /// Somebody else's file takes all the room but this.
    func fill(leaving room: Int) throws {
        let free = try FileManager.default.attributesOfFileSystem(forPath: outside)[.systemFreeSize] as? Int ?? 0
        try Data(count: max(0, free - room)).write(to: URL(fileURLWithPath: outside + "/filler"))
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: outside + "/filler") }
}
