public import ChatProtocol
import Dispatch
public import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A client of one server: a background thread that connects, signs in, catches up and stays connected.
///
/// It connects at once and says hello; who signs in is said by an `Intent`. Handing over an intent never waits; what
/// comes of it is posted to the mailbox. All methods may be called from any thread.
public final class Client: Sendable {
    public let server: ServerAddress
    public let paths: ClientPaths

    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let shelf: CacheShelf
    /// Lives on the loop; nil before it began and after the end.
    private let session: NIOLoopBoundBox<Session?>

    /// - Parameter mailbox: hears everything; the client holds it as long as it lives.
    public init(
        server: ServerAddress, mailbox: Mailbox, paths: ClientPaths = ClientPaths(), logger: Logger = Client.silence
    ) {
        self.server = server
        self.paths = paths
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let shelf = CacheShelf(server: server, paths: paths)
        let box = NIOLoopBoundBox.makeEmptyBox(valueType: Session.self, eventLoop: loop)
        self.loop = loop
        self.shelf = shelf
        session = box
        loop.execute {
            let session = Session(
                server: server, loop: loop, shelf: shelf, paths: paths, mailbox: mailbox, logger: logger)
            box.value = session
            session.connect()
        }
    }

    /// A logger for whoever keeps no log.
    public static let silence = Logger(label: "obrol.client") { _ in SwiftLogNoOpLogHandler() }

    /// Opens the cache of an account and reads what a first screen needs. Blocks for a disk read: the one thing a face
    /// may wait for, before it draws for the first time.
    ///
    /// Signing in to that account afterwards goes on with the cache that was opened here.
    public func openCache(of username: Username) -> ClientSnapshot {
        let known = SessionStore(paths: paths).session(server, username)
        var account = known?.account
        account?.server = server
        do {
            let cache = try shelf.cache(of: username)
            var snapshot = try cache.wait { try $0.snapshot(account: account) }
            snapshot.cacheInUse = cache.handicap == .inUse
            return snapshot
        } catch {
            // Signing in meets the same trouble, and tells of it.
            return ClientSnapshot(account: account)
        }
    }

    /// Does what a person wants, or remembers to as soon as it can.
    public func perform(_ intent: Intent) {
        onLoop { $0.perform(intent) }
    }

    /// As `Intent.compose`, for a face that waits for the `ClientEvent.sent` of just this message.
    public func compose(_ text: MessageText, to conversation: ConversationName, ref: Seq? = nil) -> OutboxItem.ID {
        var generator = SystemRandomNumberGenerator()
        let id = Nonce(using: &generator)
        onLoop { $0.compose(id: id, conversation, text, ref: ref) }
        return id
    }

    /// Takes back a message that `compose` handed over, unless the server may have it. Blocks until the network thread has
    /// looked, which asks nobody.
    public func takeBack(_ id: OutboxItem.ID) -> Withdrawal {
        waiting(orElse: .kept) { session, answer in answer(session.takeBack(id)) }
    }

    /// Ends everything: what is handed over so far is written to the cache, connections close, the thread ends. Blocks
    /// until then, for as long as the cache takes, and a second at most for the disks of transfers and another for the
    /// server's last answers. Not to be called twice, nor from the mailbox's wake.
    public func shutDown() {
        waiting(orElse: ()) { session, done in session.shutDown { done(()) } }
        shelf.close()
        let (box, group) = (session, group)
        let isIdle = waiting(orElse: true) { session, done in
            let dialer = session.dialer
            box.value = nil
            done(dialer.isIdle)
            // A name that is still being looked up is not waited for: the thread ends when that has.
            if !dialer.isIdle { dialer.whenIdle { group.shutdownGracefully { _ in } } }
        }
        if isIdle { try? group.syncShutdownGracefully() }
    }

    /// Blocks until the work on the loop has given its answer. Not by a future: whoever waits for one needs the loop once
    /// more, and it may have ended by then.
    private func waiting<Answer: Sendable>(
        orElse absent: Answer, for work: @escaping @Sendable (Session, @escaping (Answer) -> Void) -> Void
    ) -> Answer {
        let box = session
        let answered = DispatchSemaphore(value: 0)
        let answer = Mutex(absent)
        loop.execute {
            let reply = { (given: Answer) in
                answer.withLock { $0 = given }
                answered.signal()
            }
            if let session = box.value { work(session, reply) } else { reply(absent) }
        }
        answered.wait()
        return answer.withLock { $0 }
    }

    private func onLoop(_ work: @escaping @Sendable (Session) -> Void) {
        let box = session
        loop.execute { if let session = box.value { work(session) } }
    }
}
