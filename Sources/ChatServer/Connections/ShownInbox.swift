import ChatProtocol
import ChatStore

/// What `inbox` has shown and not yet marked as read: that happens when the client is known to have it, so that a lost
/// reply repeats and never hides. (Protocol: Messages, `inbox`)
final class ShownInbox {
    let caller: Caller
    private let positions: [ReadPosition]
    /// The client has gone on since.
    var hasArrived = false

    init(_ positions: [ReadPosition], to caller: Caller) {
        self.positions = positions
        self.caller = caller
    }

    var change: Change { .read(positions, caller) }
}
