import ChatProtocol
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
        /// Seqs that did not follow the one before in their conversation.
        var misordered = 0
        /// Of one in sixteen messages, from request to answer.
        var latencies: [UInt64] = []
    }

    private(set) var tally = Tally()
    private var context: ChannelHandlerContext?
    private var decoder = LineSplitter()
    private var inFlight: CircularBuffer<UInt64> = []
    private var sent = 0
    private var request: [UInt8] = []
    private var targets: [[UInt8]] = []
    private var window = 0
    private var usesNonces = false
    private var lastSeqs: [ArraySlice<UInt8>: Int] = [:]
    private var awaiting: [(ByteBuffer) -> Void] = []
    private var isRunning = false

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    // MARK: By hand

    /// Sends a line and hands over its answer; events in between are counted.
    func ask(_ line: String) -> EventLoopFuture<ByteBuffer> {
        guard let context else { return eventLoopLess() }
        let promise = context.eventLoop.makePromise(of: ByteBuffer.self)
        awaiting.append { promise.succeed($0) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\n")), promise: nil)
        return promise.futureResult
    }

    /// As `ask`, with raw bytes behind the request.
    func ask(_ line: String, attached: ByteBuffer) -> EventLoopFuture<ByteBuffer> {
        guard let context else { return eventLoopLess() }
        let promise = context.eventLoop.makePromise(of: ByteBuffer.self)
        awaiting.append { promise.succeed($0) }
        context.write(wrapOutboundOut(ByteBuffer(string: line + "\n")), promise: nil)
        context.writeAndFlush(wrapOutboundOut(attached), promise: nil)
        return promise.futureResult
    }

    /// Asks for a part of a file and passes over its bytes.
    /// - Returns: how many there were.
    func askForBytes(_ line: String) -> EventLoopFuture<Int> {
        guard let context else { return eventLoopLess().map { _ in 0 } }
        let promise = context.eventLoop.makePromise(of: Int.self)
        awaiting.append { [self] answer in
            let count = Self.number(after: "\"attached\":", in: Array(answer.readableBytesView)) ?? 0
            decoder.skip(count)
            promise.succeed(count)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\n")), promise: nil)
        return promise.futureResult
    }

    func close() { context?.close(promise: nil) }

    private func eventLoopLess() -> EventLoopFuture<ByteBuffer> {
        MultiThreadedEventLoopGroup.singleton.next().makeFailedFuture(ChannelError.ioOnClosedChannel)
    }

    // MARK: Under load

    /// Begins to send 64-byte messages, `window` of them unanswered at any time, to these targets in turn.
    func start(targets: [String], command: String, window: Int, nonces: Bool) {
        let text = String(repeating: "m", count: 64)
        self.targets = targets.map { Array("\(command)\($0)&message=\(text)".utf8) }
        self.window = window
        usesNonces = nonces
        isRunning = true
        fill()
    }

    /// Sends nothing more; what is in flight is still answered.
    func finish() { isRunning = false }

    var isIdle: Bool { inFlight.isEmpty }

    private func fill() {
        guard isRunning, let context, inFlight.count < window else { return }
        var bytes = context.channel.allocator.buffer(capacity: 256 * (window - inFlight.count))
        let now = NIODeadline.now().uptimeNanoseconds
        while inFlight.count < window {
            bytes.writeBytes(targets[sent % targets.count])
            if usesNonces { bytes.writeString("&nonce=n\(sent)") }
            bytes.writeInteger(UInt8(ascii: "\n"))
            sent += 1
            inFlight.append(now)
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        decoder.append(&bytes)
        while let line = decoder.next() { take(line) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { fill() }

    private static let event = Array("{\"type\":\"m".utf8)
    private static let success = Array("{\"status\":\"OK\"".utf8)

    private func take(_ line: ByteBuffer) {
        let view = line.readableBytesView
        if view.starts(with: Self.event) {
            tally.delivered += 1
            checkOrder(view)
        } else if view.starts(with: "{\"type\"".utf8) {
            return
        } else if !awaiting.isEmpty {
            awaiting.removeFirst()(line)
        } else if let start = inFlight.popFirst() {
            if view.starts(with: Self.success) { tally.answered += 1 } else { tally.refused += 1 }
            if tally.answered & 15 == 0 { tally.latencies.append(NIODeadline.now().uptimeNanoseconds - start) }
        }
    }

    /// `…"conversation":"@b","seq":17,…`: the next seq of its conversation, or something is lost or out of order.
    /// Half of a direct conversation's seqs are one's own, which are answered and not delivered.
    private func checkOrder(_ view: ByteBufferView) {
        let bytes = Array(view.prefix(160))
        guard let start = Self.find("\"conversation\":\"", in: bytes),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")),
            let seq = Self.number(after: "\"seq\":", in: bytes)
        else { return }
        let conversation = bytes[start..<end]
        if let last = lastSeqs[conversation], seq <= last { tally.misordered += 1 }
        lastSeqs[conversation] = seq
    }

    private static func number(after key: String, in bytes: [UInt8]) -> Int? {
        guard let start = find(key, in: bytes) else { return nil }
        return bytes[start...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            .reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func find(_ key: String, in bytes: [UInt8]) -> Int? {
        let key = Array(key.utf8)
        guard bytes.count >= key.count else { return nil }
        for start in 0...(bytes.count - key.count) where bytes[start..<start + key.count].elementsEqual(key) {
            return start + key.count
        }
        return nil
    }
}

/// Cuts a stream into lines.
struct LineSplitter {
    private var rest = ByteBuffer()
    /// Raw bytes that are no lines.
    private var skipping = 0

    mutating func skip(_ count: Int) { skipping += count }

    mutating func append(_ bytes: inout ByteBuffer) {
        if rest.readableBytes == 0 {
            rest = bytes
        } else {
            rest.discardReadBytes()
            rest.writeBuffer(&bytes)
        }
    }

    /// The next whole line; nil until more arrives.
    mutating func next() -> ByteBuffer? {
        let skipped = min(skipping, rest.readableBytes)
        rest.moveReaderIndex(forwardBy: skipped)
        skipping -= skipped
        guard skipping == 0, let end = rest.readableBytesView.firstIndex(of: 0x0A) else { return nil }
        let line = rest.readSlice(length: end - rest.readerIndex)
        rest.moveReaderIndex(forwardBy: 1)
        return line
    }
}
