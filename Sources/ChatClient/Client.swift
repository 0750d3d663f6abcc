public import ChatProtocol
public import Logging

/// A client of one server: a background thread that connects, signs in, catches up and stays connected.
///
/// It connects at once and says hello; who signs in is said by an `Intent`. Handing over an intent never waits; what
/// comes of it is posted to the mailbox. All methods may be called from any thread.
public final class Client: Sendable {
    public let server: ServerAddress
    public let paths: ClientPaths

    /// - Parameter mailbox: hears everything; the client holds it as long as it lives.
    public init(server: ServerAddress, mailbox: Mailbox, paths: ClientPaths = ClientPaths(), logger: Logger) {
        self.server = server
        self.paths = paths
    }

    /// Opens the cache of an account and reads what a first screen needs. Blocks for a disk read: the one thing a face
    /// may wait for, before it draws for the first time.
    ///
    /// Signing in to that account afterwards goes on with the cache that was opened here.
    public func openCache(of username: Username) -> ClientSnapshot {
        ClientSnapshot()
    }

    /// Does what a person wants, or remembers to as soon as it can.
    public func perform(_ intent: Intent) {
    }

    /// As `Intent.compose`, for a face that waits for the `ClientEvent.sent` of just this message.
    public func compose(_ text: MessageText, to conversation: ConversationName, ref: Seq? = nil) -> OutboxItem.ID {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
    }

    /// Ends everything: what is handed over so far is written to the cache, connections close, the thread ends. Blocks
    /// until then, for as long as disk writes take. Nothing may be performed afterwards.
    public func shutDown() {
    }
}
