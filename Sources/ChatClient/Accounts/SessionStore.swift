import ChatProtocol
import Foundation

/// The sessions that accounts left on this machine: one file for each server and user name, for its owner alone.
struct SessionStore: Sendable {
    struct Session: Sendable {
        var account: Account
        /// Nil after logging out: the account is still known, and must give its password.
        var token: SessionToken?
        /// Of the server's store when the session was used last; nil if that was not kept.
        var epoch: String?
    }

    /// As it lies on disk.
    private struct File: Codable {
        var host: String
        var port: Int
        var username: String
        var name: String
        var token: String?
        var epoch: String?
    }

    let paths: ClientPaths

    func session(_ server: ServerAddress, _ username: Username) -> Session? {
        read(paths.sessionFile(server, username))
    }

    func save(_ session: Session) throws {
        let account = session.account
        try PrivateFiles.makeFolder(paths.folder(in: paths.accounts, of: account.server))
        let file = File(
            host: account.server.host, port: account.server.port, username: account.username.text, name: account.name,
            token: session.token?.text, epoch: session.epoch)
        try PrivateFiles.replace(
            paths.sessionFile(account.server, account.username), with: Array(try JSONEncoder().encode(file)))
    }

    /// All accounts of a server, by name.
    func sessions(_ server: ServerAddress) -> [Session] {
        let folder = paths.folder(in: paths.accounts, of: server)
        return PrivateFiles.names(in: folder).filter { $0.hasSuffix(".json") }.compactMap { read(folder + "/" + $0) }
    }

    private func read(_ path: String) -> Session? {
        guard let bytes = PrivateFiles.read(path), let file = try? JSONDecoder().decode(File.self, from: Data(bytes)),
            let username = try? Username(file.username)
        else { return nil }
        return Session(
            account: Account(
                server: ServerAddress(host: file.host, port: file.port), username: username, name: file.name),
            token: file.token.flatMap { try? SessionToken($0) }, epoch: file.epoch)
    }

    // MARK: Logged out of

    /// Sessions that somebody logged out of, and of which the server has not confirmed that they ended.
    func tokensToEnd(_ server: ServerAddress) -> [SessionToken] {
        guard let bytes = PrivateFiles.read(paths.tokensToEnd(server)),
            let texts = try? JSONDecoder().decode([String].self, from: Data(bytes))
        else { return [] }
        return texts.compactMap { try? SessionToken($0) }
    }

    func save(tokensToEnd tokens: [SessionToken], of server: ServerAddress) throws {
        try PrivateFiles.makeFolder(paths.folder(in: paths.accounts, of: server))
        try PrivateFiles.replace(paths.tokensToEnd(server), with: Array(try JSONEncoder().encode(tokens.map(\.text))))
    }
}
