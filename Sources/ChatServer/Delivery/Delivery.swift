import ChatProtocol
import ChatStore
import NIOCore

/// Brings what is committed to whoever must hear of it.
///
/// Its one implementation knows the connections of this process. A clustered one would be told of a conversation and a
/// seq, and read the entry from the store.
protocol Delivery: Sendable {
    /// Answers the requests of a batch and fans its entries out. Called on the committer's thread, batch after batch.
    func deliver(_ batch: [CommitLine.Committed])
    /// Tells every subscribed connection of these users, or of everybody if nil.
    func tell(_ event: Event, to users: Set<UserID>?, except: ConnectionID?)
    /// Ends every connection of the session but one.
    func end(_ session: SessionID, reason: String, except: ConnectionID?)
}

typealias CommitLine = Committer<Origin>

/// Where a change came from, so that its answer finds back.
struct Origin: Sendable {
    /// What is done with the outcome, on the loop that asked.
    enum Answer: Sendable {
        /// The connection's next waiting append.
        case append(NIOLoopBound<Connection>)
        case call(@Sendable (Result<Outcome, ProtocolError>) -> Void)
    }

    /// Index of the loop that asked.
    let loop: Int
    /// The connection that hears of its own entry by the reply alone.
    let connection: ConnectionID
    let answer: Answer
}

/// Names a connection for the life of the process.
struct ConnectionID: Hashable, Sendable {
    let value: UInt64
}
