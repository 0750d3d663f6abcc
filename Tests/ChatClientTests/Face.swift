import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Synchronization

/// A face without a screen: it hears what a client says and can wait for it.
final class Face: Sendable {
    let client: Client
    private let mailbox: Mailbox
    private let heard = Mutex<[ClientEvent]>([])
    /// The mailbox was empty and is not any more. One that nobody waited for stays.
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameter root: of an earlier face, to come back as the same person.
    convenience init(port: Int, root: String) {
        self.init(ServerAddress(host: "127.0.0.1", port: port), root: root)
    }

    init(_ server: ServerAddress, root: String) {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (self.wakes, self.wake) = (wakes, wake)
        mailbox = Mailbox { wake.yield() }
        client = Client(server: server, mailbox: mailbox, paths: ClientPaths(root: root))
    }

    func perform(_ intent: Intent) { client.perform(intent) }

    /// The first event that fits, among those not asked for so far; what came before it stays to be asked for.
    @discardableResult
    func wait<Value>(
        for what: String, within seconds: Double = 20, _ pick: (ClientEvent) throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(seconds)
        let alarm = Task { [wake] in
            try await Task.sleep(for: .seconds(seconds))
            wake.yield()
        }
        defer { alarm.cancel() }
        var wakes = wakes.makeAsyncIterator()
        while true {
            let found: Value? = try heard.withLock { heard in
                heard += mailbox.drain()
                for (place, event) in heard.enumerated() {
                    if let value = try pick(event) {
                        heard.remove(at: place)
                        return value
                    }
                }
                return nil
            }
            if let found { return found }
            guard ContinuousClock.now < deadline else {
                throw TestFailure("Never heard: \(what). Heard: \(heard.withLock { $0.map { "\($0)".prefix(300) } })")
            }
            _ = await wakes.next()
        }
    }

    /// Everything heard so far.
    func events() -> [ClientEvent] {
        heard.withLock { heard in
            heard += mailbox.drain()
            return heard
        }
    }

    func forget() {
        heard.withLock { heard in
            heard = []; _ = mailbox.drain()
        }
    }

    // MARK: Usual steps

    /// Registers, and waits until everything is known.
    func register(_ username: String, name: String? = nil) async throws {
        perform(
            .register(
                Register(
                    username: try Username(username), password: "rahasia", name: try DisplayName(name ?? username.capitalized),
                    nationality: "Indonesia")))
        try await live()
    }

    func logIn(_ username: String) async throws {
        perform(.logIn(username: username, password: "rahasia"))
        try await live()
    }

    func live() async throws {
        try await wait(for: "caught up") { if case .catchingUp(false) = $0 { true } else { nil } }
    }

    func say(_ text: String, to conversation: String) throws {
        perform(.compose(try ConversationName(conversation), try MessageText(text), ref: nil))
    }

    /// What the newest page of a conversation says, once it says as much as expected.
    func texts(of conversation: String, count: Int) async throws -> [String] {
        let name = try ConversationName(conversation)
        while true {
            perform(.load(name, around: .before(.maximum), limit: 500))
            let page = try await wait(for: "a page of \(conversation)") { event -> ConversationPage? in
                if case .page(let page) = event, page.conversation == name { page } else { nil }
            }
            let texts = page.entries.filter { $0.kind == .message }.map(\.text)
            if texts.count >= count { return texts }
            try await wait(for: "message \(texts.count + 1) of \(count) in \(conversation)") { event in
                switch event {
                case .changed(let state) where state.conversation == name: true
                case .page(let page) where page.conversation == name: true
                default: nil
                }
            }
        }
    }
}

/// A folder for a test, gone with it.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try TemporaryFolder.make("obrol-client")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
