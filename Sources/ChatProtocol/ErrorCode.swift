/// What went wrong, for a program. (Protocol: Replies and events)
public enum ErrorCode: String, Sendable, CaseIterable {
    case badRequest = "bad-request"
    case unknownCommand = "unknown-command"
    case tooLarge = "too-large"
    case tlsRequired = "tls-required"
    case authFailed = "auth-failed"
    case sessionInvalid = "session-invalid"
    case forbidden
    case userExists = "user-exists"
    case noSuchUser = "no-such-user"
    case noSuchRoom = "no-such-room"
    case noSuchConversation = "no-such-conversation"
    case noSuchMessage = "no-such-message"
    case noSuchFile = "no-such-file"
    case fileExists = "file-exists"
    case quotaExceeded = "quota-exceeded"
    case invalidName = "invalid-name"
    case invalidText = "invalid-text"
    case rateLimited = "rate-limited"
    case blocked
    case conflict
    case busy
    /// The outcome is unknown: retry with the same nonce.
    case `internal`
}

/// A refusal: a code for programs and a sentence for people.
public struct ProtocolError: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: ErrorCode
    /// One sentence that says what is wrong and, where it can, what to do.
    public let detail: String
    /// Whole seconds to wait before trying again (`rate-limited`, `busy`).
    public let retryAfter: Int?
    /// What the server knows that the caller does not: the right offset of an upload (`conflict` on `file_append`).
    public let offset: Int64?

    public init(_ code: ErrorCode, _ detail: String, retryAfter: Int? = nil, offset: Int64? = nil) {
        self.code = code
        self.detail = detail
        self.retryAfter = retryAfter
        self.offset = offset
    }

    /// The sentence that the first client of this protocol prints. (Protocol: Classic words)
    public var classicWords: String {
        code == .unknownCommand ? "Fitur belum tersedia" : "Protocol Tidak Benar"
    }

    public var description: String { "\(code.rawValue): \(detail)" }
}
