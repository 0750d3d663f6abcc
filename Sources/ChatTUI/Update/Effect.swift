package import ChatClient
package import ChatProtocol

/// What an update wants from the world.
package enum Effect: Sendable {
    case perform(Intent)
    /// Open the cache of an account, show it, and go on with the session it left.
    case resume(Username)
    /// Look for files, and answer when it is known.
    case look(FileInquiry)
    /// Everything is saved: leave.
    case quit
    /// Give the terminal back and stop until continued.
    case suspend
    /// Put text on the clipboard of the person's own machine, where the terminal allows it.
    case copy(String)
    /// Write every cell anew.
    case redraw
    /// Leave the full screen and go on as the line client.
    case startLineClient
}
