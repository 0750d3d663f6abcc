import ChatProtocol
import Logging
import NIOCore

/// The client's side of everything: connect, say hello, sign in, catch up, stay live, and begin anew when the line breaks.
///
/// Lives on the event loop: every method is called there, and nothing here waits. Each thing that it looks after has a
/// file of its own, `Session+….swift`.
final class Session {
    enum Phase: Hashable {
        /// Not connected; an attempt is scheduled.
        case waiting
        case connecting
        case greeting
        /// Connected, and nobody is signed in.
        case ready
        /// The server closed a connection on which nobody signed in. The next sign-in opens another.
        case dormant
        case authenticating
        /// Subscribed, and learning what happened meanwhile.
        case catchingUp
        case live
        /// Shut down.
        case over
    }

    /// Who is to be signed in as soon as there is a connection.
    enum Credentials {
        case password(username: String, password: String)
        /// `mayExist` after a broken line: the account may have been made by the attempt before.
        case registration(Register, mayExist: Bool)
    }

    let server: ServerAddress
    let loop: any EventLoop
    let shelf: CacheShelf
    /// Where caches are opened.
    let opening = SerialWork()
    let store: SessionStore
    let dialer: Dialer
    let transfers: Transfers
    let logger: Logger
    private let mailbox: Mailbox

    var phase = Phase.waiting
    var connection: ServerConnection?
    var attempt: Scheduled<Void>?
    var backoff = Backoff()
    /// When a restarting server wants to be tried again.
    var announcedDelay: Duration?

    /// Of the store of the server that is, or was last, at the other end.
    var epoch: String?
    var credentials: Credentials?
    var active: ActiveAccount?
    /// Whose session has ended, until somebody signs in.
    var former: Username?
    /// While the cache of an account is being opened: what is asked for meanwhile waits.
    var isActivating = false
    /// Waits until it is open.
    var whenActivated: (() -> Void)?
    private var early: [Intent] = []

    init(server: ServerAddress, loop: any EventLoop, shelf: CacheShelf, paths: ClientPaths, mailbox: Mailbox, logger: Logger) {
        self.server = server
        self.loop = loop
        self.shelf = shelf
        self.mailbox = mailbox
        self.logger = logger
        store = SessionStore(paths: paths)
        dialer = Dialer(server: server, loop: loop)
        transfers = Transfers(dialer: dialer, folder: paths.downloads) { mailbox.post(.transfer($0)) }
    }

    func post(_ event: ClientEvent) { mailbox.post(event) }

    /// Whether requests of the signed-in account can be made now.
    var isBound: Bool { phase == .catchingUp || phase == .live }

    // MARK: Intents

    func perform(_ intent: Intent) {
        guard phase != .over else { return }
        switch intent {
        case .logIn(let username, let password): signIn(.password(username: username, password: password))
        case .register(let registration): signIn(.registration(registration, mayExist: false))
        case .resume(let username): resume(username)
        case .reconnectNow: reconnectNow()
        default:
            if isActivating { return early.append(intent) }
            guard let active else { return refuse(intent) }
            perform(intent, for: active)
        }
    }

    /// What was asked for while the cache was being opened.
    func performEarly() {
        let waiting = early
        early = []
        for intent in waiting { perform(intent) }
    }

    private func perform(_ intent: Intent, for active: ActiveAccount) {
        switch intent {
        case .logIn, .register, .resume, .reconnectNow: break
        case .logOut: logOut(active)
        case .compose(let conversation, let text, let ref):
            var generator = SystemRandomNumberGenerator()
            compose(active, id: Nonce(using: &generator), conversation, text, ref: ref)
        case .retry(let id): retry(active, id)
        case .discard(let id): discard(active, id)
        case .markRead(let conversation, let seq): markRead(active, conversation, through: seq)
        case .load(let conversation, let anchor, let limit): load(active, conversation, anchor, limit: limit)
        case .saveDraft(let conversation, let text): saveDraft(active, conversation, text)
        case .find(let text, let conversation, let place, let limit):
            find(active, text, in: conversation, before: place, limit: limit)
        case .listPeople: listPeople(active)
        case .listRooms: listRooms()
        case .listMembers(let room): listMembers(room)
        case .join(let room): join(active, room)
        case .leave(let room): leave(active, room)
        case .upload(let path, let conversation, let id): transfers.upload(id, path: path, to: conversation)
        case .download(let file, let id): transfers.download(id, file)
        case .downloadNewest(let label, let conversation, let id): downloadNewest(active, label, in: conversation, id)
        case .listFiles: listFiles()
        case .listShared(let conversation): listShared(active, conversation)
        case .cancel(let id): transfers.cancel(id)
        case .pauseTransfer(let id): transfers.pause(id)
        case .retryTransfer(let id): transfers.retry(id)
        }
    }

    /// Nobody is signed in.
    private func refuse(_ intent: Intent) {
        let error = ProtocolError(.sessionInvalid, "Log in first.")
        let subject: Refusal.Subject? =
            switch intent {
            case .compose(let conversation, _, _): .message(conversation)
            case .load(let conversation, _, _), .listShared(let conversation): .history(conversation)
            case .join(let room): .join(room)
            case .leave(let room): .leave(room)
            case .listPeople, .listRooms, .listMembers, .listFiles, .find: .list
            default: nil
            }
        if let subject { return post(.refused(Refusal(subject: subject, .refused(error)))) }
        switch intent {
        case .upload(_, _, let id), .download(_, let id), .downloadNewest(_, _, let id):
            transfers.refuse(id, .refused(error))
        // What was being typed when the session ended.
        case .saveDraft(let conversation, let text):
            if let former { shelf.afterwards(former) { try $0.saveDraft(text, of: conversation) } }
        default: break
        }
    }

    // MARK: The cache

    /// Works in the account's cache, after what arrived before is stored in it. The answer is not given any more once
    /// the account is signed out.
    func inCache<Value: Sendable>(
        _ active: ActiveAccount, _ work: @escaping @Sendable (CacheRows) throws -> Value,
        then answer: @escaping (Result<Value, any Error>) -> Void
    ) {
        storeArrived(active)
        active.cache.perform(
            work,
            then: LoopAnswer(on: loop) { [weak self] result in
                guard let self, self.active === active, phase != .over else { return }
                if case .failure(let error) = result { report(cacheFailure: error) }
                answer(result)
            })
    }

    func inCache(_ active: ActiveAccount, _ work: @escaping @Sendable (CacheRows) throws -> Void) {
        inCache(active, work) { _ in }
    }

    func report(cacheFailure error: any Error) {
        logger.error("The cache could not be used", metadata: ["error": "\(error)"])
        guard active?.hasToldOfCacheFailure != true else { return }
        active?.hasToldOfCacheFailure = true
        post(.notice(.cacheFailed(CacheFailure(error))))
    }

    // MARK: The end

    /// Ends; what was asked of the server is answered before, if it answers soon.
    func shutDown(then done: @escaping () -> Void) {
        // What was asked for meanwhile belongs into the cache, and the cache has to be closed.
        if isActivating {
            whenActivated = { [weak self] in self?.shutDown(then: done) }
            return
        }
        transfers.close()
        var hasEnded = false
        let end = { [self] in
            guard !hasEnded else { return }
            hasEnded = true
            if let active { storeArrived(active) }
            phase = .over
            attempt?.cancel()
            connection?.close()
            connection = nil
            done()
        }
        guard isBound, let connection else { return end() }
        let deadline = loop.after(.seconds(1), end)
        connection.whenIdle {
            deadline.cancel()
            end()
        }
    }
}
