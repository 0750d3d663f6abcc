import ChatProtocol
import ChatTesting
import ChatText
import Foundation
import GRDB
import NIOCore
import NIOPosix
import Testing

@testable import ChatClient

@Suite("Reasons")
struct ReasonTests {
    @Test(
        "what a connection met has a name",
        arguments: [
            (ECONNREFUSED, ConnectionEnd.nobodyListens), (EHOSTUNREACH, .unreachable), (ETIMEDOUT, .noAnswer), (EPIPE, .lost),
            (EMFILE, .system(SystemError(code: EMFILE))),
        ])
    func connections(code: Int32, expected: ConnectionEnd) {
        #expect(ConnectionEnd(IOError(errnoCode: code, reason: "connect")) == expected)
        #expect(ConnectionEnd(ChannelError.connectTimeout(.seconds(1))) == .noAnswer)
    }

    @Test("a machine that nobody knows is said to be unknown")
    func unknownHost() async throws {
        try await withFolder { folder in
            let face = Face(ServerAddress(host: "obrol.invalid", port: 8889), root: folder)
            try await face.wait(for: "offline") { event -> Bool? in
                if case .connection(.offline(.hostNotFound, _)) = event { true } else { nil }
            }
            face.client.shutDown()
        }
    }

    @Test(
        "what a disk refused has a name",
        arguments: [
            (ENOENT, TransferFailure.noSuchFile(path: "/x")), (EISDIR, .notAFile(path: "/x")),
            (EACCES, .notPermitted(path: "/x")),
            (ENOSPC, .diskFull(path: "/x")), (EIO, .disk(path: "/x", SystemError(code: EIO))),
        ])
    func disks(code: Int32, expected: TransferFailure) {
        #expect(TransferFailure(SystemError(code: code), path: "/x") == expected)
        #expect(TransferFailure(ProtocolError(.noSuchFile, "No such file.")) == .goneFromServer)
    }

    @Test("what the cache refused has a name")
    func caches() {
        #expect(CacheFailure(DatabaseError(resultCode: .SQLITE_FULL)) == .diskFull)
        #expect(CacheFailure(DatabaseError(resultCode: .SQLITE_READONLY)) == .notPermitted)
        #expect(CacheFailure(DatabaseError(resultCode: .SQLITE_IOERR, message: "disk I/O error")) == .database("disk I/O error"))
    }

    @Test("a reason is said in the person's language, and what comes from elsewhere is cleaned")
    func words() {
        let clean: (String) -> String = { $0.replacingOccurrences(of: "\u{1B}", with: "?") }
        #expect(TransferFailure.diskFull(path: "/x").sentence(clean)[.indonesian].contains("cakram penuh"))
        #expect(TransferFailure.notAFile(path: "/\u{1B}x").sentence(clean)[.english].hasPrefix("/?x is not"))
        #expect(ConnectionEnd.refused(ProtocolError(.busy, "\u{1B}[2J")).sentence(clean)[.english] == "?[2J")
        #expect(TransferFailure.tooLarge(path: "/x", limit: Limits.file).sentence(clean)[.english].contains("4 GiB"))
    }
}
