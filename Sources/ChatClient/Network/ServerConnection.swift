import ChatProtocol
import Glibc
import NIOCore
import NIOPosix

/// One connection to a server: requests out, their replies in the same order, events in between. (Protocol: Transport)
///
/// Lives on its event loop; all methods and callbacks are called there.
final class ServerConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    typealias Answer = (Result<ServerFrame, RequestFailure>) -> Void

    /// What happens without being asked for.
    struct Listener {
        var event: (Event) -> Void = { _ in }
        /// All that came in one go has been handed over.
        var pause: () -> Void = {}
        /// The last that is heard. Requests in flight have failed before.
        var closed: (ConnectionEnd) -> Void = { _ in }
    }

    private var listener = Listener()

    private let channel: any Channel
    /// How long the server may say nothing at all while it owes an answer. A program that hangs leaves its line alive.
    private let patience: TimeAmount
    private var lastHeard = NIODeadline.now()
    private var silence: Scheduled<Void>?
    private var isReading = true
    private var decoder = ServerFrameDecoder()
    private var waiting = CircularBuffer<(id: String, answer: Answer)>()
    private var lastID = 0
    private var end: ConnectionEnd?
    private var idle: (() -> Void)?

    init(_ channel: any Channel, patience: TimeAmount) {
        self.channel = channel
        self.patience = patience
    }

    /// Hears from now on. Of an end that came before there was anybody to hear of it, at once.
    func listen(_ listener: Listener) {
        if let end { return listener.closed(end) }
        self.listener = listener
    }

    // MARK: Requests

    func request(_ command: Command, session: SessionToken? = nil, then answer: @escaping Answer) {
        guard end == nil else { return answer(.failure(.connectionLost)) }
        lastID += 1
        let id = String(lastID)
        waiting.append((id, answer))
        awaitAnswer()
        channel.writeAndFlush(Request(command, id: id, session: session).encoded(), promise: nil)
    }

    /// Calls back once every request has its answer: at once, or when the last one has come or the line broke.
    func whenIdle(_ work: @escaping () -> Void) {
        if waiting.isEmpty { work() } else { idle = work }
    }

    private func noteIdle() {
        guard waiting.isEmpty else { return }
        silence?.cancel()
        silence = nil
        guard let work = idle else { return }
        idle = nil
        work()
    }

    private func awaitAnswer() {
        guard silence == nil else { return }
        lastHeard = .now()
        watch(for: patience)
    }

    private func watch(for time: TimeAmount) {
        silence = channel.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in
            guard let self else { return }
            // What is not read is no silence of the server's.
            let rest = isReading ? lastHeard + patience - .now() : patience
            if rest > .zero { watch(for: rest) } else { finish(.noAnswer) }
        }
    }

    /// Closes from this side; `listener.closed` is not called.
    func close() {
        listener = Listener()
        finish(.lost)
    }

    /// Whether the server may send more for now.
    func read(_ isWanted: Bool) {
        isReading = isWanted
        if isWanted { lastHeard = .now() }
        channel.setOption(.autoRead, value: isWanted).whenFailure { _ in }
    }

    private func finish(_ reason: ConnectionEnd) {
        guard end == nil else { return }
        end = reason
        if reason == .noAnswer { forgetWhatWaits() }
        channel.close(promise: nil)
        while let (_, answer) = waiting.popFirst() { answer(.failure(.connectionLost)) }
        listener.closed(reason)
        listener = Listener()
        noteIdle()
    }

    /// What the kernel still has to send would take the next line's room on a narrow one.
    private func forgetWhatWaits() {
        (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
    }

    // MARK: From the channel

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        lastHeard = .now()
        decoder.append(&bytes)
        do throws(JSONError) {
            while end == nil, let frame = try decoder.next() { try take(frame) }
        } catch {
            finish(.unintelligible)
        }
    }

    private func take(_ frame: ServerFrame) throws(JSONError) {
        switch frame.kind {
        case .event:
            let event = try frame.event()
            if case .closing(let error) = event { return finish(.refused(error)) }
            listener.event(event)
        case .reply:
            guard let (id, answer) = waiting.popFirst() else {
                // Said to whoever connects, such as that there are too many.
                return finish(frame.error.map(ConnectionEnd.refused) ?? .unintelligible)
            }
            guard frame.id == id || frame.id == nil && !frame.succeeded else {
                waiting.prepend((id, answer))
                return finish(.unintelligible)
            }
            if let error = frame.error { answer(.failure(.refused(error))) } else { answer(.success(frame)) }
            noteIdle()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        listener.pause()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(ConnectionEnd(error))
    }
}

/// Why a request has no reply that can be used.
enum RequestFailure: Error {
    case refused(ProtocolError)
    /// Whether the server did it is not known.
    case connectionLost
}

extension Result where Success == ServerFrame, Failure == RequestFailure {
    /// The reply's content; one that makes no sense counts as the server's failure.
    func body<Body: ReplyBody>(_ body: Body.Type = Body.self) -> Result<Body, RequestFailure> {
        flatMap { frame in
            do throws(JSONError) {
                return .success(try frame.decode(body))
            } catch {
                return .failure(.refused(ProtocolError(.internal, "The server's answer makes no sense (\(error)).")))
            }
        }
    }
}
