import ChatProtocol
import Foundation
import NIOCore
import Testing

@testable import ChatClient

@Suite("Where downloads land")
struct DownloadFolderTests {
    private func download(_ label: String, _ text: String, into folder: DownloadFolder) throws -> String {
        let part = try folder.begin(try FileLabel(label))
        try TransferFile.write(ByteBuffer(string: text), to: part.descriptor, at: 0)
        return try folder.finish(part)
    }

    @Test("a name that is taken gets a number, and what was there stays")
    func numbers() async throws {
        try await withFolder { path in
            let folder = DownloadFolder(path: path + "/new/below")
            var names: [String] = []
            for text in ["satu", "dua", "tiga"] { names.append(try download("lap.pdf", text, into: folder)) }
            #expect(names.map { $0.split(separator: "/").last } == ["lap.pdf", "lap (2).pdf", "lap (3).pdf"])
            #expect(try String(contentsOfFile: names[0], encoding: .utf8) == "satu")
            #expect(PrivateFiles.names(in: folder.path).count == 3, "no part is left")
        }
    }

    @Test("links are neither followed nor replaced", arguments: ["lap.pdf", ".lap.pdf.part"])
    func links(_ name: String) async throws {
        try await withFolder { path in
            let target = path + "/target"
            try "untouched".write(toFile: target, atomically: true, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: path + "/d", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: path + "/d/" + name, withDestinationPath: target)
            let place = try download("lap.pdf", "new", into: DownloadFolder(path: path + "/d"))
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "untouched")
            #expect(try String(contentsOfFile: place, encoding: .utf8) == "new")
            #expect(place != path + "/d/" + name)
        }
    }

    @Test("a download that is given up leaves nothing")
    func abandoned() async throws {
        try await withFolder { path in
            let folder = DownloadFolder(path: path)
            do { _ = try folder.begin(try FileLabel("lap.pdf")) }
            #expect(PrivateFiles.names(in: path).isEmpty)
        }
    }

    @Test("what is left of one download does not touch the next of that name")
    func overlap() async throws {
        try await withFolder { path in
            let folder = DownloadFolder(path: path)
            var first: DownloadFolder.Part? = try folder.begin(try FileLabel("lap.pdf"))
            _ = try folder.finish(try #require(first))
            let second = try folder.begin(try FileLabel("lap.pdf"))
            first = nil
            #expect(first.map(\.name) == nil)
            try TransferFile.write(ByteBuffer(string: "dua"), to: second.descriptor, at: 0)
            #expect(try String(contentsOfFile: try folder.finish(second), encoding: .utf8) == "dua")
        }
    }

    @Test("a label becomes a name that is not hidden and not too long")
    func names() throws {
        #expect(DownloadFolder.localName(try FileLabel(".bashrc")) == "_bashrc")
        #expect(DownloadFolder.numbered("a.tar.gz", 2) == "a (2).tar.gz")
        #expect(DownloadFolder.numbered("README", 3) == "README (3)")
        let long = DownloadFolder.localName(try FileLabel(String(repeating: "é", count: 125) + ".txt"))
        #expect(long.hasSuffix(".txt"))
        #expect(DownloadFolder.numbered("." + long + ".part", 10_000).utf8.count <= 255)
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
