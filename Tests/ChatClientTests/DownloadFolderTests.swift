import ChatProtocol
import ChatTesting
import Foundation
import NIOCore
import Testing

@testable import ChatClient

@Suite("Where downloads land")
struct DownloadFolderTests {
    private func file(_ label: String, size: Int64 = 1000) throws -> SharedFile {
        SharedFile(
            id: try FileID(String(repeating: "a", count: 26)), label: try FileLabel(label), size: size,
            sha256: try ContentHash(String(repeating: "0", count: 64)))
    }

    private func path(_ label: String, in folder: String, _ nonce: String = "0123456789abcdef") throws -> String {
        DownloadFolder(path: folder).part(of: try FileLabel(label), try Nonce(nonce))
    }

    private func download(_ label: String, _ text: String, into folder: String) throws -> String {
        let path = try path(label, in: folder)
        let part = try DownloadFolder.open(part: path, for: try file(label))
        try TransferFile.write(ByteBuffer(string: text), to: part.descriptor, at: 0)
        let place = try part.place()
        DownloadFolder.remove(part: path)
        return place
    }

    @Test("a name that is taken gets a number, and what was there stays")
    func numbers() async throws {
        try await withFolder { path in
            let folder = path + "/new/below"
            var names: [String] = []
            for text in ["satu", "dua", "tiga"] { names.append(try download("lap.pdf", text, into: folder)) }
            #expect(names.map { $0.split(separator: "/").last } == ["lap.pdf", "lap (2).pdf", "lap (3).pdf"])
            #expect(try String(contentsOfFile: names[0], encoding: .utf8) == "satu")
            #expect(PrivateFiles.names(in: folder).count == 3, "no part is left")
        }
    }

    @Test("links are neither followed nor replaced")
    func links() async throws {
        try await withFolder { path in
            let target = path + "/target"
            try "untouched".write(toFile: target, atomically: true, encoding: .utf8)
            let part = try self.path("lap.pdf", in: path)
            for name in [path + "/lap.pdf", part] {
                try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: target)
            }
            #expect(throws: PrivateFiles.Failure.self) { try DownloadFolder.open(part: part, for: try file("lap.pdf")) }
            DownloadFolder.remove(part: part)
            let place = try download("lap.pdf", "new", into: path)
            #expect(place == path + "/lap (2).pdf")
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "untouched")
            #expect(try String(contentsOfFile: place, encoding: .utf8) == "new")
        }
    }

    @Test("a part is found again as long as it was left, and one that cannot be of this file begins anew")
    func resumed() async throws {
        try await withFolder { path in
            let part = try self.path("lap.pdf", in: path)
            let first = try DownloadFolder.open(part: part, for: try file("lap.pdf"))
            #expect(first.length == 0)
            try TransferFile.write(ByteBuffer(string: "separuh"), to: first.descriptor, at: 0)
            #expect(DownloadFolder.length(ofPart: part) == 7)
            #expect(try DownloadFolder.open(part: part, for: try file("lap.pdf")).length == 7)
            #expect(try DownloadFolder.open(part: part, for: try file("lap.pdf", size: 3)).length == 0)
            #expect(DownloadFolder.length(ofPart: part) == 0)
        }
    }

    @Test("killed between giving a download its name and removing the other, it is known to be there")
    func placed() async throws {
        try await withFolder { path in
            let part = try self.path("lap.pdf", in: path)
            let first = try DownloadFolder.open(part: part, for: try file("lap.pdf", size: 4))
            try TransferFile.write(ByteBuffer(string: "utuh"), to: first.descriptor, at: 0)
            #expect(!first.isPlaced)
            _ = try first.place()
            #expect(try DownloadFolder.open(part: part, for: try file("lap.pdf", size: 4)).isPlaced)
        }
    }

    @Test("what has its name already gets no second one")
    func placedTwice() async throws {
        try await withFolder { path in
            let part = try DownloadFolder.open(part: try self.path("lap.pdf", in: path), for: try file("lap.pdf"))
            #expect(try part.place() == path + "/lap.pdf")
            #expect(try part.place() == path + "/lap.pdf")
            #expect(!PrivateFiles.names(in: path).contains("lap (2).pdf"))
        }
    }

    @Test("two downloads of one name at once have parts of their own")
    func overlap() throws {
        #expect(try path("lap.pdf", in: "/d", "0123456789abcdef") != path("lap.pdf", in: "/d", "f123456789abcdef"))
    }

    @Test("a label becomes a name that is not hidden and not too long")
    func names() throws {
        #expect(DownloadFolder.localName(try FileLabel(".bashrc")) == "_bashrc")
        #expect(DownloadFolder.numbered("a.tar.gz", 2) == "a (2).tar.gz")
        #expect(DownloadFolder.numbered("README", 3) == "README (3)")
        let long = DownloadFolder.localName(try FileLabel(String(repeating: "é", count: 125) + ".txt"))
        #expect(long.hasSuffix(".txt"))
        #expect(DownloadFolder.numbered(long, 10_000).utf8.count <= 255)
        let part = try path(long, in: "")
        #expect(part.utf8.count <= 256 && part.hasPrefix("/."))
    }

    @Test(
        "no label whatever becomes a hidden name, an empty one, or one that is too long",
        arguments: 1...20 as ClosedRange<UInt64>)
    func anyLabel(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [".", "\u{301}", "x", "é", "日", "👩", "\u{200D}", ".tar", ".gz", ".bashrc", " "]
        let accents = String(repeating: "\u{301}", count: 115)
        var labels = ["x\(accents).bashrc", "x\(accents)", ".\u{301}x", ".\(accents)", "..x", ".tar.gz"]
        for _ in 0..<200 {
            let few = (0..<Int.random(in: 1...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "x" }
            let count = Int.random(in: 1...120, using: &random)
            labels.append((0..<count).map { _ in few.randomElement(using: &random) ?? "x" }.joined())
        }
        for text in labels {
            guard let label = try? FileLabel(text) else { continue }
            for name in [DownloadFolder.localName(label), DownloadFolder.numbered(DownloadFolder.localName(label), 10_000)] {
                #expect(!name.isEmpty && name.utf8.first != UInt8(ascii: "."), "\(text.unicodeScalars.map(\.value))")
                #expect(name.utf8.count <= 255)
            }
            #expect(try path(text, in: "").utf8.count <= 256)
        }
    }
}

@Suite("Known accounts")
struct KnownAccountsTests {
    @Test("a session is kept for its owner alone, and forgotten without forgetting the account")
    func sessions() async throws {
        try await withFolder { folder in
            let paths = ClientPaths(root: folder)
            let server = ServerAddress(host: "chat.example.org", port: 8889)
            let store = SessionStore(paths: paths)
            let account = Account(server: server, username: try Username("Alam"), name: "Alam")
            try store.save(SessionStore.Session(account: account, token: try SessionToken("secret")))
            let path = paths.sessionFile(server, account.username)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            #expect(store.session(server, try Username("alam"))?.token?.text == "secret")
            #expect(paths.knownAccounts(of: server).map(\.hasSession) == [true])
            #expect(paths.knownAccounts(of: .local).isEmpty)

            try store.save(SessionStore.Session(account: account, token: nil))
            #expect(paths.knownAccounts(of: server).map(\.hasSession) == [false])
            #expect(paths.knownAccounts(of: server).map(\.inUse) == [false])
            let cache = try Cache.open(server, account.username, paths: paths)
            #expect(paths.knownAccounts(of: server).map(\.inUse) == [true])
            try cache.close()
        }
    }
}
