import ChatProtocol
import ChatStore
import NIOCore

/// A place in the order of replies.
enum WaitingReply {
    /// An append that was submitted.
    case append(id: String?, wording: SendReply.Wording)
    /// An answer that is known and waits for those before it.
    case ready(ByteBuffer)
}

/// What a handler knows of its request besides the command.
struct RequestScope: Sendable {
    let id: String?
    let framing: Framing
    /// Who asks; nil only for commands that need no session.
    let caller: Caller?
}
