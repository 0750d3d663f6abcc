import ChatTesting
import Foundation
import Synchronization
import Testing

/// People who write until the server is gone, and who know what it acknowledged: every message and every seq.
///
/// Half goes into a common room, half directly to `penerima`, through whose account everything is looked at afterwards.
final class Crowd: Sendable {
    private struct Message {
        let sender: Int
        let request: String
        /// Nil while it is not known whether it is stored.
        var seq: Int?
    }

    private struct Known {
        var messages: [String: Message] = [:]
        var acknowledged = 0
        /// How far each conversation was looked at: its seq, and the time there.
        var looked: [String: (seq: Int, time: Int)] = [:]
        var found: Set<String> = []
    }

    private let tokens: [String]
    private let reader: String
    private let known = Mutex(Known())
    private let enough = DispatchSemaphore(value: 0)

    /// - Parameter port: of a server that knows none of them.
    init(_ count: Int, port: Int) throws {
        let client = try WireClient(port: port)
        reader = try client.join(as: "penerima")
        tokens = try (0..<count).map { number in
            let token = try client.join(as: "penulis\(number)")
            try client.ask("room_join session=\(token)&roomname=ramai")
            return token
        }
        try client.ask("room_join session=\(reader)&roomname=ramai")
    }

    var acknowledged: Int { known.withLock { $0.acknowledged } }

    // MARK: Writing

    /// All write at once, each one message after the other, until the server is gone.
    /// - Parameter end: called once so many messages more have been acknowledged; it sees to the server's end.
    func write(to port: Int, until count: Int, end: () -> Void) throws {
        let goal = acknowledged + count
        let writers = DispatchGroup()
        for sender in tokens.indices {
            writers.enter()
            Thread.detachNewThread { [self] in
                write(from: sender, port, goal)
                writers.leave()
            }
        }
        try #require(enough.wait(timeout: .now() + 60) == .success, "the server did not acknowledge \(count) messages")
        end()
        try #require(writers.wait(timeout: .now() + 60) == .success, "the server did not end")
    }

    private func write(from sender: Int, _ port: Int, _ goal: Int) {
        guard let client = try? WireClient(port: port) else { return }
        while true {
            let (text, request) = compose(from: sender)
            guard let reply = try? client.ask(request), let seq = reply.seq else { return }
            let isEnough = known.withLock { known in
                known.messages[text]?.seq = seq
                known.acknowledged += 1
                return known.acknowledged == goal
            }
            if isEnough { enough.signal() }
        }
    }

    private func compose(from sender: Int) -> (text: String, request: String) {
        known.withLock { known in
            let number = known.messages.count
            let text = "ack-" + String(repeating: "0", count: 7 - "\(number)".count) + "\(number)"
            let place = number.isMultiple(of: 2) ? "send destination=penerima" : "room_chat roomname=ramai"
            let request = "\(place)&message=\(text)&nonce=\(text)&id=\(text)&session=\(tokens[sender])"
            known.messages[text] = Message(sender: sender, request: request)
            return (text, request)
        }
    }

    // MARK: Looking

    /// What was acknowledged is there, once, in order and under its seq; nothing is there that nobody sent. Then whatever
    /// was not answered is sent again, and is stored once, whichever way it went before.
    func verify(at port: Int) throws {
        let client = try WireClient(port: port)
        for conversation in ["#ramai"] + tokens.indices.map({ "@penulis\($0)" }) {
            try look(at: conversation, client)
        }
        let (messages, found) = known.withLock { ($0.messages, $0.found) }
        for (text, message) in messages where message.seq != nil {
            #expect(found.contains(text), "\(text) was acknowledged and is not there")
        }
        for (text, message) in messages.sorted(by: { $0.key < $1.key }) where message.seq == nil {
            let reply = try client.ask(message.request)
            #expect(reply.status == "OK", "\(reply)")
            #expect((reply["duplicate"] as? Bool ?? false) == found.contains(text), "\(text): \(reply)")
            known.withLock { $0.messages[text]?.seq = reply.seq }
        }
    }

    /// Looks at what came since the last look.
    private func look(at conversation: String, _ client: WireClient) throws {
        let name = conversation.replacingOccurrences(of: "#", with: "%23")
        while true {
            let after = known.withLock { $0.looked[conversation]?.seq ?? 0 }
            let page = try client.ask("history session=\(reader)&conversation=\(name)&after=\(after)&limit=500")
            if page.code == "no-such-conversation" { return }
            try #require(page.status == "OK", "\(page)")
            for entry in page.list("entries") { try take(entry, of: conversation) }
            if page["more"] as? Bool != true { return }
        }
    }

    private func take(_ entry: [String: Any], of conversation: String) throws {
        let seq = try #require(entry.seq)
        let time = try #require(entry["time"] as? Int)
        try known.withLock { known in
            // The reader joined the room last: what came before is not for it to see.
            let last = known.looked[conversation] ?? (conversation == "#ramai" ? seq - 1 : 0, 0)
            #expect(seq == last.seq + 1, "\(conversation) has a gap before \(seq)")
            #expect(time >= last.time, "time runs backwards in \(conversation) at \(seq)")
            known.looked[conversation] = (seq, time)
            guard entry.text("kind") ?? "message" == "message" else { return }
            let text = try #require(entry.text("msg"))
            #expect(known.found.insert(text).inserted, "\(text) is there twice")
            let message = try #require(known.messages[text], "\(text) was made up")
            #expect(entry.text("from") == "penulis\(message.sender)")
            if let acknowledged = message.seq { #expect(acknowledged == seq, "\(text) was acknowledged as \(acknowledged)") }
        }
    }
}
