import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// The client against a real server.
@Suite("Chatting", .serialized)
struct ChattingTests {
    /// A fresh server and two people on it.
    private func withTwo(_ body: (_ alam: Face, _ firman: Face, _ server: TestServer, _ folder: String) async throws -> Void)
        async throws
    {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = Face(port: server.port, root: folder + "/alam")
                let firman = Face(port: server.port, root: folder + "/firman")
                do {
                    try await alam.register("alam")
                    try await firman.register("firman", name: "Firman A.")
                    try await body(alam, firman, server, folder)
                } catch {
                    alam.client.shutDown()
                    firman.client.shutDown()
                    throw error
                }
                alam.client.shutDown()
                firman.client.shutDown()
            }
        }
    }

    @Test("a message reaches the other, counts as unread, and is read on every device")
    func message() async throws {
        try await withTwo { alam, firman, server, folder in
            let id = alam.client.compose(try MessageText("halo @firman"), to: try ConversationName("firman"))
            let seq = try await alam.wait(for: "sent") { event -> Seq? in
                if case .sent(_, id, let seq) = event { seq } else { nil }
            }
            #expect(seq.value == 1)
            let arrived = try await firman.wait(for: "changed") { event -> ConversationState? in
                if case .changed(let state) = event, state.unread == 1 { state } else { nil }
            }
            #expect(arrived.title == "Alam")
            #expect(arrived.mentions == 1)
            #expect(arrived.last?.text == "halo @firman")
            #expect(try await firman.texts(of: "alam", count: 1) == ["halo @firman"])

            let other = Face(port: server.port, root: folder + "/firman2")
            try await other.logIn("firman")
            firman.perform(.markRead(arrived.conversation, arrived.lastSeq))
            let read = try await other.wait(for: "read elsewhere") { event -> ConversationState? in
                if case .changed(let state) = event, state.unread == 0, state.readSeq == arrived.lastSeq { state } else { nil }
            }
            #expect(read.mentions == 0)
            other.client.shutDown()
        }
    }

    @Test("who writes hears from his own other device")
    func ownDevices() async throws {
        try await withTwo { alam, _, server, folder in
            let other = Face(port: server.port, root: folder + "/alam2")
            try await other.logIn("alam")
            try alam.say("dari satu", to: "firman")
            let state = try await other.wait(for: "own message") { event -> ConversationState? in
                if case .changed(let state) = event, state.last?.text == "dari satu" { state } else { nil }
            }
            #expect(state.unread == 0)
            other.client.shutDown()
        }
    }

    @Test("a refused message stays in the outbox with its reason, and can be discarded")
    func refused() async throws {
        try await withTwo { alam, _, _, _ in
            try alam.say("halo?", to: "nobody")
            let item = try await alam.wait(for: "failed") { event -> OutboxItem? in
                guard case .outbox(_, let items) = event, let item = items.first, case .failed(let error) = item.state else {
                    return nil
                }
                #expect(error.code == .noSuchUser)
                return item
            }
            alam.perform(.discard(item.id))
            try await alam.wait(for: "empty outbox") { if case .outbox(_, let items) = $0, items.isEmpty { true } else { nil } }
        }
    }

    /// Somebody who is logged in to a server that has no room for another message.
    private func withFullServer(_ body: (Face, TestServer, String) async throws -> Void) async throws {
        try await withFolder { folder in
            let small = try await TestServer.startSmall(dataDirectory: folder + "/server")
            let alam = Face(port: small.port, root: folder + "/alam")
            try await alam.register("alam")
            let filler = try WireClient(port: small.port)
            try filler.logIn(as: "alam")
            try filler.fillDatabase(as: "alam")
            try await body(alam, small, folder)
        }
    }

    @Test("what a full server has no room for says why, and goes out when there is room again")
    func noRoom() async throws {
        try await withFullServer { alam, small, folder in
            try alam.say("masih muat?", to: "alam")
            let refusal = try await alam.wait(for: "the message's refusal") { event -> ProtocolError? in
                if case .outbox(_, let items) = event { items.first?.refusal } else { nil }
            }
            #expect(refusal.detail.contains("disk is full"))
            try Data("halo".utf8).write(to: URL(fileURLWithPath: folder + "/a.txt"))
            alam.perform(.upload(path: folder + "/a.txt", to: try ConversationName("alam"), transfer: 1))
            let held = try await alam.wait(for: "the file's refusal") { event -> Transfer? in
                if case .transfer(let transfer) = event, transfer.refusal != nil { transfer } else { nil }
            }
            #expect(held.refusal == refusal && held.state == .running)

            try await small.stop()
            let roomy = try await TestServer.start(dataDirectory: folder + "/server", port: small.port)
            alam.perform(.reconnectNow)
            try await alam.wait(for: "sent", within: 60) { if case .sent = $0 { true } else { nil } }
            let sent = try await alam.wait(for: "the file's end", within: 60) { event -> Transfer? in
                if case .transfer(let transfer) = event, transfer.state == .done(path: nil) { transfer } else { nil }
            }
            #expect(sent.refusal == nil)
            alam.client.shutDown()
            try await roomy.stop()
        }
    }

    @Test("what a full server has no room for can be discarded, and is not sent again")
    func noRoomAndDiscarded() async throws {
        try await withFullServer { alam, small, folder in
            try alam.say("jangan terkirim", to: "alam")
            let held = try await alam.wait(for: "the message's refusal") { event -> OutboxItem? in
                if case .outbox(_, let items) = event, let item = items.first, item.refusal != nil { item } else { nil }
            }
            #expect(held.mayHaveArrived, "the server says that something went wrong, not what came of it")
            alam.perform(.discard(held.id))
            try await alam.wait(for: "empty outbox") { if case .outbox(_, let items) = $0, items.isEmpty { true } else { nil } }

            try await small.stop()
            let roomy = try await TestServer.start(dataDirectory: folder + "/server", port: small.port)
            alam.perform(.reconnectNow)
            try alam.say("ini terkirim", to: "alam")
            try await alam.wait(for: "sent", within: 60) { if case .sent = $0 { true } else { nil } }
            let reader = try WireClient(port: roomy.port)
            try reader.logIn(as: "alam")
            let texts = try reader.ask("history conversation=%40alam&limit=500").list("entries").compactMap { $0.text("msg") }
            #expect(texts.last == "ini terkirim" && !texts.contains("jangan terkirim"))
            alam.client.shutDown()
            try await roomy.stop()
        }
    }

    @Test("a wrong password is said, and the right one still works")
    func wrongPassword() async throws {
        try await withTwo { _, _, server, folder in
            let face = Face(port: server.port, root: folder + "/wrong")
            face.perform(.logIn(username: "alam", password: "salah"))
            let error = try await face.wait(for: "refusal") { if case .signInFailed(let error) = $0 { error } else { nil } }
            #expect(error.code == .authFailed)
            try await face.logIn("alam")
            face.client.shutDown()
        }
    }

    @Test("a name that is taken cannot be registered")
    func taken() async throws {
        try await withTwo { _, _, server, folder in
            let face = Face(port: server.port, root: folder + "/taken")
            face.perform(
                .register(
                    Register(username: try Username("ALAM"), password: "lain", name: try DisplayName("A"), nationality: "")))
            let error = try await face.wait(for: "refusal") { if case .signInFailed(let error) = $0 { error } else { nil } }
            #expect(error.code == .userExists)
            face.client.shutDown()
        }
    }

    @Test("a room is joined with its history, talked in, and left")
    func room() async throws {
        try await withTwo { alam, firman, _, _ in
            let room = try RoomName("progjar")
            alam.perform(.join(room))
            try await alam.wait(for: "joined") { if case .joined(room) = $0 { true } else { nil } }
            for text in ["satu", "dua"] { try alam.say(text, to: "#progjar") }
            #expect(try await alam.texts(of: "#progjar", count: 2) == ["satu", "dua"])

            firman.perform(.join(room))
            try await firman.wait(for: "joined") { if case .joined(room) = $0 { true } else { nil } }
            #expect(try await firman.texts(of: "#progjar", count: 2) == ["satu", "dua"])
            try firman.say("tiga", to: "#progjar")
            #expect(try await alam.texts(of: "#progjar", count: 3) == ["satu", "dua", "tiga"])

            firman.perform(.listMembers(room))
            let members = try await firman.wait(for: "members") { event -> [Person]? in
                if case .members(room, let people) = event { people } else { nil }
            }
            #expect(Set(members.map(\.username.text)) == ["alam", "firman"])
            firman.perform(.listRooms)
            let rooms = try await firman.wait(for: "rooms") { if case .rooms(let rooms) = $0 { rooms } else { nil } }
            #expect(rooms.map(\.room.text) == ["progjar"])

            firman.perform(.leave(room))
            try await firman.wait(for: "left") { if case .left(room) = $0 { true } else { nil } }
            try firman.say("masih?", to: "#progjar")
            try await firman.wait(for: "refused") {
                if case .refused(let refusal) = $0, case .message = refusal.subject { true } else { nil }
            }
        }
    }

    @Test("two who talk at once see the same, in the same order, and count each other")
    func atOnce() async throws {
        try await withTwo { alam, firman, _, _ in
            for face in [alam, firman] {
                face.perform(.join(try RoomName("ramai")))
                try await face.wait(for: "joined") { if case .joined = $0 { true } else { nil } }
            }
            for number in 1...150 {
                try alam.say("alam \(number)", to: "#ramai")
                try firman.say("firman \(number)", to: "#ramai")
            }
            let seen = try await alam.texts(of: "#ramai", count: 300)
            #expect(seen.count == 300)
            #expect(try await firman.texts(of: "#ramai", count: 300) == seen)
            for (face, name) in [(alam, "alam"), (firman, "firman")] {
                #expect(seen.filter { $0.hasPrefix(name) } == (1...150).map { "\(name) \($0)" })
                try await eventually("\(name) counts the other") {
                    face.client.openCache(of: try Username(name)).conversations.first { $0.conversation.isRoom }?.unread == 150
                }
            }
        }
    }

    @Test("a list of conversations too long for one reply is known as a whole")
    func manyConversations() async throws {
        try await TestServer.with { server in
            try await withFolder { folder in
                let other = try WireClient(port: server.port)
                try other.join(as: "chendra")
                let text = String(repeating: "x", count: 16_000)
                let rooms = (1...80).map { "#room\($0)" }
                for room in rooms {
                    try other.ask("room_join roomname=\(room.dropFirst())")
                    try other.ask("send destination=%23\(room.dropFirst())&message=\(text)")
                }
                let face = Face(port: server.port, root: folder)
                face.perform(.logIn(username: "chendra", password: "rahasia"))
                try await eventually("all are known", within: .seconds(60)) {
                    let known = face.client.openCache(of: try Username("chendra")).conversations
                    return Set(known.map(\.conversation.description)) == Set(rooms)
                }
                face.client.shutDown()
            }
        }
    }

    @Test("people come and go before one's eyes")
    func presence() async throws {
        try await withTwo { alam, _, server, folder in
            alam.forget()
            let third = Face(port: server.port, root: folder + "/chendra")
            try await third.register("chendra")
            try await alam.wait(for: "chendra is new") { event -> Bool? in
                if case .presence(let person) = event, person.username.text == "chendra" { true } else { nil }
            }
            third.client.shutDown()
        }
    }

    @Test("history further back than the cache comes from the server, in order")
    func history() async throws {
        try await withTwo { alam, _, server, folder in
            for number in 1...120 { try alam.say("pesan \(number)", to: "firman") }
            try await alam.wait(for: "all sent") { if case .sent(_, _, let seq) = $0, seq.value == 120 { true } else { nil } }
            let late = Face(port: server.port, root: folder + "/late")
            try await late.logIn("firman")
            let name = try ConversationName("alam")
            late.perform(.load(name, around: .before(Seq(unchecked: 40)), limit: 10))
            let page = try await late.wait(for: "an older page") { event -> ConversationPage? in
                if case .page(let page) = event, page.entries.count == 10 { page } else { nil }
            }
            #expect(page.entries.map(\.seq.value) == Array(30...39))
            #expect(page.entries.map(\.text) == (30...39).map { "pesan \($0)" })
            #expect(page.moreBefore && page.moreAfter)
            late.perform(.load(name, around: .around(Seq(unchecked: 5)), limit: 6))
            let around = try await late.wait(for: "a page around") { event -> ConversationPage? in
                if case .page(let page) = event, case .around = page.anchor, page.entries.count >= 6 { page } else { nil }
            }
            #expect(around.entries.map(\.seq.value).contains(5))
            #expect(try await late.texts(of: "alam", count: 120).count == 120)
            late.client.shutDown()
        }
    }

    @Test("logging out ends the session here and at the server; the account stays known")
    func logOut() async throws {
        try await withTwo { alam, _, _, _ in
            alam.perform(.logOut)
            try await alam.wait(for: "signed out") { if case .signedOut(let reason) = $0 { reason } else { nil } }
            #expect(alam.client.paths.knownAccounts(of: alam.client.server).map(\.hasSession) == [false])
            alam.perform(.resume(try Username("alam")))
            try await alam.wait(for: "nothing to resume") { if case .signInFailed = $0 { true } else { nil } }
            try await alam.logIn("alam")
            try alam.say("kembali", to: "firman")
            #expect(try await alam.texts(of: "firman", count: 1) == ["kembali"])
        }
    }

    @Test("a session that is ended elsewhere ends here")
    func endedElsewhere() async throws {
        try await withTwo { alam, _, server, folder in
            let file = try FileManager.default.subpathsOfDirectory(atPath: folder + "/alam/state").first { $0.hasSuffix(".json") }
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/alam/state/" + (try #require(file))))
            let token = try #require((try JSONSerialization.jsonObject(with: data) as? [String: Any])?["token"] as? String)
            let elsewhere = try WireClient(port: server.port)
            try elsewhere.ask("logout session=\(token)")
            try await alam.wait(for: "signed out") { if case .signedOut = $0 { true } else { nil } }
            alam.perform(.saveDraft(try ConversationName("firman"), "sedang diketik"))
            alam.perform(.resume(try Username("alam")))
            try await alam.wait(for: "nothing to resume") { if case .signInFailed = $0 { true } else { nil } }
            alam.forget()
            try await alam.logIn("alam")
            let drafts = try await alam.wait(for: "the list") { event -> [String]? in
                if case .conversations(let states) = event, !states.isEmpty { states.map(\.draft) } else { nil }
            }
            #expect(drafts.contains("sedang diketik"), "what was being typed then")
        }
    }

    @Test("logging out and in again at once finds the cache free")
    func outAndIn() async throws {
        try await withTwo { alam, _, _, _ in
            for _ in 1...5 {
                alam.forget()
                alam.perform(.logOut)
                alam.perform(.logIn(username: "alam", password: "rahasia"))
                try await alam.live()
                #expect(!alam.events().contains { if case .notice(.cacheInUse) = $0 { true } else { false } })
            }
        }
    }

    @Test("logging in as somebody else is another person")
    func otherPerson() async throws {
        try await withTwo { alam, firman, _, _ in
            alam.forget()
            alam.perform(.logIn(username: "firman", password: "rahasia"))
            try await alam.live()
            try alam.say("aku firman", to: "alam")
            #expect(try await firman.texts(of: "alam", count: 1) == ["aku firman"])
        }
    }

    @Test("unread messages that are not all here are counted by the server")
    func countsElsewhere() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                let alam = try WireClient(port: server.port)
                let firman = try WireClient(port: server.port)
                _ = try alam.join(as: "alam")
                _ = try firman.join(as: "firman")
                // Of every three entries the last is the reader's own.
                for number in 1...300 {
                    _ = try firman.ask("send destination=alam&message=\(number)a")
                    _ = try firman.ask("send destination=alam&message=\(number)b")
                    _ = try alam.ask("send destination=firman&message=\(number)c")
                }
                let (name, device) = (try ConversationName("firman"), Face(port: server.port, root: folder))
                func unread(_ count: Int) async throws {
                    try await device.wait(for: "\(count) unread") { event -> Bool? in
                        let state: ConversationState? =
                            switch event {
                            case .changed(let state) where state.conversation == name: state
                            case .conversations(let states): states.first { $0.conversation == name }
                            default: nil
                            }
                        return state?.unread == count ? true : nil
                    }
                }
                try await device.logIn("alam")
                try await unread(600)
                // By himself, and by another device of his.
                device.perform(.markRead(name, Seq(unchecked: 90)))
                try await unread(540)
                _ = try alam.ask("read conversation=@firman&seq=180")
                try await unread(480)
                device.client.shutDown()
            }
        }
    }
}
