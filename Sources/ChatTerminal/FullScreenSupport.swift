/// Whether the full screen can be used, or why the line client must do.
package enum FullScreenSupport: Hashable, Sendable {
    case available
    case unavailable(Reason)

    package enum Reason: Hashable, Sendable {
        case inputIsNoTerminal
        case outputIsNoTerminal
        /// TERM is empty.
        case typeMissing
        /// TERM is `dumb`, or terminfo says that the cursor cannot be moved.
        case typeCannotMoveCursor(String)
        /// terminfo has no entry for TERM.
        case typeUnknown(String)
    }
}

/// Why the full screen could not be started.
package enum TerminalError: Error, Hashable, Sendable {
    case unavailable(FullScreenSupport.Reason)
    /// Neither the locale nor C.UTF-8 has UTF-8.
    case noUTF8Locale
    /// A system call failed.
    case system(call: String, code: Int32)
    /// ncurses could not start a screen of this type.
    case screenFailed(type: String)
}
