public import NIOCore

/// Finds the requests in the bytes of one connection: line by line, or in the blocks of the first client.
/// (Protocol: Transport, Requests, Classic framing)
///
/// The caller appends what arrives and takes what is whole. It answers each output in order; before a request
/// with raw bytes is read on, it decides about it with `acceptAttached` or ends the connection.
public struct RequestDecoder: Sendable {
    public enum Output: Sendable {
        case request(RawRequest)
        /// `count` raw bytes are to follow. Call `acceptAttached`, or end the connection if they may not come.
        case attachedAnnounced(RawRequest, count: Int)
        /// The request is refused and the connection goes on.
        case malformed(ProtocolError, id: String?)
        /// Where the next request begins is no longer known: answer, then close.
        case broken(ProtocolError)
    }

    private enum State {
        /// Neither an `LF` nor a block that ends in a space has been seen.
        case undecided
        case lines
        /// The blocks of the text that is still going on, joined.
        case classic(text: ByteBuffer)
        case attached(RawRequest, count: Int)
        case broken
    }

    public static let blockLength = 1024
    /// After this much silence on the boundary of a block, a classic text has ended.
    public static let classicSilence = TimeAmount.milliseconds(200)

    private var buffer = ByteBuffer()
    private var state = State.undecided
    /// Bytes at the front of `buffer` that are known to hold no `LF`.
    private var searched = 0

    public init() {}

    /// Whether the connection has a user: then requests that carry a file may be long.
    public var isBound = false

    public private(set) var framing = Framing.lines

    /// Bytes that wait for the rest of their request.
    public var bufferedBytes: Int {
        if case .classic(let text) = state { buffer.readableBytes + text.readableBytes } else { buffer.readableBytes }
    }

    /// Whether `silenceElapsed` would end a classic text if nothing more arrives for `classicSilence`.
    public var awaitsSilence: Bool {
        if case .classic(let text) = state { buffer.readableBytes == 0 && text.readableBytes > 0 } else { false }
    }

    public mutating func append(_ bytes: inout ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
            searched = 0
        } else {
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// Takes the raw bytes that `attachedAnnounced` spoke of as part of their request.
    public mutating func acceptAttached(_ request: RawRequest, count: Int) {
        state = .attached(request, count: count)
    }

    /// The next whole thing in what has arrived; nil until more arrives.
    public mutating func next() -> Output? {
        while true {
            switch state {
            case .broken: return nil
            case .undecided: guard decideFraming() else { return tooLongUndecided() }
            case .lines: return nextLine()
            case .classic(let text): return nextClassic(text)
            case .attached(let request, let count):
                guard let bytes = buffer.readSlice(length: count) else { return nil }
                state = .lines
                searched = 0
                return .request(RawRequest(request, attached: bytes))
            }
        }
    }

    // MARK: Lines

    private mutating func nextLine() -> Output? {
        while let end = firstLineFeed() {
            let failure = lengthFailure(end)
            guard failure == nil, var line = buffer.readSlice(length: end) else { return failure.map { broken($0) } }
            buffer.moveReaderIndex(forwardBy: 1)
            searched = 0
            if buffer.readableBytes == 0 {
                // Whoever reads from the socket may use the memory again.
                buffer = ByteBuffer()
            }
            if line.readableBytesView.last == UInt8(ascii: "\r") { line.moveWriterIndex(to: line.writerIndex - 1) }
            if line.readableBytes == 0 { continue }
            return parse(line, framing: .lines)
        }
        if buffer.readableBytes == 0 { return nil }
        return lengthFailure(buffer.readableBytes).map { broken($0) }
    }

    /// Offset of the first `LF` in the readable bytes.
    private mutating func firstLineFeed() -> Int? {
        let found = buffer.withUnsafeReadableBytes { bytes in
            ByteScan.firstIndex(of: 0x0A, in: bytes, from: searched)
        }
        if found == nil { searched = buffer.readableBytes }
        return found
    }

    /// - Parameter length: of the text that the buffer begins with.
    private func lengthFailure(_ length: Int) -> ProtocolError? {
        guard length > Limits.requestLine else { return nil }
        return lengthFailure(length, carriesFile: carriesFile(buffer))
    }

    private func lengthFailure(_ length: Int, carriesFile: Bool) -> ProtocolError? {
        let limit = isBound && carriesFile ? Limits.fileRequestLine : Limits.requestLine
        guard length > limit else { return nil }
        return ProtocolError(.tooLarge, "A request is at most \(limit) bytes long.")
    }

    private func carriesFile(_ text: ByteBuffer) -> Bool {
        let command = text.withUnsafeReadableBytes { bytes in
            let end = ByteScan.firstIndex(of: UInt8(ascii: " "), in: bytes, from: 0) ?? bytes.count
            return CommandName(wire: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
        return command == .fileSend || command == .roomSendFile
    }

    private mutating func broken(_ error: ProtocolError) -> Output {
        state = .broken
        buffer = ByteBuffer()
        return .broken(error)
    }

    private mutating func parse(_ text: ByteBuffer, framing: Framing) -> Output {
        let request: RawRequest
        do { request = try RawRequest(parsing: text, framing: framing) } catch { return .malformed(error, id: nil) }
        do {
            guard framing == .lines, let count = try request.attachedLength() else { return .request(request) }
            return .attachedAnnounced(request, count: count)
        } catch {
            return broken(error)
        }
    }

    // MARK: Deciding

    private mutating func decideFraming() -> Bool {
        let decided: State? = buffer.withUnsafeReadableBytes { bytes in
            var blockStart = 0
            while blockStart < bytes.count {
                let end = blockStart + Self.blockLength
                if bytes[blockStart..<min(end, bytes.count)].contains(0x0A) { return .lines }
                if end <= bytes.count && bytes[end - 1] == UInt8(ascii: " ") { return .classic(text: ByteBuffer()) }
                blockStart = end
            }
            return nil
        }
        guard let decided else { return false }
        state = decided
        if case .classic = decided { framing = .classic }
        return true
    }

    private mutating func tooLongUndecided() -> Output? {
        lengthFailure(buffer.readableBytes).map { broken($0) }
    }

    // MARK: Classic blocks

    private mutating func nextClassic(_ begun: ByteBuffer) -> Output? {
        var text = begun
        while let block = buffer.readSlice(length: Self.blockLength) {
            let stripped =
                block.readableBytesView.lastIndex { $0 != UInt8(ascii: " ") }
                .map { $0 - block.readableBytesView.startIndex + 1 } ?? 0
            if stripped == 0 && text.readableBytes == 0 { continue }
            text.writeImmutableBuffer(block.getSlice(at: block.readerIndex, length: stripped) ?? ByteBuffer())
            if stripped < Self.blockLength {
                state = .classic(text: ByteBuffer())
                return parseClassic(text)
            }
            if let failure = lengthFailure(text.readableBytes, carriesFile: carriesFile(text)) { return broken(failure) }
        }
        state = .classic(text: text)
        return nil
    }

    /// To be called when nothing has arrived for `classicSilence` while `awaitsSilence`.
    public mutating func silenceElapsed() -> Output? {
        guard awaitsSilence, case .classic(let text) = state else { return nil }
        state = .classic(text: ByteBuffer())
        return parseClassic(text)
    }

    /// A person who types `nc`'s lines into blocks leaves line ends; they are not part of the request.
    private mutating func parseClassic(_ text: ByteBuffer) -> Output? {
        var text = text
        while let last = text.readableBytesView.last, last == 0x0A || last == 0x0D {
            text = text.getSlice(at: text.readerIndex, length: text.readableBytes - 1) ?? ByteBuffer()
        }
        if text.readableBytes == 0 { return nil }
        if let failure = lengthFailure(text.readableBytes, carriesFile: carriesFile(text)) { return broken(failure) }
        return parse(text, framing: .classic)
    }
}
