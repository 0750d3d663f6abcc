import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// Keys in contacts, in the inbox or a conversation, and in files.
extension State {
    /// Rows that a page key moves by.
    private var pageRows: Int { max(1, (layout.middle ?? layout.contacts ?? layout.files)?.rows ?? 1) }

    // MARK: Contacts

    mutating func editFilter(_ change: (inout Editor) -> Void) {
        change(&contacts.filter)
        listsAreStale = true
        refreshLists()
        contacts.selectFirst()
    }

    /// All contacts, whatever was looked for there, from the first of these sections that there is.
    mutating func showContacts(_ sections: [ContactList.Section]) {
        editFilter { $0.clear() }
        contacts.selectFirst(of: sections)
        focusPane(.contacts)
    }

    mutating func performInContacts(_ action: Action) -> Bool {
        switch action {
        case .rowUp: contacts.moveSelection(by: -1)
        case .rowDown: contacts.moveSelection(by: 1)
        case .pageUp: contacts.moveSelection(by: -pageRows)
        case .pageDown: contacts.moveSelection(by: pageRows)
        case .firstRow: contacts.selectFirst()
        case .lastRow: contacts.selectLast()
        case .choose: chooseContact()
        case .clearFilterOrCompose:
            if contacts.filter.isEmpty { focusPane(.compose) } else { editFilter { $0.clear() } }
        default:
            var trial = contacts.filter
            guard trial.perform(action) else { return false }
            if action == .undo, trial == contacts.filter { announce(.nothingToUndo) }
            if trial.text == contacts.filter.text { contacts.filter = trial } else { editFilter { $0 = trial } }
        }
        return true
    }

    mutating func chooseContact() {
        guard let row = contacts.selection else { return announce(whyNothingIsMeant) }
        contacts.filter = Editor(isSingleLine: true)
        listsAreStale = true
        switch row {
        case .conversation(let name): open(name)
        case .person(let username), .chatWith(let username): open(canonical(.direct(username)))
        case .room(let room), .join(let room), .create(let room): join(room)
        case .section: break
        }
    }

    /// Nothing is called like the filter, and nothing can be.
    private var whyNothingIsMeant: Sentence {
        guard !contacts.filter.isEmpty else { return .nothingToOpen }
        do throws(ProtocolError) {
            _ = try ConversationName(contacts.filter.text)
            return .nothingFound
        } catch {
            return error.sentence(Sanitizer.line.clean)
        }
    }

    // MARK: The middle pane

    mutating func performInMiddle(_ action: Action) -> Bool {
        switch action {
        case .open: openSelected()
        case .backToCompose: focusPane(.compose)
        case .selectPrevious: select(stepsAway: -1)
        case .selectNext: select(stepsAway: 1)
        case .scrollUp: if conversation != nil { scrollPage(up: true) } else { pageInInbox(up: true) }
        case .scrollDown: if conversation != nil { scrollPage(up: false) } else { pageInInbox(up: false) }
        case .oldest: if conversation != nil { scrollToOldest() } else { moveInboxToEnd(first: true) }
        case .newest: if conversation != nil { scrollToNewest() } else { moveInboxToEnd(first: false) }
        case .deleteForward: return performInCompose(.deleteForwardOrQuit)
        default: return editWithAction(action)
        }
        return true
    }

    /// Below the last entry is compose.
    private mutating func select(stepsAway steps: Int) {
        let isMoved = conversation == nil ? moveInbox(by: steps) : selectEntry(stepsAway: steps)
        if !isMoved, steps > 0 { focusPane(.compose) }
    }

    private mutating func openSelected() {
        guard let open = conversation else { return openInboxSelection() }
        guard let id = open.selection, let item = open.item(id), let menu = menu(of: item) else {
            return announce(.nothingToOpen)
        }
        overlays.append(.question(menu))
    }

    /// What can be done with an entry; nil if nothing.
    private func menu(of item: Timeline.Item) -> Question? {
        switch item {
        case .entry(let entry, _):
            switch entry.kind {
            case .file(let file):
                let size = ByteCount.text(file.size)
                return Question(
                    title: .files, text: .sharedFile(file.label.text, size),
                    answers: [.init(.getFile, .download(file)), .init(.cancel, .nothing)])
            case .message:
                return Question(
                    title: .messageMenuTitle, text: Sentence(verbatim: entry.text),
                    answers: [
                        .init(.copyText, .copy(entry.text)), .init(.quoteInReply, .quote(entry)), .init(.cancel, .nothing),
                    ])
            case .member, .unknown: return nil
            }
        case .pending(let item, _):
            guard case .failed(let error) = item.state else { return menu(ofWaiting: item) }
            let reason = Sentence.refusal(code: error.code.rawValue, detail: error.detail, retryAfter: error.retryAfter)
            return Question(
                title: .failedMessage(reason[language]), text: Sentence(verbatim: item.text.text),
                answers: [
                    .init(.retry, .retry(item.id)),
                    .init(.discard, .discard(item)), .init(.copyText, .copy(item.text.text)), .init(.cancel, .nothing),
                ])
        case .beginning, .day, .new, .members, .settling: return nil
        }
    }

    /// What stands above its text is seen even where the text is cut.
    private func menu(ofWaiting item: OutboxItem) -> Question {
        var words = [item.refusal.map { Sentence.heldMenuText($0.sentence(Sanitizer.line.clean)) } ?? .waitingMenuText]
        if item.mayHaveArrived { words.append(.mayHaveArrived) }
        return Question(
            title: .notSentYet, text: .lines(words + [Sentence(verbatim: ""), Sentence(verbatim: item.text.text)]),
            answers: [.init(.discard, .discard(item)), .init(.copyText, .copy(item.text.text)), .init(.cancel, .nothing)])
    }
}
