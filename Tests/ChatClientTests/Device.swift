import ChatClient
import ChatProtocol
import ChatTesting
import Foundation

/// One device of a person: a client that comes and goes, behind a line that breaks.
final class Device {
    let username: String
    private let root: String
    private let relay: Relay
    private(set) var face: Face

    /// - Parameter isNew: registers the account.
    init(_ username: String, server: Int, root: String, isNew: Bool) async throws {
        (self.username, self.root) = (username, root)
        relay = try await Relay(to: server)
        face = Face(port: relay.port, root: root)
        if isNew { try await face.register(username) } else { try await face.logIn(username) }
    }

    // MARK: Breaking

    func cutLine() { relay.cut() }

    /// The program ends, and begins again with what is on disk.
    func restart() throws {
        face.client.shutDown()
        face = Face(port: relay.port, root: root)
        face.perform(.resume(try Username(username)))
    }

    func end() async throws {
        face.client.shutDown()
        try await relay.close()
    }

    // MARK: What it knows

    /// The conversations as everything heard so far makes them.
    var conversations: [ConversationName: Standing] {
        var known: [ConversationName: Standing] = [:]
        for event in face.events() {
            switch event {
            case .conversations(let states): known = Self.standings(states)
            case .changed(let state): known[state.conversation] = Standing(state)
            default: break
            }
        }
        return known.filter { $0.value.lastSeq > 0 || $0.value.joined }
    }

    /// The conversations that the disk holds, read by a program that only just began.
    func conversationsOnDisk() throws -> [ConversationName: Standing] {
        Self.standings(face.client.openCache(of: try Username(username)).conversations)
    }

    /// Nothing waits any more; what was refused stays for its author to see.
    var hasSentAll: Bool {
        get throws {
            face.client.openCache(of: try Username(username)).outbox.allSatisfy {
                if case .failed = $0.state { true } else { false }
            }
        }
    }

    static func standings(_ states: [ConversationState]) -> [ConversationName: Standing] {
        Dictionary(states.map { ($0.conversation, Standing($0)) }) { $1 }
    }

    /// All entries of a conversation as it would show them.
    func entries(of conversation: ConversationName, like expected: [String]? = nil) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(20)
        var entries: [String] = []
        repeat {
            face.perform(.load(conversation, around: .before(.maximum), limit: 500))
            let page = try await face.wait(for: "a page of \(conversation)") { event -> ConversationPage? in
                if case .page(let page) = event, page.conversation == conversation { page } else { nil }
            }
            entries = page.entries.map { "\($0.seq.value) \($0.author) \($0.kind) \($0.text) \($0.time.milliseconds)" }
            if expected.map({ $0 == entries }) ?? !page.moreBefore { return entries }
        } while ContinuousClock.now < deadline
        return entries
    }
}

/// What two devices must agree on.
struct Standing: Hashable, CustomStringConvertible {
    let lastSeq, readSeq: Int64
    let unread, mentions: Int
    let joined: Bool
    let title: String
    let last: Int64?

    init(_ state: ConversationState) {
        (lastSeq, readSeq) = (state.lastSeq.value, state.readSeq.value)
        (unread, mentions, joined, title) = (state.unread, state.mentions, state.joined, state.title)
        last = state.last?.seq.value
    }

    var description: String {
        "\(title): last \(lastSeq) (\(last.map(String.init) ?? "-")), read \(readSeq), unread \(unread), @\(mentions), \(joined)"
    }
}
