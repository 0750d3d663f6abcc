import ChatProtocol
import ChatTesting
import Foundation
import Synchronization
import Testing

/// What 50 senders know when the server is killed under them.
private final class Witness: Sendable {
    struct Acknowledged: Hashable {
        let sender: Int
        let text: String
        let seq: Int
    }

    private struct Known {
        var sent: Set<String> = []
        var acknowledged: [Acknowledged] = []
    }

    private let known = Mutex(Known())
    private let enough: Int
    let reached = DispatchSemaphore(value: 0)

    /// - Parameter enough: acknowledgements after which `reached` is signalled.
    init(enough: Int) { self.enough = enough }

    func sending(_ text: String) { _ = known.withLock { $0.sent.insert(text) } }

    func acknowledged(_ answer: Acknowledged) {
        let count = known.withLock { known in
            known.acknowledged.append(answer)
            return known.acknowledged.count
        }
        if count == enough { reached.signal() }
    }

    var sent: Set<String> { known.withLock { $0.sent } }
    var all: [Acknowledged] { known.withLock { $0.acknowledged } }
}

@Suite("kill -9 amid 50 senders", .serialized)
struct KillTests {
    static let senders = 50

    @Test("keeps every acknowledged message, once, in order, and makes up none", arguments: [11, 222, 3333] as [UInt64])
    func keepsWhatWasAcknowledged(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let directory = try TemporaryFolder.make("obrol-kill")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var server = try ServerProcess(dataDirectory: directory)
        let tokens = try accounts(server.port)

        for round in 0..<3 {
            let witness = Witness(enough: Int.random(in: 200...2000, using: &random))
            let group = DispatchGroup()
            for sender in 0..<Self.senders {
                let port = server.port
                Thread.detach(in: group) { Self.send(from: sender, round: round, token: tokens[sender], port: port, witness) }
            }
            try #require(witness.reached.wait(timeout: .now() + 60) == .success)
            server.kill()
            group.wait()

            server = try ServerProcess(dataDirectory: directory)
            try verify(witness, round: round, tokens: tokens, port: server.port)
        }
        #expect(server.terminate() == 0)
    }

    private func accounts(_ port: Int) throws -> [String] {
        let client = try WireClient(port: port)
        return try (0..<Self.senders).map { try client.join(as: "sender\($0)") }
    }

    /// Sends one after the other, half into a conversation and half into a common room, until the server is gone.
    private static func send(from sender: Int, round: Int, token: String, port: Int, _ witness: Witness) {
        guard let client = try? WireClient(port: port), (try? client.ask("room_join session=\(token)&roomname=ramai")) != nil
        else { return }
        for number in 0... {
            let text = "r\(round)-s\(sender)-\(number)"
            witness.sending(text)
            let request =
                number.isMultiple(of: 2)
                ? "send destination=sender0&message=\(text)&nonce=\(text)"
                : "room_chat roomname=ramai&message=\(text)&nonce=\(text)"
            guard let reply = try? client.ask(request), let seq = reply.seq else { return }
            witness.acknowledged(.init(sender: sender, text: text, seq: seq))
        }
    }

    private func verify(_ witness: Witness, round: Int, tokens: [String], port: Int) throws {
        let acknowledged = Dictionary(grouping: witness.all, by: \.sender)
        let room = try history("#ramai", token: tokens[0], port: port)
        try verifyOrder(room, in: "#ramai")
        for sender in 0..<Self.senders {
            let direct = try history("@sender0", token: tokens[sender], port: port)
            try verifyOrder(direct, in: "@sender0 of \(sender)")
            let stored = (direct + room).filter {
                $0.text("from") == "sender\(sender)" && $0.text("msg")?.hasPrefix("r\(round)-") == true
            }
            let texts = stored.compactMap { $0.text("msg") }
            #expect(Set(texts).count == texts.count, "something is stored twice")
            #expect(Set(texts).isSubset(of: witness.sent), "something is stored that nobody sent")
            let seqs = Dictionary(uniqueKeysWithValues: zip(texts, stored.compactMap(\.seq)))
            for answer in acknowledged[sender] ?? [] {
                #expect(seqs[answer.text] == answer.seq, "\(answer) was acknowledged and is not there")
            }
            try retryLast(of: sender, texts: Set(texts), witness, token: tokens[sender], port: port)
        }
    }

    /// What was sent and not answered is sent again with its nonce: it is stored once, whichever way it went before.
    private func retryLast(of sender: Int, texts: Set<String>, _ witness: Witness, token: String, port: Int) throws {
        let answered = Set(witness.all.map(\.text))
        let open = witness.sent.filter { $0.contains("-s\(sender)-") && !answered.contains($0) }
        let client = try WireClient(port: port)
        for text in open {
            let toRoom = (Int(text.split(separator: "-").last ?? "") ?? 0) % 2 == 1
            let request =
                toRoom
                ? "room_chat roomname=ramai&message=\(text)&nonce=\(text)"
                : "send destination=sender0&message=\(text)&nonce=\(text)"
            let reply = try client.ask(request + "&session=\(token)")
            #expect(reply.status == "OK", "\(reply)")
            #expect((reply["duplicate"] as? Bool ?? false) == texts.contains(text))
        }
    }

    private func history(_ conversation: String, token: String, port: Int) throws -> [[String: Any]] {
        let client = try WireClient(port: port)
        var entries: [[String: Any]] = []
        var after = 0
        while true {
            let name = conversation.replacingOccurrences(of: "#", with: "%23")
            let page = try client.ask("history session=\(token)&conversation=\(name)&after=\(after)&limit=500")
            if page.code == "no-such-conversation" { return [] }
            try #require(page.status == "OK", "\(page)")
            entries += page.list("entries")
            after = page["upto"] as? Int ?? 0
            if page["more"] as? Bool != true { return entries }
        }
    }

    private func verifyOrder(_ entries: [[String: Any]], in conversation: String) throws {
        let seqs = entries.compactMap(\.seq)
        #expect(seqs == Array(1...max(1, seqs.count)).prefix(seqs.count).map { $0 }, "\(conversation) has gaps")
    }
}

extension Thread {
    /// Runs blocking work on a thread of its own that the group waits for.
    fileprivate static func detach(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        detachNewThread {
            body()
            group.leave()
        }
    }
}
