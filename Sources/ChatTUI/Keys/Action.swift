/// What a key does. Which key does what where is ``KeyMap``'s to say; what comes of it is the state's.
package enum Action: String, CaseIterable, Hashable, Sendable {
    // Everywhere
    case help, goTo, find, upload, nextUnread, previousConversation, nextConversation
    case nextPane, previousPane, zoom, growPane, shrinkPane, resetPanes, redraw, interrupt, quit, suspend

    // Editing a line or a message
    case moveLeft, moveRight, moveWordLeft, moveWordRight, moveLineStart, moveLineEnd
    case deleteBackward, deleteForward, deleteForwardOrQuit, killWord, killWordRight, killToStart, killToEnd, yank, undo

    // Compose
    case send, newLine, lineUp, lineDown, historyOlder, historyNewer, completeOrNextPane, leaveCompose

    // Reading
    case scrollUp, scrollDown, oldest, newest, selectPrevious, selectNext, open, backToCompose

    // Lists: contacts, files, overlays
    case rowUp, rowDown, pageUp, pageDown, firstRow, lastRow, choose, clearFilterOrCompose, pauseOrGoOn

    // Forms and overlays
    case accept, nextField, previousField, close, rowUpOrField, rowDownOrField, widen
}
