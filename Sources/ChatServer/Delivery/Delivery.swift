import ChatProtocol
import ChatStore
import NIOCore

/// Brings what is committed to whoever must hear of it.
///
/// Its one implementation knows the connections of this process. A clustered one would be told of a conversation and a
/// seq, and read the entry from the store.
protocol Delivery: Sendable {
    /// Answers the requests of a batch and fans its entries out. Called on the committer's thread, batch after batch.
    func deliver(_ batch: CommitLine.Batch)
    /// Tells every subscribed connection of these users, or of everybody if nil.
    func tell(_ event: Event, to users: Set<UserID>?, except: ConnectionID?)
    /// Ends every connection of these sessions but one.
    func end(_ sessions: Set<SessionID>, reason: String, except: ConnectionID?)
}

typealias CommitLine = Committer<Origin>

/// Where a change came from, so that its answer finds back. A class: all appends of a connection share one.
final class Origin: Sendable {
    /// What is done with the outcome, on the loop that asked.
    enum Answer: Sendable {
        /// The connection's next waiting append.
        case append(NIOLoopBound<any Recipient>)
        case call(@Sendable (Result<Outcome, ProtocolError>) -> Void)
    }

    /// Index of the loop that asked.
    let loop: Int
    /// The connection that hears of its own entry by the reply alone.
    let connection: ConnectionID
    let answer: Answer

    init(loop: Int, connection: ConnectionID, answer: Answer) {
        self.loop = loop
        self.connection = connection
        self.answer = answer
    }
}

/// Names a connection for the life of the process.
struct ConnectionID: Hashable, Sendable {
    let value: UInt64

    /// The server itself asks.
    static let nobody = ConnectionID(value: 0)
}

/// A connection as delivery sees it. Confined to its loop.
protocol Recipient: AnyObject {
    var id: ConnectionID { get }
    var framing: Framing { get }
    /// Hears of everything that concerns its user, as events.
    var isSubscribed: Bool { get }
    /// Hears of these rooms in the first client's way, unless it is subscribed.
    var attachedRooms: Set<ConversationID> { get }
    var sessionID: SessionID? { get }
    /// Whether it was written to in this batch and is flushed at its end.
    var awaitsFlush: Bool { get set }

    /// The oldest append that waits for its commit is durable, or refused.
    func appendCommitted(_ result: Result<Outcome, ProtocolError>)
    func write(event bytes: ByteBuffer)
    /// Writes an event that only this connection gets.
    func writeEvent(_ encode: (inout ByteBuffer) -> Void)
    /// Everything of a batch has been written to it: it is flushed, and goes on with what waited.
    func batchEnded()
    func endSession(reason: String)
    /// The server stops. - Parameter returnAfter: milliseconds
    func drain(returnAfter: Int64)
    /// Completes when the connection has closed; nil if it has.
    var closeFuture: EventLoopFuture<Void>? { get }
    func closeNow()
}
