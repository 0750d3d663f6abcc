import ChatProtocol
import ChatStore
import Logging
import NIOCore

// MARK: inbox

extension Connection {
    func inbox(peek: Bool, _ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        work(on: server.readers, scope) {
            try store.inbox(of: caller.user)
        } then: { [self] inbox throws(ProtocolError) in
            if !peek, !inbox.positions.isEmpty { shownInbox = ShownInbox(inbox.positions, to: caller) }
            reply(inbox.reply, id: scope.id)
        }
    }

    /// What the client shows with its next request to have received.
    func takeReceivedInbox() -> ShownInbox? {
        guard let shown = shownInbox, shown.hasArrived else { return nil }
        shownInbox = nil
        return shown
    }

    /// Marks as read what was shown, without a request that waits for it.
    func readShownInbox() {
        guard let shown = shownInbox else { return }
        shownInbox = nil
        let bound = NIOLoopBound((connection: self, caller: shown.caller), eventLoop: directory.eventLoop)
        let answer = Origin.Answer.call { result in
            let (connection, caller) = bound.value
            switch result {
            case .success(let outcome): connection.readMoved(outcome, caller)
            case .failure(let error): connection.logger.notice("inbox not marked as read", metadata: ["error": "\(error)"])
            }
        }
        // A server that stops shows it again.
        _ = server.committer.submit(shown.change, from: Origin(loop: directory.index, connection: id, answer: answer))
    }
}
