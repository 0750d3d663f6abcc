import Glibc

/// A system call that failed.
public struct SystemError: Error, Hashable, Sendable {
    /// `errno`.
    public var code: Int32

    public init(code: Int32) { self.code = code }

    /// What the call that has just failed left.
    init() { code = errno }

    /// In the system's words.
    public var text: String { String(cString: strerror(code)) }
}
