/// The secret that stands for a session: what `auth` gives and `session=` takes.
///
/// It never appears in a log: its description is a fixed word.
public struct SessionToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    public let text: String

    public static let maximumLength = 128

    /// - Throws: `session-invalid`.
    public init(_ text: String) throws(ProtocolError) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength else {
            throw ProtocolError(.sessionInvalid, "This session is not known or has ended. Log in again.")
        }
        self.text = text
    }

    public var description: String { "(session token)" }
    public var debugDescription: String { description }
}

/// Names a file on the server for ever: random, 26 characters of `a-z2-7`.
public struct FileID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: `no-such-file`: what is not shaped like an identifier names no file.
    public init(_ text: String) throws(ProtocolError) {
        guard text.utf8.count == 26,
            text.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0)
            })
        else { throw ProtocolError(.noSuchFile, "No file has this identifier.") }
        self.text = text
    }

    /// The 130 random bits that `bits` yields, five at a time.
    public init(random bits: () -> UInt8) {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        text = String(decoding: (0..<26).map { _ in alphabet[Int(bits() & 31)] }, as: UTF8.self)
    }

    public var description: String { text }
}

/// A SHA-256 in lower-case hexadecimal.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: `bad-request`.
    public init(_ text: String) throws(ProtocolError) {
        let lowered = text.lowercased()
        guard lowered.utf8.count == 64,
            lowered.utf8.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            })
        else { throw ProtocolError(.badRequest, "A SHA-256 is 64 hexadecimal digits.") }
        self.text = lowered
    }

    /// From the 32 bytes of a digest.
    public init?(digest: some Collection<UInt8>) {
        guard digest.count == 32 else { return nil }
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in digest {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        self.text = String(decoding: hex, as: UTF8.self)
    }

    public var description: String { text }
}
