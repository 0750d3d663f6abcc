package import ChatClient
package import ChatProtocol
package import ChatTerminal

/// Something that happened, and when: an update has no clock of its own.
package struct ScreenEvent: Sendable {
    package enum Cause: Sendable {
        case input(InputEvent)
        case resized(Size)
        case client(ClientEvent)
        /// What the cache held, before the network has said a word.
        case opened(Username, ClientSnapshot)
        /// The answer to `Effect.look`.
        case found(FileFinding)
        /// All themes that there are.
        case themes([String])
        /// This theme is on, with what was wrong with its file.
        case wears(String, [FileProblem])
        /// Something that was to be remembered could not be: why.
        case notKept(String)
        case notifyLevels([ConversationName: NotifyLevel])
        /// The screen has been drawn as the state was.
        case drawn
        /// A deadline that was asked for has come.
        case deadline
        /// The program must end: save and leave.
        case ended
        /// Stopped and continued by somebody else; the window may have another size.
        case suspendRequested
    }

    package var cause: Cause
    package var now: Timestamp

    package init(_ cause: Cause, now: Timestamp) {
        self.cause = cause
        self.now = now
    }
}
