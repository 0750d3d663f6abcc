import ChatTerminal

extension KeyMap {
    /// The keys as they come.
    ///
    /// Alt and function keys are never the only way to something that matters, and no letter alone is a command: letters
    /// are for writing.
    package static let standard = KeyMap(compose + middle + contacts + files + form + overlay + editing + everywhere)

    private static let compose: [Binding] = [
        bind(.compose, .send, Key(.enter), hint: true),
        bind(.compose, .leaveCompose, Key(.escape), hint: true),
        bind(.compose, .newLine, .control("j"), Key(.enter, .alt), hint: true),
        bind(.compose, .completeOrNextPane, Key(.tab)),
        bind(.compose, .lineUp, Key(.up)),
        bind(.compose, .lineDown, Key(.down)),
        bind(.compose, .scrollUp, Key(.pageUp)),
        bind(.compose, .scrollDown, Key(.pageDown)),
        bind(.compose, .historyOlder, .control("p")),
        bind(.compose, .historyNewer, .control("n")),
        bind(.compose, .moveLineStart, Key(.home)),
        bind(.compose, .moveLineEnd, Key(.end)),
        bind(.compose, .oldest, Key(.home, .control)),
        bind(.compose, .newest, Key(.end, .control)),
        bind(.compose, .deleteForwardOrQuit, .control("d")),
    ]

    private static let middle: [Binding] = [
        bind(.middle, .open, Key(.enter), hint: true),
        bind(.middle, .backToCompose, Key(.escape), hint: true),
        bind(.middle, .selectPrevious, Key(.up), .control("p")),
        bind(.middle, .selectNext, Key(.down), .control("n")),
        bind(.middle, .scrollUp, Key(.pageUp)),
        bind(.middle, .scrollDown, Key(.pageDown)),
        bind(.middle, .oldest, Key(.home), Key(.home, .control)),
        bind(.middle, .newest, Key(.end), Key(.end, .control)),
    ]

    private static let contacts: [Binding] = [
        bind(.contacts, .choose, Key(.enter), hint: true),
        bind(.contacts, .clearFilterOrCompose, Key(.escape), hint: true),
        bind(.contacts, .rowUp, Key(.up), .control("p")),
        bind(.contacts, .rowDown, Key(.down), .control("n")),
        bind(.contacts, .pageUp, Key(.pageUp)),
        bind(.contacts, .pageDown, Key(.pageDown)),
        bind(.contacts, .firstRow, Key(.home)),
        bind(.contacts, .lastRow, Key(.end)),
    ]

    private static let files: [Binding] = [
        bind(.files, .choose, Key(.enter), hint: true),
        bind(.files, .backToCompose, Key(.escape), hint: true),
        bind(.files, .pauseOrGoOn, .control("t"), hint: true),
        bind(.files, .rowUp, Key(.up), .control("p")),
        bind(.files, .rowDown, Key(.down), .control("n")),
        bind(.files, .pageUp, Key(.pageUp)),
        bind(.files, .pageDown, Key(.pageDown)),
        bind(.files, .firstRow, Key(.home)),
        bind(.files, .lastRow, Key(.end)),
    ]

    private static let form: [Binding] = [
        bind(.form, .accept, Key(.enter), hint: true),
        bind(.form, .nextField, Key(.tab), hint: true),
        bind(.form, .previousField, Key(.tab, .shift)),
        bind(.form, .rowUpOrField, Key(.up), .control("p")),
        bind(.form, .rowDownOrField, Key(.down), .control("n")),
        bind(.form, .help, Key(.function(1)), hint: true),
        bind(.form, .close, Key(.escape)),
        bind(.form, .redraw, .control("l")),
        bind(.form, .interrupt, .control("c")),
        bind(.form, .suspend, .control("z")),
        bind(.form, .quit, .control("q"), hint: true),
    ]

    private static let overlay: [Binding] = [
        bind(.overlay, .accept, Key(.enter), hint: true),
        bind(.overlay, .close, Key(.escape), .control("c"), .control("g"), hint: true),
        bind(.overlay, .rowUp, Key(.up), .control("p")),
        bind(.overlay, .rowDown, Key(.down), .control("n")),
        bind(.overlay, .pageUp, Key(.pageUp)),
        bind(.overlay, .pageDown, Key(.pageDown)),
        bind(.overlay, .firstRow, Key(.home)),
        bind(.overlay, .lastRow, Key(.end)),
        bind(.overlay, .widen, .control("r"), Key(.function(3)), hint: true),
        bind(.overlay, .nextField, Key(.tab)),
        bind(.overlay, .previousField, Key(.tab, .shift)),
        bind(.overlay, .redraw, .control("l")),
        bind(.overlay, .suspend, .control("z")),
        bind(.overlay, .quit, .control("q")),
    ]

    private static let editing: [Binding] = [
        bind(.editing, .moveLeft, Key(.left), .control("b")),
        bind(.editing, .moveRight, Key(.right), .control("f")),
        bind(.editing, .moveWordLeft, Key(.left, .control), .alt("b"), Key(.left, .alt)),
        bind(.editing, .moveWordRight, Key(.right, .control), .alt("f"), Key(.right, .alt)),
        bind(.editing, .moveLineStart, .control("a")),
        bind(.editing, .moveLineEnd, .control("e")),
        bind(.editing, .deleteBackward, Key(.backspace), .control("h")),
        bind(.editing, .deleteForward, Key(.delete), .control("d")),
        bind(.editing, .killWord, .control("w"), Key(.backspace, .alt)),
        bind(.editing, .killWordRight, .alt("d")),
        bind(.editing, .killToStart, .control("u")),
        bind(.editing, .killToEnd, .control("k")),
        bind(.editing, .yank, .control("y")),
        bind(.editing, .undo, .control("_"), .control("/")),
    ]

    private static let everywhere: [Binding] = [
        bind(.everywhere, .help, Key(.function(1)), hint: true),
        bind(.everywhere, .nextPane, Key(.tab), hint: true),
        bind(.everywhere, .previousPane, Key(.tab, .shift)),
        bind(.everywhere, .goTo, .control("g"), Key(.function(2)), hint: true),
        bind(.everywhere, .find, .control("r"), Key(.function(3)), hint: true),
        bind(.everywhere, .upload, .control("o"), Key(.function(4)), hint: true),
        bind(.everywhere, .nextUnread, Key(.function(8)), .alt("a"), hint: true),
        bind(.everywhere, .previousConversation, Key(.up, .alt)),
        bind(.everywhere, .nextConversation, Key(.down, .alt)),
        bind(.everywhere, .zoom, Key(.function(6))),
        bind(.everywhere, .growPane, Key(.up, .control), .alt("+"), .alt("=")),
        bind(.everywhere, .shrinkPane, Key(.down, .control), .alt("-")),
        bind(.everywhere, .resetPanes, .alt("0")),
        bind(.everywhere, .redraw, .control("l")),
        bind(.everywhere, .interrupt, .control("c")),
        bind(.everywhere, .quit, .control("q"), hint: true),
        bind(.everywhere, .suspend, .control("z")),
    ]

    private static func bind(_ context: KeyContext, _ action: Action, _ keys: Key..., hint: Bool = false) -> Binding {
        Binding(context: context, action: action, keys: keys, isHint: hint)
    }
}
