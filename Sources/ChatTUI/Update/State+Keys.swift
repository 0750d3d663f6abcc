import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText

/// From a key to what it does there.
extension State {
    /// Where a key is looked up now.
    package var keyContext: KeyContext {
        if !overlays.isEmpty { return .overlay }
        if case .form = stage { return .form }
        switch focus {
        case .contacts: return .contacts
        case .middle: return .middle
        case .compose: return .compose
        case .files: return .files
        }
    }

    mutating func take(_ key: Key) {
        let context = keyContext
        guard let action = keys.action(for: key, in: context) else {
            if let text = Self.text(of: key) { type(text, in: context) } else { announce(.keyDoesNothing(key.label)) }
            return
        }
        switch context {
        case .overlay: performInOverlay(action)
        case .form: performInForm(action)
        default:
            let isDone = performAndAnswer(action) { state, action in
                state.performInPane(action) || state.performEverywhere(action)
            }
            if !isDone { announce(.keyDoesNothing(key.label)) }
        }
    }

    /// What a key types; nil if it is no letter.
    private static func text(of key: Key) -> String? {
        guard case .character(let character) = key.code, key.modifiers.subtracting(.shift).isEmpty else { return nil }
        return String(character)
    }

    private mutating func type(_ text: String, in context: KeyContext) {
        switch context {
        case .overlay: editOverlay { $0.insert(text) }
        case .form: editForm { $0.insert(text) }
        // No name begins so, but every command does.
        case .contacts where text == "/" && contacts.filter.isEmpty: typeIntoCompose(text)
        case .contacts: editFilter { $0.insert(text) }
        default: typeIntoCompose(text)
        }
    }

    private mutating func performInPane(_ action: Action) -> Bool {
        switch focus {
        case .contacts: performInContacts(action)
        case .middle: performInMiddle(action)
        case .compose: performInCompose(action)
        case .files: performInFiles(action)
        }
    }

    // MARK: Everywhere

    mutating func performEverywhere(_ action: Action) -> Bool {
        switch action {
        case .help: overlays.append(.help(HelpList()))
        case .goTo:
            freshenRooms()
            overlays.append(.goTo(GoToList(goToEntries())))
        case .upload: openFolderList()
        case .find: find()
        case .nextUnread: openNextUnread()
        case .previousConversation: openNeighbour(steps: -1)
        case .nextConversation: openNeighbour(steps: 1)
        case .nextPane: moveFocus(by: 1)
        case .previousPane: moveFocus(by: -1)
        case .zoom: isZoomed.toggle()
        case .growPane: return resizePane(isLarger: true)
        case .shrinkPane: return resizePane(isLarger: false)
        case .resetPanes: resetPanes()
        case .redraw: emit(.redraw)
        case .interrupt: interrupt()
        case .quit: quit()
        case .suspend:
            saveDrafts()
            emit(.suspend)
        default: return false
        }
        return true
    }

    private mutating func moveFocus(by steps: Int) {
        let panes = Pane.allCases
        let current = panes.firstIndex(of: focus) ?? 0
        focusPane(panes[(current + steps + panes.count) % panes.count])
    }

    mutating func focusPane(_ pane: Pane) {
        let fileLine = pane == .files ? fileLine : nil
        focus = pane
        listsAreStale = true
        pressedFile = nil
        if pane == .middle, conversation != nil, conversation?.selection == nil { _ = selectEntry(stepsAway: 0) }
        if pane != .middle { conversation?.selection = nil }
        files.isScrolled = false
        if pane == .contacts { freshenRooms() }
        if pane == .files { enterFiles(at: fileLine) } else { transferInSight = nil }
    }

    /// ^C never kills: it takes back one thing.
    mutating func interrupt() {
        if focus == .contacts, !contacts.filter.isEmpty {
            editFilter { $0.clear() }
        } else if !composeEditor.isEmpty {
            editCompose { $0.clear() }
            announce(.clearedHint)
        } else {
            announce(.interruptHint)
        }
    }

    // MARK: Between conversations

    private mutating func openNextUnread() {
        let next = contacts.conversations.first { name in
            name != conversation?.name && (directory.conversations[name]?.unread ?? 0) > 0
        }
        if let next { open(next) } else { announce(.nothingUnread) }
    }

    private mutating func openNeighbour(steps: Int) {
        let names = contacts.conversations
        guard !names.isEmpty else { return announce(.noOtherConversation) }
        guard let current = conversation.flatMap({ names.firstIndex(of: $0.name) }) else { return open(names[0]) }
        guard names.indices.contains(current + steps) else { return announce(.noOtherConversation) }
        open(names[current + steps])
    }
}
