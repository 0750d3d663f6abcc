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
    /// Read the names of all themes; they come back as ``ScreenEvent/Cause/themes(_:)``.
    case listThemes
    /// Put a theme on; what is wrong with it comes back as ``ScreenEvent/Cause/wears(_:_:)``.
    case wear(String)
    /// Remember a theme for the next start.
    case keepTheme(String)
    /// Read what an account wants to be told of; it comes back as ``ScreenEvent/Cause/notifyLevels(_:)``.
    case loadNotifyLevels(Account)
    case keepNotifyLevels([ConversationName: NotifyLevel], Account)
    /// Tell the person, who looks elsewhere.
    case alert(Alert)
    /// Leave the full screen and go on as the line client.
    case startLineClient
}
