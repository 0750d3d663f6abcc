import ChatProtocol
import ChatStore
import DequeModule
import Logging
import NIOCore

/// One client. Confined to its event loop: every method is called there.
///
/// Requests take effect and are answered in order. Appends to conversations may share a commit, so up to
/// `Limits.requestsInFlight` of them wait for theirs at once; any other request starts when those before it are done.
/// While it may not start, nothing more is read from the socket. (Protocol: Requests)
final class Connection: ChannelDuplexHandler, Recipient {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    let id: ConnectionID
    let server: ServerContext
    let directory: LoopDirectory
    let logger: Logger

    private(set) var context: ChannelHandlerContext?
    var decoder = RequestDecoder()
    /// What was decoded and may not start yet.
    var held: RequestDecoder.Output?
    /// Whether a request that is not an append is being worked on.
    var isBusy = false
    /// Appends that wait for their commit, and answers that wait for them.
    var waiting = Deque<WaitingReply>()
    /// Answers among them that are known already.
    var readyAnswers = 0
    private var wantsRead = false
    /// Whether the channel takes more; if not, nothing is started until it does.
    var isWritable = true
    var outbox = Outbox()
    /// Bytes of long replies that the channel has not sent yet.
    var unsentReplyBytes = 0
    var inputEnded = false
    var isClosing = false
    var isDraining = false
    /// Whether all is said, and the client is only waited for.
    var isLingering = false
    /// Ends a connection that takes nothing more while it is closing.
    var closingDeadline: Scheduled<Void>?
    private var reservedBody = 0
    private(set) var silence: Scheduled<Void>?
    /// Set while the connection has asked more than its allowance. (`RequestAllowance`)
    private var pause: Scheduled<Void>?
    /// Ends a connection on which nobody logs in.
    private var loginDeadline: Scheduled<Void>?
    private var hasReceived = false
    /// Where the client is.
    private(set) var address = ""

    /// Whom the connection is bound to, and by which token.
    var bound: (session: Session, token: SessionToken)?
    var isSubscribed = false
    /// Rooms that were joined here: they speak the first client's language to a connection that never subscribes.
    var attachedRooms: Set<ConversationID> = []
    /// What the last `inbox` showed, until the client is known to have it.
    var shownInbox: ShownInbox?
    /// Events that a classic client must not see between its request and the reply. (Protocol: Classic framing)
    var heldEvents: [ByteBuffer] = []
    var heldEventBytes = 0
    /// Whether the directory will flush this connection.
    var awaitsFlush = false

    private var ownOrigin: Origin?

    init(id: ConnectionID, server: ServerContext, directory: LoopDirectory) {
        self.id = id
        self.server = server
        self.directory = directory
        var logger = server.logger
        logger[metadataKey: "connection"] = "\(id.value)"
        self.logger = logger
    }

    /// Where the appends of this connection come from.
    var appendOrigin: Origin {
        if let ownOrigin { return ownOrigin }
        let recipient = NIOLoopBound(self as any Recipient, eventLoop: directory.eventLoop)
        let origin = Origin(loop: directory.index, connection: id, answer: .append(recipient))
        ownOrigin = origin
        return origin
    }

    var framing: Framing { decoder.framing }
    var sessionID: SessionID? { bound?.session.id }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        address = context.channel.remoteAddress?.ipAddress ?? ""
        directory.add(self)
        awaitLogin()
    }

    private func awaitLogin() {
        let patience = TimeAmount.seconds(server.configuration.loginSeconds)
        loginDeadline = context?.eventLoop.assumeIsolated().scheduleTask(in: patience) { [self] in
            refuseAndClose(ProtocolError(.sessionInvalid, "Nobody logged in for a long time. Connect again."))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        silence?.cancel()
        pause?.cancel()
        unbind()
        loginDeadline?.cancel()
        directory.remove(self)
        server.bodies.release(reservedBody)
        reservedBody = 0
        held = nil
        outbox = Outbox()
        ownOrigin = nil
        isClosing = true
        self.context = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            // Whoever has said all there is to say still gets the answers.
            inputEnded = true
            if isLingering { closeNow() } else { pump() }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable { pump() }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        silence?.cancel()
        silence = nil
        var bytes = unwrapInboundIn(data)
        if !hasReceived, bytes.readableBytesView.first == Self.tlsHandshake {
            // Whoever begins with TLS waits for TLS: an end at once says more than silence.
            return close()
        }
        hasReceived = true
        // The reply was on its way before this was read.
        shownInbox?.hasArrived = true
        decoder.append(&bytes)
        guard withinBodyBudget() else { return }
        pump()
    }

    /// The first byte of a TLS ClientHello (RFC 8446, section 5.1). This server has no TLS yet.
    private static let tlsHandshake: UInt8 = 0x16

    /// The channel asks to read on; held back while what was read cannot be worked on.
    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { wantsRead = true }
    }

    private var mayRead: Bool {
        isLingering
            || held == nil && !isBusy && !isClosing && !isDraining && waiting.count < Limits.requestsInFlight && isWritable
    }

    /// What counts against the bodies of all: the first line's worth is free for whoever has logged in.
    private var countedBytes: Int { max(0, decoder.bufferedBytes - (bound == nil ? 0 : Limits.requestLine)) }

    private func withinBodyBudget() -> Bool {
        let needed = countedBytes
        guard needed > reservedBody else { return true }
        guard server.bodies.reserve(needed - reservedBody) else {
            refuseAndClose(.overloaded)
            return false
        }
        reservedBody = needed
        return true
    }

    /// What was worked on makes room for the bodies of others at once, not when this client next says something.
    private func releaseBody() {
        let needed = countedBytes
        guard needed < reservedBody else { return }
        server.bodies.release(reservedBody - needed)
        reservedBody = needed
    }

    /// Starts whatever may start.
    func pump() {
        while !isBusy, !isClosing, !isDraining, pause == nil, waiting.count < Limits.requestsInFlight, isWritable {
            guard let output = nextOutput() else { break }
            let command = output.command
            guard waiting.isEmpty || command?.isAppend == true, isAllowed(cost: command?.cost ?? 1) else {
                held = output
                break
            }
            handle(output)
        }
        submitGathered()
        if reservedBody > 0 { releaseBody() }
        if !awaitsFlush { flush() }
        if decoder.framing == .classic { awaitSilence() }
        if wantsRead, mayRead {
            wantsRead = false
            context?.read()
        }
        closeIfDone()
    }

    private func nextOutput() -> RequestDecoder.Output? {
        guard let output = held else { return decoder.next() }
        held = nil
        return output
    }

    /// Whether there is an allowance for it; if not, goes on when there is.
    private func isAllowed(cost: Int) -> Bool {
        guard let context, let wait = directory.allowance.take(cost, from: allowanceHolder, now: .now()) else {
            return true
        }
        pause = context.eventLoop.assumeIsolated().scheduleTask(in: wait) { [self] in
            pause = nil
            pump()
        }
        return false
    }

    private var allowanceHolder: RequestAllowance.Holder {
        bound.map { .user($0.session.user.id) } ?? .address(AddressHolder(address))
    }

    private func handle(_ output: consuming RequestDecoder.Output) {
        switch consume output {
        case .request(let request):
            execute(request)
        case .attachedAnnounced(let request, let count):
            do throws(ProtocolError) {
                _ = try caller(of: request)
                decoder.acceptAttached(request, count: count)
            } catch {
                reply(error, id: request.id)
                close()
            }
        case .malformed(let error, let id):
            reply(error, id: id)
        case .broken(let error):
            refuseAndClose(error)
        }
    }

    private func refuseAndClose(_ error: ProtocolError) {
        reply(error, id: nil)
        close()
    }

    /// A classic text that fills its blocks ends by silence.
    private func awaitSilence() {
        guard decoder.awaitsSilence, silence == nil, let context else { return }
        silence = context.eventLoop.assumeIsolated().scheduleTask(in: RequestDecoder.classicSilence) { [self] in
            silence = nil
            if held == nil { held = decoder.silenceElapsed() }
            pump()
        }
    }

    // MARK: Binding

    func bind(_ session: Session, token: SessionToken) {
        bound = (session, token)
        loginDeadline?.cancel()
        loginDeadline = nil
        decoder.isBound = true
        server.presence.connected(session.user)
    }

    func unbind() {
        guard let session = bound?.session else { return }
        directory.unlisten(self, user: session.user.id)
        server.presence.disconnected(session.user)
        bound = nil
        decoder.isBound = false
        isSubscribed = false
        attachedRooms = []
        shownInbox = nil
        awaitLogin()
    }

    /// The session has ended elsewhere.
    func endSession(reason: String) {
        if isSubscribed { write(Event.session(reason: reason).encoded()) }
        close()
    }
}

extension RequestDecoder.Output {
    /// Nil for what is no request, or an unknown one.
    fileprivate var command: CommandName? {
        switch self {
        case .request(let request), .attachedAnnounced(let request, _): request.command
        case .malformed, .broken: nil
        }
    }
}

extension CommandName {
    /// Appends to a conversation may share a commit with those before them.
    var isAppend: Bool { self == .send || self == .roomChat }
}
