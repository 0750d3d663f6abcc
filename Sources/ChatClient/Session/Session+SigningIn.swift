import ChatProtocol

/// Who is signed in: by password, by registering, by what an earlier session left; and how that ends.
extension Session {
    func signIn(_ credentials: Credentials) {
        self.credentials = credentials
        if let active { letGo(of: active) }
        switch phase {
        case .ready: proceed()
        case .dormant: connect()
        // A connection binds to the first who signs in, so a change of mind takes another one.
        case .authenticating, .catchingUp, .live: startOver()
        case .waiting, .connecting, .greeting, .over: break
        }
    }

    func resume(_ username: Username) {
        credentials = nil
        guard let session = store.session(server, username), let token = session.token else {
            return post(.signInFailed(ProtocolError(.sessionInvalid, "There is no session to resume. Log in.")))
        }
        if let active { letGo(of: active) }
        if isBound || phase == .authenticating { startOver() }
        activate(Account(server: server, username: username, name: session.account.name), token, epoch: session.epoch)
        if phase == .dormant { connect() }
    }

    func authenticate(_ credentials: Credentials) {
        phase = .authenticating
        switch credentials {
        case .password(let username, let password): logIn(username, password)
        case .registration(let registration, let mayExist):
            connection?.request(.register(registration)) { [weak self] result in
                guard let self, phase == .authenticating else { return }
                switch result.body(AccountReply.self) {
                case .success(let reply):
                    post(.registered(reply.username))
                    // From here on it is only a matter of logging in, also on another line.
                    self.credentials = .password(username: reply.username.text, password: registration.password)
                    logIn(reply.username.text, registration.password)
                case .failure(.refused(let error)) where mayExist && error.code == .userExists:
                    logIn(registration.username.text, registration.password)
                case .failure(.refused(let error)): signInRefused(error)
                case .failure(.connectionLost): break
                }
            }
        }
    }

    private func logIn(_ username: String, _ password: String) {
        connection?.request(.auth(Auth(username: username, password: password, device: "obrol"))) { [weak self] result in
            guard let self, phase == .authenticating else { return }
            switch result.body(AuthReply.self) {
            case .success(let reply):
                credentials = nil
                phase = .ready
                let account = Account(server: server, username: reply.username, name: reply.name)
                remember(account, reply.token, epoch: epoch)
                activate(account, reply.token, epoch: epoch)
            case .failure(.refused(let error)): signInRefused(error)
            case .failure(.connectionLost): break
            }
        }
    }

    private func signInRefused(_ error: ProtocolError) {
        credentials = nil
        phase = .ready
        post(.signInFailed(error))
        proceed()
    }

    private func remember(_ account: Account, _ token: SessionToken?, epoch: String?) {
        do {
            try store.save(SessionStore.Session(account: account, token: token, epoch: epoch))
        } catch {
            report(cacheFailure: error)
        }
    }

    /// The session is known to the store of this epoch: after a backup was restored that is another one.
    func remember(_ active: ActiveAccount, epoch: String) {
        guard active.epoch != epoch else { return }
        active.epoch = epoch
        remember(active.account, active.token, epoch: epoch)
    }

    // MARK: The account's things

    /// Opens the account's cache, tells what is in it, and goes on from there.
    private func activate(_ account: Account, _ token: SessionToken, epoch: String?) {
        isActivating = true
        let shelf = shelf
        let answer = LoopAnswer<Result<Opened, any Error>>(on: loop) { [weak self] result in
            self?.activated(account, token, epoch, result)
        }
        opening.submit {
            answer(
                Result {
                    let cache = try shelf.cache(of: account.username)
                    return try cache.wait { rows in
                        Opened(
                            cache: cache, snapshot: try rows.snapshot(account: account), reads: try rows.unsentReads(),
                            transfers: try rows.unfinishedTransfers())
                    }
                })
        }
    }

    private struct Opened: Sendable {
        var cache: Cache
        var snapshot: ClientSnapshot
        var reads: [ConversationName: Seq]
        var transfers: [(place: Int, kept: KeptTransfer)]
    }

    private func activated(
        _ account: Account, _ token: SessionToken, _ epoch: String?, _ result: Result<Opened, any Error>
    ) {
        isActivating = false
        defer {
            whenActivated?()
            whenActivated = nil
        }
        // Somebody else wanted to sign in meanwhile.
        guard credentials == nil else {
            shelf.putAway(account.username)
            return startOver()
        }
        let opened: Opened
        switch result {
        case .success(let value): opened = value
        case .failure(let error):
            report(cacheFailure: error)
            post(.signInFailed(ProtocolError(.internal, "The local cache cannot be opened.")))
            return proceed()
        }
        let active = ActiveAccount(account: account, token: token, epoch: epoch, cache: opened.cache)
        active.book.restore(opened.snapshot.conversations, unsentReads: opened.reads)
        active.outbox.restore(opened.snapshot.outbox)
        for person in opened.snapshot.people { active.people[person.username] = person }
        self.active = active
        former = nil

        post(.signedIn(account))
        switch opened.cache.handicap {
        case .inUse?: post(.notice(.cacheInUse))
        case .failed(let failure)?: post(.notice(.cacheFailed(failure)))
        case nil: break
        }
        post(.conversations(active.book.states))
        for conversation in active.outbox.conversations {
            post(.outbox(conversation, active.outbox.items(of: conversation)))
        }
        if !active.people.isEmpty { post(.people(active.people.values.sorted { $0.username < $1.username })) }
        let keeping = opened.cache.handicap == nil ? TransferKeeping { [weak self] in self?.keep(active, $0, then: $1) } : .init()
        transfers.enter(token, keeping, unfinished: opened.transfers)
        performEarly()
        proceed()
    }

    private func keep(
        _ active: ActiveAccount, _ work: @escaping @Sendable (CacheRows) throws -> Void, then answer: @escaping () -> Void
    ) {
        inCache(active, work) { _ in answer() }
    }

    // MARK: Signing out

    /// Who logs out leaves nothing that goes on: transfers are cancelled before.
    func logOut(_ active: ActiveAccount) {
        transfers.cancelAll { [weak self] in
            guard let self, self.active === active else { return }
            endSession(active)
        }
    }

    /// Without a line, or if it breaks before the answer, the server is told on the next one.
    private func endSession(_ active: ActiveAccount) {
        keep(tokensToEnd: store.tokensToEnd(server) + [active.token])
        guard isBound else { return sessionEnded(active, reason: "") }
        end(active.token) { [weak self] _ in
            guard let self, self.active === active else { return }
            sessionEnded(active, reason: "")
        }
    }

    /// Ends what was logged out of on earlier lines, one after the other, before anybody is bound to this one. The answer
    /// does not come if the line breaks.
    func endSessions(_ tokens: ArraySlice<SessionToken>, then answer: @escaping () -> Void) {
        guard let token = tokens.first else { return answer() }
        end(token) { [weak self] isAnswered in
            if isAnswered { self?.endSessions(tokens.dropFirst(), then: answer) }
        }
    }

    private func end(_ token: SessionToken, then answer: @escaping (_ isAnswered: Bool) -> Void) {
        connection?.request(.logout, session: token) { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(.connectionLost): return answer(false)
            // It may be tried again later.
            case .failure(.refused(let error)) where error.code != .sessionInvalid: break
            case .success, .failure: keep(tokensToEnd: store.tokensToEnd(server).filter { $0 != token })
            }
            answer(true)
        }
    }

    private func keep(tokensToEnd tokens: [SessionToken]) {
        do { try store.save(tokensToEnd: tokens, of: server) } catch { report(cacheFailure: error) }
    }

    /// The cache stays. The token is worth nothing any more, unless it is another server that does not know it.
    /// - Parameter reason: the server's; empty if the person logged out.
    func sessionEnded(_ active: ActiveAccount, reason: String) {
        let isElsewhere = !reason.isEmpty && active.epoch != nil && epoch != nil && active.epoch != epoch
        if !isElsewhere { remember(active.account, nil, epoch: nil) }
        letGo(of: active)
        former = active.account.username
        post(.signedOut(reason: isElsewhere ? ProtocolError.otherServer.detail : reason))
        startOver()
    }

    /// Its session lives on, and so does its cache.
    private func letGo(of active: ActiveAccount) {
        storeArrived(active)
        transfers.leave()
        self.active = nil
        shelf.putAway(active.account.username)
    }
}
