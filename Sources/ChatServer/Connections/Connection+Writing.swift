import ChatProtocol
import ChatStore
import Logging
import NIOCore

// What goes out: gathered in the outbox, flushed once for a batch, and bounded for one that does not read.

extension Connection {
    /// Writes without flushing; what is called on the way of a batch is flushed once at its end.
    func write(_ bytes: ByteBuffer) {
        guard context != nil else { return }
        guard bytes.readableBytes < Outbox.spillBytes else {
            spill()
            context?.write(wrapOutboundOut(bytes), promise: nil)
            return
        }
        if outbox.write(bytes) { spill() }
    }

    /// Writes a reply. A long one that is on its way is not what the client leaves unread.
    func write(reply bytes: ByteBuffer) {
        let count = bytes.readableBytes
        guard count >= Outbox.spillBytes, let context else { return write(bytes) }
        spill()
        unsentReplyBytes += count
        context.write(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { [self] _ in unsentReplyBytes -= count }
    }

    /// Lets something be written behind what waits to be flushed.
    func write(_ body: (inout ByteBuffer) -> Void) {
        guard context != nil else { return }
        if outbox.write(body) { spill() }
    }

    /// Hands what was gathered to the channel.
    func spill() {
        guard let bytes = outbox.take() else { return }
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }

    /// An event: held back from a classic client that waits for a reply, and bounded for one that does not read.
    func write(event bytes: ByteBuffer) {
        guard !isClosing, context != nil else { return }
        if framing == .classic && (isBusy || !waiting.isEmpty || decoder.bufferedBytes > 0) {
            heldEvents.append(bytes)
            heldEventBytes += bytes.readableBytes
            if heldEventBytes > server.configuration.eventBacklog { cutSlowReader() }
            return
        }
        write(bytes)
        if !isWritable { cutIfSlow() }
    }

    func writeEvent(_ encode: (inout ByteBuffer) -> Void) {
        guard framing == .lines, !isClosing else {
            var bytes = ByteBuffer()
            encode(&bytes)
            return write(event: bytes)
        }
        write(encode)
        if !isWritable { cutIfSlow() }
    }

    private func cutIfSlow() {
        guard context != nil, !isClosing else { return }
        if backlog + outbox.count - unsentReplyBytes > server.configuration.eventBacklog { cutSlowReader() }
    }

    /// Bytes that the channel holds back because the client does not take them.
    var backlog: Int {
        do {
            return try context?.channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
        } catch {
            logger.debug("backlog unknown", metadata: ["error": "\(error)"])
            return 0
        }
    }

    /// (Protocol: Delivery promises, 5)
    private func cutSlowReader() {
        logger.notice(
            "slow reader cut",
            metadata: ["user": "\(bound?.session.user.username.text ?? "-")", "backlog": "\(server.configuration.eventBacklog)"])
        let reason = ProtocolError(.tooLarge, "This connection left too many events unread. Connect again and catch up.")
        write(Event.closing(reason).encoded())
        close()
    }

    func batchEnded() {
        awaitsFlush = false
        pump()
    }

    func flush() {
        guard let context else { return }
        if let bytes = outbox.take() {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        } else {
            context.flush()
        }
    }

    /// Lets a classic client have the events that its request held back.
    func releaseEvents() {
        guard !heldEvents.isEmpty, !isBusy, waiting.isEmpty else { return }
        let events = heldEvents
        dropHeldEvents()
        for event in events { write(event) }
    }

    /// Nothing follows the reply to `room_leave`. (Protocol: Classic framing)
    func dropHeldEvents() {
        heldEvents.removeAll()
        heldEventBytes = 0
    }
}
