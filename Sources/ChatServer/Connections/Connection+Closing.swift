import ChatProtocol
import Glibc
import NIOCore

// How a connection ends: when everything that was asked is answered, or at once, but never in the middle of a reply that
// the client still takes.

extension Connection {
    /// What it says from now on is not heard; what was written still goes out, if the client takes it soon.
    func close() { close(goesOn: { [self] in closeNow() }, after: .seconds(5)) }

    /// Closes when everything has gone out, however slowly the client takes it.
    private func closeInOrder() {
        let left = backlog
        close(goesOn: { [self] in waitWhileTaken(left) }, after: Self.stillness)
    }

    /// For how long a client may take nothing of what it has asked for.
    private static let stillness = TimeAmount.seconds(60)

    private func close(goesOn late: @escaping () -> Void, after patience: TimeAmount) {
        guard !isClosing, let context else { return }
        isClosing = true
        spill()
        closingDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: patience, late)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { [self] _ in
            closeOnceReceived()
        }
    }

    private func waitWhileTaken(_ before: Int) {
        let left = backlog
        guard left < before, let context else { return closeNow() }
        closingDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.stillness) { [self] in waitWhileTaken(left) }
    }

    /// The client has ended its side in order: it has what `inbox` showed once nothing is unacknowledged. One that has
    /// died answers with a reset instead, and its session is shown the same again.
    private func closeOnceReceived() {
        guard let context, inputEnded, !isDraining, shownInbox != nil,
            let options = context.channel as? any SocketOptionProvider
        else { return linger() }
        options.getTCPInfo().assumeIsolated().whenComplete { [self] result in
            guard case .success(let info) = result, info.tcpi_state != Self.ended else { return closeNow() }
            if info.tcpi_unacked == 0 {
                readShownInbox()
                closeNow()
            } else {
                _ = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { [self] in closeOnceReceived() }
            }
        }
    }

    /// A socket that is closed with something unread answers with a reset, which may take from the client what it was told
    /// last. So what it still says is read for a moment, and dropped.
    private func linger() {
        guard let context, !inputEnded else { return closeNow() }
        closingDeadline?.cancel()
        closingDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { [self] in closeNow() }
        isLingering = true
        context.close(mode: .output, promise: nil)
        context.read()
    }

    /// `TCP_CLOSE` of Linux (tcp(7)).
    private static let ended: UInt8 = 7

    /// The server is stopping: nothing new is started, what was taken is answered, then the connection closes.
    /// - Parameter returnAfter: milliseconds after which a subscribed client should come back. (Delivery promises, 7)
    func drain(returnAfter: Int64) {
        if isSubscribed { write(Event.reconnect(after: returnAfter).encoded()) }
        flush()
        isDraining = true
        inputEnded = true
        held = nil
        closeIfDone()
    }

    var closeFuture: EventLoopFuture<Void>? { context?.channel.closeFuture }

    func closeNow() {
        closingDeadline?.cancel()
        context?.close(promise: nil)
    }

    /// Whoever has said all there is to say still gets the answers to all of it, however slowly.
    func closeIfDone() {
        guard inputEnded, !isBusy, waiting.isEmpty, held == nil, silence == nil else { return }
        if isDraining { close() } else if isWritable { closeInOrder() }
    }
}
