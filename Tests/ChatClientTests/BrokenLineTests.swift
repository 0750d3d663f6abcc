import ChatProtocol
import ChatTesting
import Foundation
import Testing

@testable import ChatClient

/// What happens when the server goes away, and when the program does.
@Suite("When the line breaks", .serialized)
struct BrokenLineTests {
    @Test("what was typed while the server was away goes out once, in order, after it is back")
    func restart() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/server")
            let alam = Face(port: first.port, root: folder + "/alam")
            let firman = Face(port: first.port, root: folder + "/firman")
            try await alam.register("alam")
            try await firman.register("firman")
            try alam.say("sebelum", to: "firman")
            try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            alam.forget()
            try await first.stop()
            try await alam.wait(for: "offline") { if case .connection(.offline) = $0 { true } else { nil } }

            for number in 1...30 { try alam.say("\(number)", to: "firman") }
            try await eventually("all queued") {
                alam.client.openCache(of: try Username("alam")).outbox.count == 30
            }
            let second = try await TestServer.start(dataDirectory: folder + "/server", port: first.port)
            alam.perform(.reconnectNow)
            firman.perform(.reconnectNow)
            try await alam.wait(for: "all sent") { if case .sent(_, _, let seq) = $0, seq.value == 31 { true } else { nil } }
            let expected = ["sebelum"] + (1...30).map(String.init)
            #expect(try await firman.texts(of: "alam", count: 31) == expected)
            #expect(try await alam.texts(of: "firman", count: 31) == expected)
            alam.client.shutDown()
            firman.client.shutDown()
            try await second.stop()
        }
    }

    @Test("many breaks while many are sent lose nothing and double nothing")
    func flapping() async throws {
        try await withFolder { folder in
            var server = try await TestServer.start(dataDirectory: folder + "/server")
            let port = server.port
            let alam = Face(port: port, root: folder + "/alam")
            try await alam.register("alam")
            let firman = try WireClient(port: port)
            try firman.join(as: "firman")
            for number in 1...200 { try alam.say("\(number)", to: "firman") }
            for _ in 1...3 {
                try await alam.wait(for: "something sent") { if case .sent = $0 { true } else { nil } }
                try await server.stop()
                server = try await TestServer.start(dataDirectory: folder + "/server", port: port)
                alam.perform(.reconnectNow)
            }
            try await alam.wait(for: "all sent", within: 60) {
                if case .sent(_, _, let seq) = $0, seq.value == 200 { true } else { nil }
            }
            #expect(try await alam.texts(of: "firman", count: 200) == (1...200).map(String.init))
            #expect(alam.client.openCache(of: try Username("alam")).outbox.isEmpty)
            let late = Face(port: port, root: folder + "/late")
            try await late.logIn("firman")
            #expect(try await late.texts(of: "alam", count: 200) == (1...200).map(String.init))
            late.client.shutDown()
            alam.client.shutDown()
            try await server.stop()
        }
    }

    @Test("who comes back without a server sees everything, writes, and is caught up later")
    func offlineStart() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/server")
            do {
                let alam = Face(port: first.port, root: folder + "/alam")
                try await alam.register("alam")
                let firman = try WireClient(port: first.port)
                try firman.join(as: "firman")
                try firman.ask("send destination=alam&message=halo")
                #expect(try await alam.texts(of: "firman", count: 1) == ["halo"])
                alam.perform(.saveDraft(try ConversationName("firman"), "belum sel"))
                alam.client.shutDown()
            }
            try await first.stop()

            let alam = Face(port: first.port, root: folder + "/alam")
            let snapshot = alam.client.openCache(of: try Username("alam"))
            #expect(snapshot.account?.name == "Alam")
            #expect(snapshot.conversations.map(\.draft) == ["belum sel"])
            #expect(snapshot.conversations.map(\.unread) == [1])
            alam.perform(.resume(try Username("alam")))
            try await alam.wait(for: "signed in offline") { if case .signedIn = $0 { true } else { nil } }
            #expect(try await alam.texts(of: "firman", count: 1) == ["halo"])
            try alam.say("dari luring", to: "firman")
            alam.perform(.markRead(try ConversationName("firman"), Seq(unchecked: 1)))
            alam.client.shutDown()

            let second = try await TestServer.start(dataDirectory: folder + "/server", port: first.port)
            let again = Face(port: first.port, root: folder + "/alam")
            again.perform(.resume(try Username("alam")))
            try await again.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            #expect(try await again.texts(of: "firman", count: 2) == ["halo", "dari luring"])
            // Another device learns how far was read while there was no line.
            let other = Face(port: first.port, root: folder + "/other")
            try await other.logIn("alam")
            let state = try await other.wait(for: "the list") { event -> ConversationState? in
                if case .conversations(let states) = event { states.first } else { nil }
            }
            #expect(state.unread == 0)
            again.client.shutDown()
            other.client.shutDown()
            try await second.stop()
        }
    }

    @Test("who logs out without a line, or on one that breaks, is logged out at the server on the next")
    func loggedOutWithoutALine() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let relay = try await Relay(to: server.port)
                let alam = Face(port: relay.port, root: folder + "/alam")
                let store = SessionStore(paths: alam.client.paths)
                try await alam.register("alam")
                for isOffline in [true, false] {
                    let token = try #require(store.session(alam.client.server, try Username("alam"))?.token)
                    relay.hold(.up, after: 0)
                    if isOffline {
                        relay.cut()
                        try await alam.wait(for: "offline") { if case .connection(.offline) = $0 { true } else { nil } }
                    }
                    alam.perform(.logOut)
                    if !isOffline {
                        try await eventually("it is on its way") { relay.isHolding(.up) }
                        relay.cut()
                    }
                    try await alam.wait(for: "signed out") { if case .signedOut = $0 { true } else { nil } }
                    #expect(store.session(alam.client.server, try Username("alam"))?.token == nil)
                    relay.release()
                    relay.cut()
                    alam.perform(.logIn(username: "alam", password: "rahasia"))
                    try await alam.live()
                    let witness = try WireClient(port: server.port)
                    #expect(try witness.ask("whoami session=\(token.text)").code == "session-invalid")
                    #expect(store.tokensToEnd(alam.client.server).isEmpty)
                    alam.forget()
                }
                alam.client.shutDown()
                try await relay.close()
            }
        }
    }

    @Test("another server at the same address takes neither the login nor what waits for the first")
    func otherServer() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/first")
            let alam = Face(port: first.port, root: folder + "/alam")
            try await alam.register("alam")
            try await first.stop()
            try alam.say("untuk yang pertama", to: "alam")
            let other = try await TestServer.start(dataDirectory: folder + "/other", port: first.port)
            alam.perform(.reconnectNow)
            let reason = try await alam.wait(for: "signed out") { if case .signedOut(let reason) = $0 { reason } else { nil } }
            #expect(reason.contains("Another server answers at this address"))
            try await other.stop()
            let again = try await TestServer.start(dataDirectory: folder + "/first", port: first.port)
            alam.perform(.resume(try Username("alam")))
            alam.perform(.reconnectNow)
            try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            #expect(try await alam.texts(of: "alam", count: 1) == ["untuk yang pertama"])
            alam.client.shutDown()
            try await again.stop()
        }
    }

    @Test("a server with another history is learnt anew; drafts and the outbox stay")
    func otherEpoch() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/one")
            let alam = Face(port: first.port, root: folder + "/alam")
            try await alam.register("alam")
            try alam.say("catatan lama", to: "alam")
            try await alam.wait(for: "sent") { if case .sent = $0 { true } else { nil } }
            alam.perform(.saveDraft(try ConversationName("alam"), "draf"))
            alam.forget()
            try await first.stop()

            let second = try await TestServer.start(dataDirectory: folder + "/two", port: first.port)
            let other = try WireClient(port: first.port)
            try other.join(as: "alam")
            alam.perform(.reconnectNow)
            // Its session is another server's.
            try await alam.wait(for: "signed out") { if case .signedOut = $0 { true } else { nil } }
            alam.perform(.logIn(username: "alam", password: "rahasia"))
            try await alam.wait(for: "new epoch") { if case .notice(.newEpoch) = $0 { true } else { nil } }
            try await alam.live()
            #expect(try await alam.texts(of: "alam", count: 0).isEmpty)
            let snapshot = alam.client.openCache(of: try Username("alam"))
            #expect(snapshot.conversations.map(\.draft) == ["draf"])
            alam.client.shutDown()
            try await second.stop()
        }
    }

    @Test("a second client of the same account works, and says that it keeps no drafts")
    func secondClient() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let first = Face(port: server.port, root: folder)
                try await first.register("alam")
                let second = Face(port: server.port, root: folder)
                try await second.logIn("alam")
                try await second.wait(for: "notice") { if case .notice(.cacheInUse) = $0 { true } else { nil } }
                try second.say("dua", to: "alam")
                #expect(try await first.texts(of: "alam", count: 1) == ["dua"])
                first.client.shutDown()
                second.client.shutDown()
            }
        }
    }

    @Test("a form that was left open while the server restarted still signs in")
    func dormant() async throws {
        try await withFolder { folder in
            let first = try await TestServer.start(dataDirectory: folder + "/server")
            let face = Face(port: first.port, root: folder)
            try await face.wait(for: "online") { if case .connection(.online) = $0 { true } else { nil } }
            try await first.stop()
            let second = try await TestServer.start(dataDirectory: folder + "/server", port: first.port)
            try await face.register("alam")
            face.client.shutDown()
            try await second.stop()
        }
    }

    @Test("where there is no server, it says why and when it tries again")
    func noServer() async throws {
        try await withFolder { folder in
            let face = Face(port: 1, root: folder)
            let next = try await face.wait(for: "offline") { event -> Timestamp? in
                if case .connection(.offline(.nobodyListens, let next)) = event { next } else { nil }
            }
            #expect(next.milliseconds > 0)
            face.client.shutDown()
        }
    }

    @Test("a server that says hello and goes no further is tried less and less often, until one lets the client catch up")
    func backingOff() async throws {
        try await withFolder { folder in
            let greeter = try await Greeter()
            let alam = Face(port: greeter.port, root: folder)
            alam.perform(
                .register(
                    Register(
                        username: try Username("alam"), password: "rahasia", name: try DisplayName("Alam"), nationality: "")))
            var began = Date()
            var next = try await nextAttempt(of: alam)
            for _ in 1...4 {
                began = Date()
                alam.perform(.reconnectNow)
                next = try await nextAttempt(of: alam)
            }
            // Half a second doubled four times, and half of that.
            #expect(next.milliseconds - Int64(began.timeIntervalSince1970 * 1000) >= 4000)
            try await greeter.close()

            let server = try ServerProcess(dataDirectory: folder + "/server", port: greeter.port)
            alam.perform(.reconnectNow)
            try await alam.live()
            alam.forget()
            server.kill()
            next = try await nextAttempt(of: alam)
            #expect(next.milliseconds - Int64(Date().timeIntervalSince1970 * 1000) <= 500)
            alam.client.shutDown()
        }
    }

    /// Of a client that has just been told that its line is gone.
    private func nextAttempt(of face: Face) async throws -> Timestamp {
        try await face.wait(for: "offline") { if case .connection(.offline(_, let next)) = $0 { next } else { nil } }
    }

    @Test("what is asked for while the cache is being opened is kept by a program that ends at once", arguments: 0..<8)
    func endsWhileOpening(round: Int) async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let first = Face(port: server.port, root: folder)
                try await first.register("alam")
                first.client.shutDown()
                for number in 1...5 {
                    let face = Face(port: server.port, root: folder)
                    face.perform(.resume(try Username("alam")))
                    try face.say("\(number)", to: "alam")
                    face.client.shutDown()
                }
                let last = Face(port: server.port, root: folder)
                last.perform(.resume(try Username("alam")))
                try await last.live()
                #expect(try await last.texts(of: "alam", count: 5) == (1...5).map(String.init))
                #expect(!last.events().contains { if case .notice(.cacheInUse) = $0 { true } else { false } })
                last.client.shutDown()
            }
        }
    }
}
