import NIOCore

/// The messages that one client sends: 64 bytes each, to targets in turn or at random.
struct MessageLoad: Sendable {
    /// Messages unanswered at any time; 0 if a `Pacer` says when to send.
    let window: Int
    private let requests: [[UInt8]]
    /// What nonces begin with: of this run alone, for a folder that is used again.
    private let nonce: [UInt8]?
    private var sent: UInt64 = 0
    private var random: UInt64

    /// - Parameters:
    ///   - command: up to the target's name.
    ///   - run: a number of this run; nil for messages without nonces.
    init(targets: [String], command: String, window: Int, run: UInt32?) {
        let text = String(repeating: "m", count: 64)
        self.window = window
        requests = targets.map { Array("\(command)\($0)&message=\(text)".utf8) }
        nonce = run.map { Array("&nonce=\(String($0, radix: 36)).".utf8) }
        random = UInt64.random(in: 1 ... .max)
    }

    /// A number for `run`: a folder may be used again, and nonces must not come twice.
    static func run(withNonces: Bool) -> UInt32? { withNonces ? UInt32.random(in: 1 ... .max) : nil }

    mutating func write(into bytes: inout ByteBuffer) {
        // xorshift64: which target comes next need not be more random than this.
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        bytes.writeBytes(requests[Int(random % UInt64(requests.count))])
        if let nonce {
            bytes.writeBytes(nonce)
            writeNumber(sent, into: &bytes)
        }
        bytes.writeInteger(UInt8(ascii: "\n"))
        sent += 1
    }

    private func writeNumber(_ number: UInt64, into bytes: inout ByteBuffer) {
        var rest = number
        repeat {
            bytes.writeInteger(UInt8(ascii: "a") + UInt8(rest & 15))
            rest >>= 4
        } while rest > 0
    }
}
