import ChatProtocol
import Logging
import NIOCore

/// The line: getting one, saying hello, and what follows when it breaks.
extension Session {
    func connect() {
        guard phase != .over else { return }
        attempt?.cancel()
        attempt = nil
        phase = .connecting
        post(.connection(.connecting))
        dialer.dial { [weak self] result in
            guard let self, phase == .connecting else {
                // Shut down meanwhile.
                if case .success(let connection) = result { connection.close() }
                return
            }
            switch result {
            case .success(let connection): greet(connection)
            case .failure(let end): lineBroke(end)
            }
        }
    }

    private func greet(_ connection: ServerConnection) {
        phase = .greeting
        self.connection = connection
        connection.listen(
            ServerConnection.Listener(
                event: { [weak self] in self?.take($0) },
                pause: { [weak self] in if let self, let active { storeArrived(active) } },
                closed: { [weak self] in self?.lineBroke($0) }))
        connection.request(.hello) { [weak self] result in
            guard let self else { return }
            switch result.body(HelloReply.self) {
            case .success(let hello) where hello.protocolVersion == Int64(protocolVersion):
                epoch = hello.epoch
                endSessions(store.tokensToEnd(server)[...]) { [weak self] in
                    self?.phase = .ready
                    self?.proceed()
                }
            case .success(let hello):
                drop(.otherVersion(hello.protocolVersion))
            case .failure(.refused(let error)): drop(.refused(error))
            case .failure(.connectionLost): break
            }
        }
    }

    /// Does what there is to do on a line that is free.
    func proceed() {
        guard phase == .ready, !isActivating else { return }
        if let active {
            catchUp(active)
        } else if let credentials {
            authenticate(credentials)
        } else {
            backoff.reset()
            post(.connection(.online))
        }
    }

    /// Ends the line from this side and carries on as if it had broken.
    func drop(_ end: ConnectionEnd) {
        connection?.close()
        lineBroke(end)
    }

    /// Takes another line at once, because this one is bound to somebody.
    func startOver() {
        connection?.close()
        connection = nil
        if let active { forgetWhatWasOnItsWay(active) }
        connect()
    }

    private func lineBroke(_ end: ConnectionEnd) {
        guard phase != .over else { return }
        logger.info("Not connected", metadata: ["reason": "\(end)"])
        connection = nil
        if let active, case .refused(let error) = end, error.code == .sessionInvalid {
            return sessionEnded(active, reason: error.detail)
        }
        if phase == .ready, credentials == nil, !isActivating {
            // It was only waiting for somebody to sign in, and a server need not wait for ever.
            phase = .dormant
            return
        }
        if case .registration(let registration, _)? = credentials, phase == .authenticating {
            credentials = .registration(registration, mayExist: true)
        }
        if let active { forgetWhatWasOnItsWay(active) }
        scheduleAttempt(end)
    }

    private func scheduleAttempt(_ end: ConnectionEnd) {
        var delay = backoff.next()
        if case .refused(let error) = end, let seconds = error.retryAfter { delay = max(delay, .seconds(seconds)) }
        var end = end
        if let announcedDelay { (delay, end) = (announcedDelay, .restarting) }
        announcedDelay = nil
        phase = .waiting
        post(.connection(.offline(reason: end, nextAttempt: Timestamp.now.adding(delay))))
        attempt = loop.after(delay) { [weak self] in self?.connect() }
    }

    private func forgetWhatWasOnItsWay(_ active: ActiveAccount) {
        let wasCatchingUp = phase == .catchingUp
        let changed = Set(active.outbox.items.filter { $0.state == .sending || $0.refusal != nil }.map(\.conversation))
        storeArrived(active)
        active.lineBroke()
        transfers.pause()
        for conversation in changed { post(.outbox(conversation, active.outbox.items(of: conversation))) }
        if wasCatchingUp { post(.catchingUp(false)) }
    }

    func reconnectNow() {
        if phase == .waiting || phase == .dormant { connect() }
    }
}
