public import ChatProtocol
import Foundation
import Glibc
public import NIOCore

/// A client that speaks the wire by hand, one line or block at a time, over a real socket. Every wait has an end.
public final class WireClient {
    private let descriptor: CInt
    private var received = ByteBuffer()
    private let framing: Framing
    /// Seconds before a missing answer is a failure.
    public static let patience = 20.0

    /// - Parameters:
    ///   - source: the address that it comes from, of this machine; the system's choice if nil.
    ///   - receiveBuffer: bytes that the kernel takes for it while it does not read, as from a network and not from
    ///     loopback, for whose long segments it keeps megabytes ready; about as much as it likes if nil.
    public init(
        host: String = "127.0.0.1", port: Int, from source: String? = nil, framing: Framing = .lines,
        receiveBuffer: Int32? = nil
    ) throws {
        self.framing = framing
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiveBuffer {
            var segment: Int32 = 1460
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4)
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, &segment, 4)
        }
        let isBound = source.map { Self.with($0, port: 0) { bind(descriptor, $0, $1) } == 0 } ?? true
        guard isBound, Self.with(host, port: port, { connect(descriptor, $0, $1) }) == 0 else {
            Glibc.close(descriptor)
            throw TestFailure("connect: \(String(cString: strerror(errno)))")
        }
    }

    private static func with(_ host: String, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    deinit { Glibc.close(descriptor) }

    public func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// When this goes away the server hears a reset, as of a machine that lost its memory.
    public func endWithReset() {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    /// The port at this end.
    public var localPort: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Says that nothing more will be sent.
    public func endInput() { shutdown(descriptor, Int32(SHUT_WR)) }

    // MARK: Sending

    public func send(raw bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw TestFailure("send: \(String(cString: strerror(errno)))") }
            done += count
        }
    }

    /// One request, ended as this client's framing has it.
    public func send(_ request: String) throws {
        switch framing {
        case .lines: try send(raw: Array((request + "\n").utf8))
        case .classic: try send(raw: Array(buffer: ReplyFraming.classicRequest(request)))
        }
    }

    public func send(_ command: Command, session: SessionToken? = nil) throws {
        try send(raw: Array(buffer: Request(command, session: session).encoded()))
    }

    // MARK: Receiving

    /// The next object, whatever it is; nil when the server has closed the connection.
    public func receive(within seconds: Double = patience) throws -> [String: Any]? {
        guard let object = try receiveObject(within: seconds) else { return nil }
        guard let json = try JSONSerialization.jsonObject(with: Data(object.readableBytesView)) as? [String: Any] else {
            throw TestFailure("Not an object: \(String(buffer: object))")
        }
        return json
    }

    /// The bytes of the next object, without its end mark.
    public func receiveObject(within seconds: Double = patience) throws -> ByteBuffer? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let object = takeObject() { return object }
            guard try receiveMore(until: deadline) else { return nil }
        }
    }

    /// The raw bytes that follow a reply.
    public func receive(raw count: Int) throws -> [UInt8] {
        let deadline = ContinuousClock.now + .seconds(Self.patience)
        while received.readableBytes < count {
            guard try receiveMore(until: deadline) else { throw TestFailure("The connection ended amid attached bytes.") }
        }
        return received.readBytes(length: count) ?? []
    }

    private func takeObject() -> ByteBuffer? {
        switch framing {
        case .lines:
            guard let end = received.readableBytesView.firstIndex(of: 0x0A) else { return nil }
            let line = received.readSlice(length: end - received.readerIndex)
            received.moveReaderIndex(forwardBy: 1)
            return line
        case .classic:
            // As the first client reads: blocks, stripped, until one became shorter.
            var text = ByteBuffer()
            var view = received
            while let block = view.readBytes(length: RequestDecoder.blockLength) {
                let length = block.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
                text.writeBytes(block[..<length])
                if length < RequestDecoder.blockLength {
                    received = view
                    return text
                }
            }
            return nil
        }
    }

    private func receiveMore(until deadline: ContinuousClock.Instant) throws -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero, poll(&entry, 1, Int32(left / .milliseconds(1)) + 1) > 0 else {
            throw TestFailure("Nothing arrived in time; so far: \(String(buffer: received))")
        }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count <= 0 { return false }
        received.writeBytes(chunk[..<count])
        return true
    }

    /// Sends a request and returns its reply, passing over events.
    @discardableResult
    public func ask(_ request: String) throws -> [String: Any] {
        try send(request)
        return try reply()
    }

    /// The next reply, passing over events.
    public func reply() throws -> [String: Any] {
        while let object = try receive() {
            if object["type"] == nil { return object }
        }
        throw TestFailure("The connection ended before the reply.")
    }

    /// The next event of this type, passing over everything else.
    public func event(_ type: String) throws -> [String: Any] {
        while let object = try receive() {
            if object["type"] as? String == type { return object }
        }
        throw TestFailure("The connection ended before the event.")
    }

    // MARK: Accounts

    /// Registers and logs in; returns the token.
    @discardableResult
    public func join(as username: String, name: String? = nil) throws -> String {
        try ask("register username=\(username)&password=rahasia&name=\(name ?? username.capitalized)&nationality=ID")
        return try logIn(as: username)
    }

    @discardableResult
    public func logIn(as username: String) throws -> String {
        let reply = try ask("auth username=\(username)&password=rahasia")
        guard let token = reply["tokenid"] as? String else { throw TestFailure("auth: \(reply)") }
        return token
    }

    /// Writes to itself until a server whose database is bounded has no room for a letter.
    public func fillDatabase(as username: String) throws {
        for text in [String(repeating: "x", count: 500), "x"] {
            while try ask("send destination=\(username)&message=\(text)").status == "OK" {}
        }
    }
}
