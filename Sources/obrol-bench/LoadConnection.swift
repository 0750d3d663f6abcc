import NIOCore
import NIOPosix

/// One client that keeps a window of messages in flight. Confined to its event loop.
///
/// It does not parse what it receives further than it must: the generator is not to be what is measured.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What one client saw, for the sum over all.
    struct Tally: Sendable {
        var answered = 0
        var delivered = 0
        var refused = 0
        /// Seqs that did not follow the one before in their conversation, doubled ones included.
        var misordered = 0
        /// Of one in sixteen messages, from request to answer; of every paced one, from when it was due.
        var latencies: [UInt64] = []
    }

    var tally = Tally()
    private var context: ChannelHandlerContext?
    private var rest = ByteBuffer()
    /// Raw bytes that are no lines.
    private var skipping = 0
    private var inFlight: CircularBuffer<UInt64> = []
    private var load: MessageLoad?
    private var order = OrderCheck()
    private var awaiting: [(ByteBuffer) -> Void] = []

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    // MARK: By hand

    /// Sends a line and hands over its answer; events in between are counted.
    func ask(_ line: String) -> EventLoopFuture<ByteBuffer> { ask(line, attached: ByteBuffer()) }

    /// As `ask`, with raw bytes behind the request.
    func ask(_ line: String, attached: ByteBuffer) -> EventLoopFuture<ByteBuffer> {
        guard let context else { return Self.closed() }
        let promise = context.eventLoop.makePromise(of: ByteBuffer.self)
        awaiting.append { promise.succeed($0) }
        context.write(wrapOutboundOut(ByteBuffer(string: line + "\n")), promise: nil)
        if attached.readableBytes > 0 { context.write(wrapOutboundOut(attached), promise: nil) }
        context.flush()
        return promise.futureResult
    }

    /// Asks for a part of a file and passes over its bytes.
    /// - Returns: how many there were.
    func askForBytes(_ line: String) -> EventLoopFuture<Int> {
        guard let context else { return Self.closed().map { _ in 0 } }
        let promise = context.eventLoop.makePromise(of: Int.self)
        awaiting.append { [self] answer in
            let count = answer.withUnsafeReadableBytes { Line($0).number(after: "\"attached\":") } ?? 0
            skipping += count
            promise.succeed(count)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\n")), promise: nil)
        return promise.futureResult
    }

    func close() { context?.close(promise: nil) }

    private static func closed() -> EventLoopFuture<ByteBuffer> {
        MultiThreadedEventLoopGroup.singleton.next().makeFailedFuture(ChannelError.ioOnClosedChannel)
    }

    // MARK: Under load

    func start(_ load: MessageLoad) {
        self.load = load
        fill()
    }

    /// Sends some messages of a load that has no window of its own.
    /// - Parameter due: when they should have been sent: that the generator is late counts.
    func send(_ count: Int, due: NIODeadline) {
        guard let context, load != nil else { return }
        var bytes = context.channel.allocator.buffer(capacity: 192 * count)
        for _ in 0..<count {
            load?.write(into: &bytes)
            inFlight.append(due.uptimeNanoseconds)
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    var isLoaded: Bool { load != nil }

    var loop: (any EventLoop)? { context?.eventLoop }

    /// Sends nothing more; what is in flight is still answered.
    func finish() { load = nil }

    var isIdle: Bool { inFlight.isEmpty }

    private func fill() {
        guard let context, let window = load?.window, inFlight.count < window else { return }
        let count = window - inFlight.count
        var bytes = context.channel.allocator.buffer(capacity: 192 * count)
        let now = NIODeadline.now().uptimeNanoseconds
        for _ in 0..<count {
            load?.write(into: &bytes)
            inFlight.append(now)
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if rest.readableBytes > 0 {
            rest.writeBuffer(&bytes)
            bytes = rest
            rest = ByteBuffer()
        }
        while pass(&bytes), let end = bytes.withUnsafeReadableBytes({ Line($0).end }) {
            if awaiting.isEmpty || isEvent(bytes) {
                bytes.withUnsafeReadableBytes { take(Line(UnsafeRawBufferPointer(rebasing: $0[..<end]))) }
                bytes.moveReaderIndex(forwardBy: end + 1)
            } else if let answer = bytes.readSlice(length: end) {
                bytes.moveReaderIndex(forwardBy: 1)
                awaiting.removeFirst()(answer)
            }
        }
        if bytes.readableBytes > 0 { rest.writeBuffer(&bytes) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { fill() }

    /// Passes over raw bytes. - Returns: whether a line comes next.
    private func pass(_ bytes: inout ByteBuffer) -> Bool {
        let passed = min(skipping, bytes.readableBytes)
        bytes.moveReaderIndex(forwardBy: passed)
        skipping -= passed
        return skipping == 0
    }

    private func isEvent(_ bytes: ByteBuffer) -> Bool { bytes.withUnsafeReadableBytes { Line($0).starts(with: "{\"type\"") } }

    private func take(_ line: Line) {
        if line.starts(with: "{\"type\":\"m") {
            tally.delivered += 1
            if !order.takes(line) { tally.misordered += 1 }
        } else if line.starts(with: "{\"status\""), let start = inFlight.popFirst() {
            if line.starts(with: "{\"status\":\"OK\"") { tally.answered += 1 } else { tally.refused += 1 }
            if load?.window == 0 || tally.answered & 15 == 0 {
                tally.latencies.append(NIODeadline.now().uptimeNanoseconds - start)
            }
        }
    }
}
