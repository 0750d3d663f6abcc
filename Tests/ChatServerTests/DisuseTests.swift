import ChatProtocol
import ChatServer
import ChatStore
import ChatTesting
import Foundation
import GRDB
import Synchronization
import Testing

/// A clock that a test sets on.
private final class Clock: Sendable {
    private let milliseconds = Mutex(Server.wallClock().milliseconds)

    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

    func pass(days: Int64) { milliseconds.withLock { $0 += days * 24 * 3600 * 1000 } }
}

@Suite("What nobody uses")
struct DisuseTests {
    @Test("a session lives as long as requests come with it, on whatever connection; without any it ends, with its lines")
    func sessions() async throws {
        let clock = Clock()
        let server = try await TestServer.start(now: { clock.now }) { $0.clockTrustSeconds = 0 }
        let bound = try WireClient(port: server.port)
        let kept = try bound.join(as: "alam")
        let idle = try WireClient(port: server.port)
        let ended = try idle.join(as: "chendra")
        try idle.ask("subscribe")
        let closed = try WireClient(port: server.port)
        let forgotten = try closed.logIn(as: "chendra")
        let carried = try closed.join(as: "firman")
        closed.close()
        // One that speaks for many, each request for somebody else.
        let gateway = try WireClient(port: server.port)
        try gateway.ask("whoami session=\(kept)")

        let database = try DatabaseQueue(path: server.dataDirectory + "/obrol.sqlite")
        for month in 0..<4 {
            clock.pass(days: 30)
            try await eventually("use is remembered") {
                #expect(try bound.ask(month.isMultiple(of: 2) ? "whoami" : "ping").status == "OK")
                #expect(try gateway.ask("whoami session=\(carried)").text("username") == "firman")
                let used = "SELECT count(*) FROM session WHERE used = ?"
                return try database.read { try Int.fetchOne($0, sql: used, arguments: [clock.now.milliseconds]) } == 2
            }
        }
        #expect(try idle.event("session").text("reason") == "expired")
        #expect(try idle.receive() == nil)
        let left = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM session") }
        #expect(left == 2)
        let asking = try WireClient(port: server.port)
        for token in [ended, forgotten] {
            #expect(try asking.ask("whoami session=\(token)").code == "session-invalid")
        }
        #expect(try asking.ask("send destination=alam&message=halo&session=\(kept)").seq == 1)
        try await server.stop()
        try server.removeData()
    }

    @Test("a clock that is wrong for a moment ends no session")
    func leap() async throws {
        let clock = Clock()
        let server = try await TestServer.start(now: { clock.now })
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let idle = try WireClient(port: server.port)
        try idle.join(as: "chendra")
        let database = try DatabaseQueue(path: server.dataDirectory + "/obrol.sqlite")
        clock.pass(days: 100)
        try await eventually("the server has seen it") {
            #expect(try alam.ask("send destination=alam&message=besok").status == "OK")
            let used = "SELECT count(*) FROM session WHERE used = ?"
            return try database.read { try Int.fetchOne($0, sql: used, arguments: [clock.now.milliseconds]) } == 1
        }
        clock.pass(days: -100)
        #expect(try idle.ask("send destination=chendra&message=halo").status == "OK")
        try await server.stop()
        try server.removeData()
    }

    @Test("an upload that nobody goes on with is forgotten after a month; one that somebody comes back to is not")
    func uploads() async throws {
        let clock = Clock()
        let server = try await TestServer.start(now: { clock.now }) { $0.clockTrustSeconds = 0 }
        let alam = try WireClient(port: server.port)
        try alam.join(as: "alam")
        let folder = server.dataDirectory + "/uploads"
        _ = try Upload(2_000, by: alam, nonce: "abandoned").append(0..<1_000)
        // What a crash may leave that no upload is known for.
        try Data(count: 10).write(to: URL(fileURLWithPath: folder + "/" + FileID.random().text))
        let before = Set(try names(in: folder))
        _ = try Upload(2_000, by: alam, nonce: "f1").append(0..<1_000)
        let kept = try #require(Set(try names(in: folder)).subtracting(before).first)
        clock.pass(days: 20)
        let resumed = try Upload(2_000, by: alam, nonce: "f1")
        #expect(try resumed.append(1_000..<1_500)["offset"] as? Int == 1_500)
        // The disk has a clock of its own.
        let today = Date(timeIntervalSince1970: Double(clock.now.milliseconds) / 1000)
        try FileManager.default.setAttributes([.modificationDate: today], ofItemAtPath: folder + "/" + kept)
        clock.pass(days: 20)
        try await eventually("what was abandoned is gone") { try names(in: folder) == [kept] }
        #expect(try resumed.append(1_500..<2_000)["offset"] as? Int == 2_000)
        #expect(try resumed.finish().seq == 1)
        let again = try Upload(2_000, by: alam, nonce: "abandoned")
        #expect(try again.append(0..<2_000)["offset"] as? Int == 2_000)
        try await server.stop()
        try server.removeData()
    }
}
