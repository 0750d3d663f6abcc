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
        activate(Account(server: server, username: username, name: session.account.name), token)
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
                remember(account, reply.token)
                activate(account, reply.token)
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

    private func remember(_ account: Account, _ token: SessionToken?) {
        do {
            try store.save(SessionStore.Session(account: account, token: token))
        } catch {
            report(cacheFailure: error)
        }
    }

    // MARK: The account's things

    /// Opens the account's cache, tells what is in it, and goes on from there.
    private func activate(_ account: Account, _ token: SessionToken) {
        isActivating = true
        let shelf = shelf
        let answer = LoopAnswer<Result<Opened, any Error>>(on: loop) { [weak self] result in
            self?.activated(account, token, result)
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

    private func activated(_ account: Account, _ token: SessionToken, _ result: Result<Opened, any Error>) {
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
        let active = ActiveAccount(account: account, token: token, cache: opened.cache)
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

    private func endSession(_ active: ActiveAccount) {
        guard isBound, let connection else { return sessionEnded(active, reason: "") }
        connection.request(.logout) { [weak self] _ in
            guard let self, self.active === active else { return }
            sessionEnded(active, reason: "")
        }
    }

    /// The token is worth nothing any more. The cache stays.
    func sessionEnded(_ active: ActiveAccount, reason: String) {
        remember(active.account, nil)
        letGo(of: active)
        former = active.account.username
        post(.signedOut(reason: reason))
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
