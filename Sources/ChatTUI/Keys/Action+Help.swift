package import ChatText

extension Action {
    /// What the action does, for the help.
    package var help: Sentence {
        switch self {
        case .help: .helpHelp
        case .goTo: .helpGoTo
        case .find: .helpFind
        case .upload: .helpUpload
        case .nextUnread: .helpNextUnread
        case .previousConversation: .helpPreviousConversation
        case .nextConversation: .helpNextConversation
        case .nextPane: .helpNextPane
        case .previousPane: .helpPreviousPane
        case .zoom: .helpZoom
        case .growPane: .helpGrowPane
        case .shrinkPane: .helpShrinkPane
        case .resetPanes: .helpResetPanes
        case .redraw: .helpRedraw
        case .interrupt: .helpInterrupt
        case .quit: .helpQuit
        case .suspend: .helpSuspend
        case .send: .helpSend
        case .newLine: .helpNewLine
        case .lineUp: .helpLineUp
        case .lineDown: .helpLineDown
        case .historyOlder: .helpHistoryOlder
        case .historyNewer: .helpHistoryNewer
        case .completeOrNextPane: .helpCompleteOrNextPane
        case .leaveCompose: .helpLeaveCompose
        case .scrollUp: .helpScrollUp
        case .scrollDown: .helpScrollDown
        case .oldest: .helpOldest
        case .newest: .helpNewest
        case .selectPrevious: .helpSelectPrevious
        case .selectNext: .helpSelectNext
        case .open: .helpOpen
        case .backToCompose: .helpBackToCompose
        case .rowUp, .rowUpOrField: .helpRowUp
        case .rowDown, .rowDownOrField: .helpRowDown
        case .pageUp: .helpPageUp
        case .pageDown: .helpPageDown
        case .firstRow: .helpFirstRow
        case .lastRow: .helpLastRow
        case .choose: .helpChoose
        case .pauseOrGoOn: .helpPauseOrGoOn
        case .clearFilterOrCompose: .helpClearFilterOrCompose
        case .accept: .helpAccept
        case .nextField: .helpNextField
        case .previousField: .helpPreviousField
        case .close: .helpClose
        case .widen: .helpWiden
        default: editingHelp
        }
    }

    private var editingHelp: Sentence {
        switch self {
        case .moveLeft: .helpMoveLeft
        case .moveRight: .helpMoveRight
        case .moveWordLeft: .helpMoveWordLeft
        case .moveWordRight: .helpMoveWordRight
        case .moveLineStart: .helpMoveLineStart
        case .moveLineEnd: .helpMoveLineEnd
        case .deleteBackward: .helpDeleteBackward
        case .deleteForward: .helpDeleteForward
        case .deleteForwardOrQuit: .helpDeleteForwardOrQuit
        case .killWord: .helpKillWord
        case .killWordRight: .helpKillWordRight
        case .killToStart: .helpKillToStart
        case .killToEnd: .helpKillToEnd
        case .yank: .helpYank
        default: .helpUndo
        }
    }

    /// A word or two for the line of hints.
    package var hint: Sentence {
        switch self {
        case .help: .hintHelp
        case .goTo: .hintGoTo
        case .find: .hintFind
        case .upload: .hintUpload
        case .nextUnread: .hintNextUnread
        case .nextPane: .hintNextPane
        case .quit: .hintQuit
        case .send: .hintSend
        case .newLine: .hintNewLine
        case .open, .choose: .hintOpen
        case .leaveCompose: .hintInbox
        case .backToCompose, .clearFilterOrCompose: .hintCompose
        case .accept: .hintAccept
        case .nextField: .hintField
        case .close: .hintClose
        case .widen: .hintWiden
        default: help
        }
    }
}

extension KeyContext {
    /// The heading of the context's keys in the help.
    package var title: Sentence {
        switch self {
        case .compose: .keysCompose
        case .middle: .keysMiddle
        case .contacts: .keysContacts
        case .files: .keysFiles
        case .form: .keysForm
        case .overlay: .keysOverlay
        case .editing: .keysEditing
        case .everywhere: .keysEverywhere
        }
    }
}
