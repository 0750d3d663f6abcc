import ChatProtocol
import ChatStore

extension Connection {
    /// Checks a request and hands it to its handler.
    func execute(_ request: RawRequest) {
        do throws(ProtocolError) {
            guard let name = request.command else {
                throw ProtocolError(.unknownCommand, "This server does not know that command.")
            }
            let caller = name.needsSession ? try caller(of: request) : nil
            if caller == nil, let session = bound?.session { noteUse(session) }
            let command = try Command(request)
            let scope = RequestScope(id: request.id, framing: request.framing, caller: caller)
            if let shown = takeReceivedInbox() {
                commit(shown.change, scope) { [self] outcome throws(ProtocolError) in
                    readMoved(outcome, shown.caller)
                    start(command, scope)
                }
            } else {
                start(command, scope)
            }
        } catch {
            reply(error, id: request.id)
        }
    }

    private func start(_ command: consuming Command, _ scope: RequestScope) {
        do throws(ProtocolError) { try dispatch(consume command, scope) } catch { reply(error, id: scope.id) }
    }

    /// The table of commands: what is on the left is checked, what is on the right has its file in `Commands/`.
    private func dispatch(_ command: consuming Command, _ scope: RequestScope) throws(ProtocolError) {
        switch command {
        case .hello: hello(scope)
        case .ping: reply(EmptyReply(), id: scope.id)
        case .register(let fields): try register(fields, scope)
        case .auth(let fields): try auth(fields, scope)
        default: try dispatch(consume command, scope, scope.requireCaller())
        }
    }

    private func dispatch(_ command: consuming Command, _ scope: RequestScope, _ caller: Caller) throws(ProtocolError) {
        switch consume command {
        case .hello, .ping, .register, .auth: break

        case .subscribe: try subscribe(scope, caller)
        case .unsubscribe: try unsubscribe(scope, caller)
        case .logout: logout(scope, caller)
        case .whoami: whoami(scope, caller)
        case .users(let page): users(page, scope)

        case .send(let fields): send(fields, scope, caller)
        case .inbox(let peek): inbox(peek: peek, scope, caller)
        case .conversations(let next): conversations(next: next, scope, caller)
        case .history(let fields): history(fields, scope, caller)
        case .read(let conversation, let seq): markRead(conversation, seq, scope, caller)

        case .roomJoin(let room): joinRoom(room, scope, caller)
        case .roomChat(let fields): chatInRoom(fields, scope, caller)
        case .roomLeave(let room): leaveRoom(room, scope, caller)
        case .rooms(let page): rooms(page, scope, caller)
        case .roomMembers(let room, let page): members(room, page, scope)
        case .roomSendFile(let fields), .fileSend(let fields): try sendFile(fields, scope, caller)
        case .roomGetFile(let room, let label): getFile(.inRoom(room, label), scope, caller)

        case .fileGet(.label(let label)): getFile(.received(label), scope, caller)
        case .fileGet(.file(let file)): getFile(.id(file), scope, caller)
        case .fileList: listFiles(scope, caller)
        case .fileBegin(let fields): try beginUpload(fields, scope, caller)
        case .fileAppend(let fields): appendUpload(fields, scope, caller)
        case .fileFinish(let fields): finishUpload(fields, scope, caller)
        case .fileRead(let fields): readFile(fields, scope, caller)
        case .fileInfo(let file): fileInfo(file, scope, caller)
        }
    }

    // MARK: Who asks

    /// The first valid token binds the connection; a later, different one counts for its own request only.
    /// (Protocol: Requests, `session`)
    func caller(of request: RawRequest) throws(ProtocolError) -> Caller {
        guard let token = try request.sessionToken() else {
            guard let session = bound?.session else {
                throw ProtocolError(.sessionInvalid, "Log in first.")
            }
            noteUse(session)
            return Caller(user: session.user, session: session.id)
        }
        if let bound, bound.token == token {
            noteUse(bound.session)
            return Caller(user: bound.session.user, session: bound.session.id)
        }
        guard let session = server.store.session(token.hash) else {
            throw ProtocolError(.sessionInvalid, "This session is not known or has ended. Log in again.")
        }
        if bound == nil { bind(session, token: token) }
        noteUse(session)
        return Caller(user: session.user, session: session.id)
    }

    /// Remembers that the session is in use. Every request comes by here: mostly it is a look at two times.
    private func noteUse(_ session: Session) {
        let now = server.clock.time
        guard session.isTouched(byUseAt: now) else { return }
        if sessionID == session.id { bound?.session.lastUsed = now }
        let origin = Origin(loop: directory.index, connection: id, answer: .call { _ in })
        _ = server.committer.submit(.touchSession(session.id), from: origin)
    }
}

extension RequestScope {
    func requireCaller() throws(ProtocolError) -> Caller {
        guard let caller else { throw ProtocolError(.sessionInvalid, "Log in first.") }
        return caller
    }
}
