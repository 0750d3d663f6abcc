import ChatStore
import ChatTesting
import Foundation
import Testing

@Suite("Restoring a backup", .serialized)
struct RestoreTests {
    /// A server with a message and a file, and a backup of it.
    private func withServer(_ body: (_ server: ServerProcess, _ folder: String) async throws -> Void) async throws {
        try await withFolder { folder in
            let server = try ServerProcess(dataDirectory: folder + "/data")
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            #expect(try client.ask("send destination=alam&message=satu").status == "OK")
            #expect(try client.ask("file_send username=alam&filename=a.txt&payload=aGFsbw==").status == "OK")
            let ending = try await obrold("backup", folder + "/copy.tar", "--data-dir", folder + "/data")
            #expect(ending.status == 0, "\(ending)")
            try await body(server, folder)
        }
    }

    @Test("is refused while a server runs, and over data; --force moves that aside and deletes nothing")
    func overData() async throws {
        try await withServer { server, folder in
            let data = folder + "/data"
            let running = try await obrold("restore", folder + "/copy.tar", "--data-dir", data, "--force")
            #expect(running.status == 1 && running.errors.contains("Another server is using"), "\(running)")
            try WireClient(port: server.port).join(as: "budi")
            #expect(server.terminate() == 0)
            let refused = try await obrold("restore", folder + "/copy.tar", "--data-dir", data)
            #expect(refused.status == 1 && refused.errors.contains("holds data already"), "\(refused)")
            let forced = try await obrold("restore", folder + "/copy.tar", "--data-dir", data, "--force")
            #expect(forced.status == 0 && forced.output.contains("Start the server"), "\(forced)")
            let old = try #require(try names(in: folder).first { $0.hasPrefix("data.replaced-") })
            #expect(try names(in: folder) == ["copy.tar", "data", old])

            for (place, knowsBudi) in [(data, false), (folder + "/" + old, true)] {
                let again = try ServerProcess(dataDirectory: place)
                let client = try WireClient(port: again.port)
                let token = try client.logIn(as: "alam")
                #expect(try client.history(of: "alam", session: token).count == 2)
                #expect(try client.ask("auth username=budi&password=rahasia").code == (knowsBudi ? nil : "auth-failed"))
                #expect(again.terminate() == 0)
            }
        }
    }

    @Test("takes a link to the newest backup for what it leads to")
    func link() async throws {
        try await withServer { server, folder in
            #expect(server.terminate() == 0)
            try FileManager.default.createSymbolicLink(atPath: folder + "/latest.tar", withDestinationPath: "copy.tar")
            let restored = try await obrold("restore", folder + "/latest.tar", "--data-dir", folder + "/new")
            #expect(restored.status == 0, "\(restored)")
            #expect(try names(in: folder) == ["copy.tar", "data", "latest.tar", "new"])
        }
    }

    @Test("by root belongs to whoever owns the place, and if that is root, too, it is said", .enabled(if: geteuid() == 0))
    func owner() async throws {
        try await withServer { server, folder in
            #expect(server.terminate() == 0)
            let roots = try await obrold("restore", folder + "/copy.tar", "--data-dir", folder + "/roots")
            #expect(roots.status == 0 && roots.output.contains("chown -R USER: \(folder)/roots"), "\(roots)")
            #expect(chown(folder, 12_345, 12_346) == 0)
            let (made, data) = (folder + "/made", folder + "/made/data")
            let restored = try await obrold("restore", folder + "/copy.tar", "--data-dir", data)
            #expect(restored.status == 0 && !restored.output.contains("chown"), "\(restored)")
            for path in try [made] + FileManager.default.subpathsOfDirectory(atPath: made).map({ made + "/" + $0 }) {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let owner = [attributes[.ownerAccountID] as? Int, attributes[.groupOwnerAccountID] as? Int]
                #expect(owner == [12_345, 12_346], "\(path)")
            }
            let content = try #require(try names(in: data + "/files").first)
            try FileManager.default.removeItem(atPath: data + "/files/" + content)
            let found = try await obrold("check", "--data-dir", data)
            #expect(found.output.contains("chown --reference=\(data) \(data)/files/NAME"), "\(found)")
        }
    }

    @Test("refuses what is not whole, and leaves the folder as it was")
    func damaged() async throws {
        try await withServer { server, folder in
            #expect(server.terminate() == 0)
            let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/copy.tar"))
            var flipped = whole
            flipped[512 + 5000] ^= 1
            var renamed = whole
            renamed[0] ^= 1
            let damaged = [
                whole.prefix(whole.count / 2), whole.prefix(whole.count - 1024), flipped, renamed, Data("obrol".utf8), Data(),
                Data(count: 1024),
            ]
            for (number, bytes) in damaged.enumerated() {
                try bytes.write(to: URL(fileURLWithPath: folder + "/damaged.tar"))
                let ending = try await obrold("restore", folder + "/damaged.tar", "--data-dir", folder + "/data", "--force")
                #expect(ending.status == 1 && ending.errors.hasPrefix("obrold: "), "\(number): \(ending)")
            }
            let missing = try await obrold("restore", folder + "/nothing.tar", "--data-dir", folder + "/new")
            #expect(missing.status == 1 && missing.errors.contains("There is no backup"), "\(missing)")
            #expect(try names(in: folder) == ["copy.tar", "damaged.tar", "data"])
            #expect(try await obrold("check", "--deep", "--data-dir", folder + "/data").status == 0)
        }
    }

    @Test(
        "lets nothing in an archive choose where it is written",
        arguments: [
            TarHeader(name: "../evil", size: 4), TarHeader(name: "/tmp/obrol-evil", size: 4),
            TarHeader(name: "files/../../evil", size: 4), TarHeader(name: "files/evil", size: 4),
            TarHeader(name: "files/" + String(repeating: "a", count: 26), size: 0, kind: .other(UInt8(ascii: "2"))),
            TarHeader(name: "obrol.sqlite", size: 0, kind: .other(UInt8(ascii: "1"))),
            TarHeader(name: "obrol.sqlite", size: 4), TarHeader(name: "obrol.sqlite-wal", size: 4),
            TarHeader(name: "files/\u{1B}]0;evil\u{7}", size: 4), TarHeader(name: "evil", size: 0, kind: .folder),
        ])
    func hostile(header: TarHeader) async throws {
        try await withServer { server, folder in
            #expect(server.terminate() == 0)
            let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/copy.tar"))
            // In the place of the two blocks that end an archive.
            let padding = [UInt8](repeating: 0, count: TarHeader.padding(after: header.size))
            let member = Data(header.encoded + Array("evil".utf8.prefix(Int(header.size))) + padding)
            try (whole.dropLast(1024) + member + Data(count: 1024)).write(to: URL(fileURLWithPath: folder + "/hostile.tar"))
            let ending = try await obrold("restore", folder + "/hostile.tar", "--data-dir", folder + "/new")
            #expect(ending.status == 1 && ending.errors.contains("hostile.tar holds"), "\(ending)")
            #expect(!ending.errors.contains("\u{1B}"))
            #expect(try names(in: folder) == ["copy.tar", "data", "hostile.tar"])
            #expect(!FileManager.default.fileExists(atPath: "/tmp/obrol-evil"))
        }
    }
}
