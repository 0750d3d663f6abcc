public import ChatProtocol

/// An account that was used on this machine: a line of the chooser.
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

extension ClientPaths {
    /// The accounts of a server that were used on this machine, by name. Reads a few small files.
    public func knownAccounts(of server: ServerAddress) -> [KnownAccount] {
        SessionStore(paths: self).sessions(server).map { session in
            let account = session.account
            return KnownAccount(
                server: server, username: account.username, name: account.name, hasSession: session.token != nil,
                inUse: isInUse(server, account.username))
        }
    }

    private func isInUse(_ server: ServerAddress, _ username: Username) -> Bool {
        do throws(PrivateFiles.Failure) {
            return try FileLock(cacheLock(server, username)) == nil
        } catch {
            // There was never a cache, or it cannot be locked by anybody.
            return false
        }
    }
}
