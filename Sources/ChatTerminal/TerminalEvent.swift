/// What happened at the terminal since the last wait.
package enum TerminalEvent: Hashable, Sendable {
    case input(InputEvent)
    /// The window has a new size; draw everything for it.
    case resized(Size)
    /// ^Z was pressed by another means than a key: call ``Terminal/suspend()`` when all is saved.
    case suspendRequested
    /// Continued after a stop; the terminal is set up again, draw everything.
    case resumed
    /// Save and leave. After ``EndReason/hangUp`` nobody sees the screen any more.
    case ended(EndReason)

    package enum EndReason: Hashable, Sendable {
        /// SIGTERM.
        case terminate
        /// SIGINT from outside: ^C is a key.
        case interrupt
        /// SIGHUP, or the terminal is gone.
        case hangUp
    }
}

/// What a wait ended with. All of it may be empty if the deadline came.
package struct WaitResult: Sendable {
    /// What the terminal reported, in order.
    package var events: [TerminalEvent] = []
    /// Those of the given descriptors that can be read or are broken.
    package var readyDescriptors: Set<Int32> = []
    /// When the wait ended.
    package var now: ContinuousClock.Instant
}
