public import ChatProtocol
import Foundation

/// An account that was used on this machine.
public struct KnownAccount: Hashable, Sendable {
    public var server: ServerAddress
    public var username: Username
    public var name: String
    /// Whether `Intent.resume` can sign in without a password.
    public var hasSession: Bool
    /// Whether a running client of this account holds its cache.
    public var inUse: Bool

    public init(server: ServerAddress, username: Username, name: String, hasSession: Bool, inUse: Bool) {
        self.server = server
        self.username = username
        self.name = name
        self.hasSession = hasSession
        self.inUse = inUse
    }
}
