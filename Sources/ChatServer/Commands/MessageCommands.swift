import ChatProtocol
import ChatStore

// MARK: send, conversations, history, read

extension Connection {
    func send(_ fields: Send, _ scope: RequestScope, _ caller: Caller) {
        let post = Post(
            caller: caller, target: .conversation(fields.conversation), text: fields.message, nonce: fields.nonce, ref: fields.ref
        )
        append(.post(post), wording: .send(destination: fields.destination), scope)
    }

    func conversations(next: String?, _ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        read(scope) {
            let list = try store.conversations(of: caller.user, next: next)
            return ConversationsReply(epoch: store.epoch, conversations: list.conversations, next: list.next)
        }
    }

    func history(_ fields: History, _ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        read(scope) { try store.history(fields, for: caller.user) }
    }

    func markRead(_ conversation: ConversationName, _ seq: Seq, _ scope: RequestScope, _ caller: Caller) {
        let position = ReadPosition(conversation: conversation, seq: seq)
        commit(.read([position], caller), scope) { [self] outcome throws(ProtocolError) in
            readMoved(outcome, caller)
            reply(EmptyReply(), id: scope.id)
        }
    }

    /// One's other devices hear how far one has read.
    func readMoved(_ outcome: Outcome, _ caller: Caller) {
        guard case .read(let positions) = outcome else { return }
        for position in positions {
            server.delivery.tell(.read(position.conversation, position.seq), to: [caller.user.id], except: id)
        }
    }
}
