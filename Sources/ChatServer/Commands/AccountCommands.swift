import ChatProtocol
import ChatStore
import Logging
import NIOCore

// MARK: register, auth, logout, whoami, users

extension Connection {
    func register(_ fields: Register, _ scope: RequestScope) throws(ProtocolError) {
        guard server.configuration.registration == .open else {
            throw ProtocolError(.forbidden, "This server takes no new accounts.")
        }
        let least = server.configuration.leastPassword
        guard fields.password.utf8.count >= least else {
            throw ProtocolError(.badRequest, "A password on this server has at least \(least) bytes.")
        }
        let passwords = server.passwords
        work(on: hashers, scope) {
            NewUser(
                username: fields.username, name: fields.name, nationality: fields.nationality,
                passwordHash: try passwords.hash(fields.password))
        } then: { [self] new in
            commit(.register(new), scope) { [self] outcome throws(ProtocolError) in
                guard case .registered(let user) = outcome else { return }
                logger.info("registered", metadata: ["user": "\(user.username)"])
                let body = AccountReply(
                    username: user.username, name: user.name, nationality: user.nationality, message: "User berhasil dibuat")
                reply(body, id: scope.id)
                server.presence.registered(user)
            }
        }
    }

    /// The hashing thread, for whoever is at the other end.
    private var hashers: some Workers { server.hashers.places(for: AddressHolder(address)) }

    func auth(_ fields: Auth, _ scope: RequestScope) throws(ProtocolError) {
        let username = Self.username(fields.username)
        let attempt = LoginLimiter.Attempt(username, from: AddressHolder(address))
        try server.logins.check(attempt, now: .now())
        let server = self.server
        work(on: hashers, scope) {
            // Again, because those that were asked before this one have been answered meanwhile.
            try server.logins.check(attempt, now: .now())
            // What can be no user name is nobody's: it takes as long, and is answered alike.
            let known = try username.flatMap { try server.store.credentials($0) }
            guard server.passwords.verify(fields.password, against: known?.passwordHash), let known else {
                server.logins.failed(attempt, now: .now())
                throw ProtocolError(.authFailed, "The user name or the password is wrong.")
            }
            server.logins.succeeded(attempt)
            let token = try SessionToken.random()
            return (new: NewSession(user: known.user, token: token.hash, device: fields.device ?? ""), token: token)
        } then: { [self] opened in
            commit(.openSession(opened.new), scope) { [self] outcome throws(ProtocolError) in
                guard case .sessionOpened(let session) = outcome else { return }
                // Nobody waits for the token any more.
                guard !isClosing else { return end(session) }
                if bound == nil { bind(session, token: opened.token) }
                logger.info("logged in", metadata: ["user": "\(session.user.username)"])
                reply(AuthReply(token: opened.token, username: session.user.username, name: session.user.name), id: scope.id)
            }
        }
    }

    private func end(_ session: Session) {
        let caller = Caller(user: session.user, session: session.id)
        let origin = Origin(loop: directory.index, connection: id, answer: .call { _ in })
        _ = server.committer.submit(.endSession(caller), from: origin)
    }

    private static func username(_ text: String) -> Username? {
        do { return try Username(text) } catch { return nil }
    }

    func logout(_ scope: RequestScope, _ caller: Caller) {
        commit(.endSession(caller), scope) { [self] outcome throws(ProtocolError) in
            logger.info("logged out", metadata: ["user": "\(caller.user.username)"])
            // This connection may log in again; the session's others end.
            if sessionID == caller.session { unbind() }
            server.delivery.end([caller.session], reason: "logout", except: id)
            reply(MessageReply(message: "Berhasil keluar"), id: scope.id)
        }
    }

    func whoami(_ scope: RequestScope, _ caller: Caller) {
        let user = caller.user
        reply(AccountReply(username: user.username, name: user.name, nationality: user.nationality, role: "user"), id: scope.id)
    }

    func users(_ page: ListPage, _ scope: RequestScope) {
        let server = self.server
        read(scope) {
            let users = try server.store.users(page)
            let people = users.rows.map {
                Person(username: $0.username, name: $0.name, online: server.presence.isOnline($0.id))
            }
            return PeopleReply(list: .users, people: people, next: users.next)
        }
    }
}
