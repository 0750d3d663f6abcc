import ChatProtocol
public import ChatStore
import FoundationEssentials
public import Testing

/// What any store must do. A store passes if every check passes against a fresh one.
public struct StoreConformance: Sendable {
    public struct Check: Sendable, CustomTestStringConvertible {
        let name: String
        let body: @Sendable (any Store) throws -> Void
        public var testDescription: String { name }
    }

    /// One check against a store that `open` has made.
    public static func run(_ check: Check, on store: any Store) throws { try check.body(store) }

    public static let checks: [Check] = [
        Check(name: "accounts are made once") { store in
            let alam = try store.newUser("alam")
            #expect(alam.username.text == "alam")
            #expect(throws: ProtocolError.self) { try store.newUser("ALAM") }
            #expect(try store.credentials(Username("Alam"))?.passwordHash == "hash of alam")
            #expect(try store.credentials(Username("nobody")) == nil)
        },
        Check(name: "a session lives from its commit to its end") { store in
            let caller = try store.newCaller("alam")
            #expect(store.session(store.token("alam"))?.user == caller.user)
            _ = try store.one(.endSession(caller))
            #expect(store.session(store.token("alam")) == nil)
            #expect(store.refusal(of: .endSession(caller)) == .sessionInvalid)
            #expect(store.refusal(of: try store.message(from: caller, to: "alam", "x")) == .sessionInvalid)
        },
        Check(name: "a change behind the end of its session in one batch is refused") { store in
            let caller = try store.newCaller("alam")
            let message = try store.message(from: caller, to: "alam", "x")
            let results = try store.commit([message, .endSession(caller), message])
            #expect(results.map(\.refusal) == [nil, nil, .sessionInvalid])
        },
        Check(name: "seqs of a conversation have no gaps, whatever is refused between") { store in
            let alam = try store.newCaller("alam")
            _ = try store.newUser("firman")
            let results = try store.commit([
                store.message(from: alam, to: "firman", "1"), store.message(from: alam, to: "nobody", "x"),
                store.message(from: alam, to: "firman", "2"), store.message(from: alam, to: "#nowhere", "x"),
                store.message(from: alam, to: "firman", "3"),
            ])
            #expect(results.map(\.refusal) == [nil, .noSuchUser, nil, .noSuchRoom, nil])
            #expect(try store.texts("firman", of: alam) == ["1", "2", "3"])
            #expect(results.compactMap(\.posted).map(\.entry.seq.value) == [1, 2, 3])
        },
        Check(name: "both sides of a direct conversation see the same log, each under the other's name") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            let first = try store.one(store.message(from: alam, to: "firman", "a"))
            #expect(first.posted.map { Set($0.audience.users) } == [alam.user.id, firman.user.id])
            _ = try store.one(store.message(from: firman, to: "alam", "b"))
            #expect(try store.texts("alam", of: firman) == ["a", "b"])
            #expect(
                try store.conversations(of: firman.user, next: nil).conversations.map(\.conversation.description) == ["@alam"])
        },
        Check(name: "a notebook has one reader and is never unread") { store in
            let alam = try store.newCaller("alam")
            let posted = try store.one(store.message(from: alam, to: "alam", "catatan")).posted
            #expect(posted?.audience.users == [alam.user.id])
            #expect(try store.conversations(of: alam.user, next: nil).conversations.first?.unread == 0)
        },
        Check(name: "a retry with its nonce finds what was stored, even in one batch; other content is a conflict") { store in
            let alam = try store.newCaller("alam")
            _ = try store.newUser("firman")
            let message = try store.message(from: alam, to: "firman", "a", nonce: "n")
            let results = try store.commit([message, message, store.message(from: alam, to: "firman", "b", nonce: "n")])
            #expect(results.compactMap(\.posted).map(\.duplicate) == [false, true])
            #expect(results.compactMap(\.posted).map(\.entry.seq.value) == [1, 1])
            #expect(results[2].refusal == .conflict)
            #expect(try store.one(message).posted?.duplicate == true)
        },
        Check(name: "a retry is answered before rights are judged") { store in
            let alam = try store.newCaller("alam")
            _ = try store.one(.join(RoomName("foo"), alam))
            let message = try store.message(from: alam, to: "#foo", "a", nonce: "n")
            _ = try store.one(message)
            _ = try store.one(.leave(RoomName("foo"), alam))
            #expect(try store.one(message).posted?.duplicate == true)
            #expect(store.refusal(of: try store.message(from: alam, to: "#foo", "b")) == .forbidden)
        },
        Check(name: "the audience of an entry is who was in the room at its place in the queue") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            let room = try RoomName("foo")
            let results = try store.commit([
                .join(room, alam), store.message(from: alam, to: "#foo", "1"), .join(room, firman),
                store.message(from: alam, to: "#foo", "2"), .leave(room, firman), store.message(from: alam, to: "#foo", "3"),
            ])
            let audiences = [1, 3, 5].map { Set(results[$0].posted?.audience.users ?? []) }
            #expect(audiences == [[alam.user.id], [alam.user.id, firman.user.id], [alam.user.id]])
        },
        Check(name: "pages of history join without gap or double, in either direction") { store in
            let alam = try store.newCaller("alam")
            _ = try store.commit((1...57).map { try store.message(from: alam, to: "alam", "\($0)") })
            let name = try ConversationName("alam")
            var forward: [String] = []
            var position = Seq.zero
            while true {
                let page = try store.history(
                    History(conversation: name, anchor: .after(position, at: nil), limit: 10), for: alam.user)
                forward += page.entries.map(\.text)
                position = page.upto
                if !page.more { break }
            }
            #expect(forward == (1...57).map(String.init))
            var backward: [String] = []
            var end = Seq.maximum
            while true {
                let page = try store.history(History(conversation: name, anchor: .before(end), limit: 10), for: alam.user)
                backward = page.entries.map(\.text) + backward
                end = page.entries.first?.seq ?? .zero
                if !page.more { break }
            }
            #expect(backward == forward)
            let around = try store.history(
                History(conversation: name, anchor: .around(Seq(unchecked: 30)), limit: 10), for: alam.user)
            #expect(around.entries.map(\.text) == (25...34).map(String.init))
        },
        Check(name: "any page of a long log is found, whatever was said elsewhere between its entries") { store in
            let alam = try store.newCaller("alam")
            _ = try store.newUser("firman")
            for start in stride(from: 1, through: 400, by: 8) {
                _ = try store.commit(
                    (start..<start + 8).flatMap { number in
                        try [
                            store.message(from: alam, to: "alam", "\(number)"),
                            store.message(from: alam, to: "firman", "x\(number)"),
                        ]
                    })
            }
            let name = try ConversationName("alam")
            func page(_ anchor: History.Anchor) throws -> [Int] {
                try store.history(History(conversation: name, anchor: anchor, limit: 7), for: alam.user).entries
                    .compactMap { Int($0.text) }
            }
            for seq in [1, 2, 8, 63, 64, 65, 127, 128, 129, 200, 255, 256, 257, 392, 399, 400] as [Int64] {
                let place = Seq(unchecked: seq)
                #expect(try page(.before(place)) == Array(max(1, Int(seq) - 7)..<Int(seq)))
                #expect(try page(.after(place, at: nil)) == Array((Int(seq) + 1)..<401).prefix(7).map { $0 })
                #expect(try page(.around(place)).contains(Int(seq)))
            }
            #expect(try page(.before(.maximum)) == Array(394...400))
        },
        Check(name: "one who left a room sees what was said until then, and all of it after coming back") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            let room = try RoomName("foo")
            _ = try store.commit([.join(room, alam), .join(room, firman), store.message(from: alam, to: "#foo", "1")])
            _ = try store.commit([.leave(room, firman), store.message(from: alam, to: "#foo", "2")])
            #expect(try store.texts("#foo", of: firman).filter { !$0.isEmpty } == ["1"])
            #expect(try store.conversations(of: firman.user, next: nil).conversations.first?.lastSeq == Seq(unchecked: 4))
            _ = try store.one(.join(room, firman))
            #expect(try store.texts("#foo", of: firman).filter { !$0.isEmpty } == ["1", "2"])
        },
        Check(name: "read positions move forward only, and never past the end") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            _ = try store.commit((1...5).map { try store.message(from: alam, to: "firman", "\($0)") })
            let name = try ConversationName("alam")
            func read(_ seq: Int64) throws -> [ReadPosition] {
                guard
                    case .read(let moved) = try store.one(
                        .read([ReadPosition(conversation: name, seq: Seq(unchecked: seq))], firman))
                else { return [] }
                return moved
            }
            #expect(try read(3).map(\.seq.value) == [3])
            #expect(try read(2).isEmpty)
            #expect(try store.conversations(of: firman.user, next: nil).conversations.first?.unread == 2)
            #expect(try read(99).map(\.seq.value) == [5])
            #expect(try store.inbox(of: firman.user).reply.senders.isEmpty)
        },
        Check(name: "a list of conversations that is long goes on, and names each once") { store in
            let alam = try store.newCaller("alam")
            let text = String(repeating: "x", count: 16_000)
            let rooms = try (1...150).map { try RoomName("room\($0)") }
            for room in rooms {
                _ = try store.commit([.join(room, alam), store.message(from: alam, to: room.description, text)])
            }
            var names: [String] = []
            var next: String?
            var pages = 0
            repeat {
                let page = try store.conversations(of: alam.user, next: next)
                names += page.conversations.map(\.conversation.description)
                next = page.next
                pages += 1
            } while next != nil && pages < 10
            #expect(names == rooms.map(\.description))
            #expect(pages == 3)
            #expect(throws: ProtocolError.self) { try store.conversations(of: alam.user, next: "x") }
        },
        Check(name: "read positions of which one is refused stay where they were") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            _ = try store.one(store.message(from: firman, to: "alam", "halo"))
            let known = ReadPosition(conversation: .direct(firman.user.username), seq: Seq(unchecked: 1))
            let unknown = ReadPosition(conversation: .direct(try Username("alam")), seq: Seq(unchecked: 1))
            #expect(throws: ProtocolError.self) { try store.one(.read([known, unknown], alam)) }
            #expect(try store.conversations(of: alam.user, next: nil).conversations.first?.unread == 1)
        },
        Check(name: "what somebody wrote himself keeps nobody waiting who counts what is unread") { store in
            let alam = try store.newCaller("alam")
            let firman = try store.newCaller("firman")
            let all = Limits.unreadDepth + 1000
            _ = try store.one(store.message(from: firman, to: "alam", "first"))
            for _ in 0..<all / 1000 {
                _ = try store.commit((1...1000).map { try store.message(from: alam, to: "firman", "\($0)") })
            }
            _ = try store.one(store.message(from: firman, to: "alam", "last"))
            #expect(try store.conversations(of: alam.user, next: nil).conversations.first?.unread == 1)
            // The inbox goes on where the one before ended.
            var texts: [String] = []
            var more = true
            while more {
                let inbox = try store.inbox(of: alam.user)
                texts += inbox.reply.senders.flatMap(\.messages).map(\.text)
                more = inbox.reply.more
                _ = try store.one(.read(inbox.positions, alam))
            }
            #expect(texts == ["first", "last"])
            #expect(try store.inbox(of: alam.user).positions.isEmpty)
        },
        Check(name: "batches of any size are stored row by row as they came, retries and refusals among them") { store in
            for seed in 1...8 as ClosedRange<UInt64> {
                var batches = try RandomBatches(store, seed: seed)
                try batches.run()
            }
        },
        Check(name: "a second open sees what the first commit stored, in full") { store in
            let alam = try store.newCaller("alam")
            _ = try store.one(store.message(from: alam, to: "alam", "tab\tbaris\nbaru 世界 👩‍👩‍👧"))
            #expect(try store.texts("alam", of: alam) == ["tab\tbaris\nbaru 世界 👩‍👩‍👧"])
        },
    ]
}

/// Short ways to say what the checks do.
extension Store {
    func token(_ name: String) -> TokenHash {
        TokenHash(bytes: Array((name + String(repeating: "-", count: 32)).utf8.prefix(32)))
    }

    func one(_ change: Change) throws -> Outcome {
        try #require(try commit([change]).first).get()
    }

    func refusal(of change: Change) -> ErrorCode? {
        do { return try commit([change]).first?.refusal } catch { return nil }
    }

    @discardableResult
    func newUser(_ name: String) throws -> User {
        let new = NewUser(
            username: try Username(name), name: try DisplayName(name.capitalized), nationality: "",
            passwordHash: "hash of \(name)")
        guard case .registered(let user) = try one(.register(new)) else { throw TestFailure("not registered") }
        return user
    }

    func newCaller(_ name: String) throws -> Caller {
        let user = try newUser(name)
        guard case .sessionOpened(let session) = try one(.openSession(NewSession(user: user, token: token(name), device: "")))
        else {
            throw TestFailure("no session")
        }
        return Caller(user: user, session: session.id)
    }

    func message(from caller: Caller, to target: String, _ text: String, nonce: String? = nil) throws -> Change {
        .post(
            Post(
                caller: caller, target: .conversation(try ConversationName(target)), text: try MessageText(text),
                nonce: try nonce.map { text throws(ProtocolError) in try Nonce(text) }))
    }

    func texts(_ name: String, of caller: Caller) throws -> [String] {
        let request = History(conversation: try ConversationName(name), anchor: .before(.maximum), limit: 500)
        return try history(request, for: caller.user).entries.map(\.text)
    }
}

extension Result where Success == Outcome, Failure == ProtocolError {
    var refusal: ErrorCode? { if case .failure(let error) = self { error.code } else { nil } }
    var posted: Posted? { if case .success(let outcome) = self { outcome.posted } else { nil } }
}

extension Outcome {
    var posted: Posted? { if case .posted(let posted) = self { posted } else { nil } }
}
