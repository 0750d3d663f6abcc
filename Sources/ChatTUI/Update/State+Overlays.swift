import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText

/// Keys while something lies over the panes.
extension State {
    mutating func editOverlay(_ change: (inout Editor) -> Void) {
        guard let top = overlays.indices.last else { return }
        switch overlays[top] {
        case .help(var list):
            change(&list.filter)
            list.offset = 0
            overlays[top] = .help(list)
        case .goTo(var list):
            change(&list.filter)
            list.search()
            overlays[top] = .goTo(list)
        case .folders: editFolderFilter(change)
        case .themes(var picker):
            change(&picker.list.filter)
            picker.list.search()
            overlays[top] = .themes(picker)
            preview(picker)
        case .find(var view):
            change(&view.filter)
            overlays[top] = .find(view)
            searchAsTyped()
        case .question, .members, .log: break
        }
    }

    mutating func performInOverlay(_ action: Action) {
        switch action {
        // A question that is closed without an answer changes nothing.
        case .close, .interrupt: closeOverlay()
        case .accept: acceptOverlay()
        case .rowUp, .previousField: moveOverlay(by: -1)
        case .rowDown, .nextField: moveOverlay(by: 1)
        case .pageUp: moveOverlay(by: -max(1, size.rows - 8))
        case .pageDown: moveOverlay(by: max(1, size.rows - 8))
        case .firstRow: moveOverlay(by: -Self.allRows)
        case .lastRow: moveOverlay(by: Self.allRows)
        case .widen: widenSearch()
        case .redraw: emit(.redraw)
        case .suspend: _ = performEverywhere(.suspend)
        case .quit: quitFromOverlay()
        case .deleteBackward where isFolderFilterEmpty: goUpInFolderList()
        default: editOverlay { _ = $0.perform(action) }
        }
    }

    private static let allRows = 1_000_000

    mutating func closeOverlay() {
        let closed = overlays.popLast()
        if case .themes(let picker) = closed { restore(picker) }
    }

    /// Asked twice is answered.
    private mutating func quitFromOverlay() {
        if case .question(let question) = overlays.last, question.answers.contains(where: { $0.outcome == .quit }) {
            leave()
        } else {
            quit()
        }
    }

    mutating func moveOverlay(by steps: Int) {
        guard let top = overlays.indices.last else { return }
        switch overlays[top] {
        case .help(let list): overlays[top] = .help(scrollHelp(list, by: steps))
        case .goTo(var list):
            list.move(by: steps)
            overlays[top] = .goTo(list)
        case .question(var question):
            question.move(by: steps)
            overlays[top] = .question(question)
        case .members(var list):
            let most = max(0, list.people.count - box(of: overlays[top]).inner.rows)
            list.offset = min(max(0, min(list.offset, most) + steps), most)
            overlays[top] = .members(list)
        case .folders(var list):
            list.move(by: steps)
            overlays[top] = .folders(list)
        case .themes(var picker):
            picker.list.move(by: steps)
            overlays[top] = .themes(picker)
            preview(picker)
        case .log(let view): overlays[top] = .log(scroll(view, upBy: -steps))
        case .find: moveInFind(by: steps)
        }
    }

    mutating func acceptOverlay() {
        if case .folders = overlays.last { return acceptInFolderList() }
        guard let top = overlays.popLast() else { return }
        switch top {
        case .help, .members, .log, .folders: break
        case .themes(let picker): accept(picker)
        case .find(let view): open(view)
        case .goTo(let list): if let entry = list.chosen { go(to: entry.target) }
        case .question(let question):
            if question.answers.indices.contains(question.choice) { settle(question.answers[question.choice].outcome) }
        }
    }

    private mutating func settle(_ outcome: Question.Outcome) {
        switch outcome {
        case .nothing: break
        case .quit: leave()
        case .logOut: logOut()
        case .join(let room): performJoin(room)
        case .retry(let id): emit(.perform(.retry(id)))
        case .discard(let item): discard(item)
        case .copy(let text):
            emit(.copy(text))
            announce(.copied)
        case .quote(let entry): quote(entry)
        case .download(let file): download(file)
        case .upload(let request): upload(request)
        case .sendAsFile(let pasted): sendAsFile(pasted)
        case .showMessage(let seq): showMessage(seq)
        case .cancel(let id): emit(.perform(.cancel(id)))
        case .pauseTransfer(let id): emit(.perform(.pauseTransfer(id)))
        case .retryTransfer(let id):
            transferInSight = id
            emit(.perform(.retryTransfer(id)))
        case .chooseTheme: chooseTheme(nil)
        }
    }

    /// Gives a message up that has not been confirmed. It may have been while the question stood there.
    private mutating func discard(_ item: OutboxItem) {
        guard let current = outbox[item.conversation]?.first(where: { $0.id == item.id }) else {
            return announce(.sentBeforeDiscard)
        }
        compose.remember(item.text.text)
        conversation?.timeline.discard(item.id)
        outbox[item.conversation]?.removeAll { $0.id == item.id }
        emit(.perform(.discard(item.id)))
        announce(current.mayHaveArrived ? .discardedInDoubt : .discarded)
    }

    // MARK: Go to

    /// Everything that can be gone to: unread conversations first, then the others, people, rooms, commands.
    func goToEntries() -> [GoToList.Entry] {
        var entries: [GoToList.Entry] = []
        let conversations = directory.conversations.values.sorted { a, b in
            (a.unread > 0) == (b.unread > 0)
                ? (a.last?.time.milliseconds ?? 0) > (b.last?.time.milliseconds ?? 0) : a.unread > 0
        }
        for state in conversations {
            entries.append(
                .init(label: state.conversation.description, detail: state.title, target: .conversation(state.conversation)))
        }
        for person in directory.people.values.sorted(by: { $0.username < $1.username })
        where directory.conversations[.direct(person.username)] == nil && person.username != me {
            entries.append(
                .init(label: "@" + person.username.text, detail: person.name, target: .conversation(.direct(person.username))))
        }
        if let me, directory.conversations[.direct(me)] == nil {
            entries.append(.init(label: "@" + me.text, detail: say(.notebook), target: .conversation(.direct(me))))
        }
        for room in directory.rooms.values.sorted(by: { $0.room < $1.room })
        where directory.conversations[.room(room.room)] == nil {
            entries.append(.init(label: room.room.description, detail: room.topic, target: .join(room.room)))
        }
        entries += goToFiles()
        for row in CommandTable.rows(in: .compose) {
            let help = Sentence.forID(row.helpKey)?[language] ?? ""
            // What is a place as well as a command.
            let place: Sentence? = row.verb == .theme ? .themesTitle : row.verb == .inbox ? .inbox : nil
            if let place { entries.append(.init(label: say(place), detail: help, target: .command(row))) }
            entries.append(.init(label: usage(of: row), detail: help, target: .command(row)))
        }
        return entries
    }

    private mutating func go(to target: GoToList.Target) {
        switch target {
        case .conversation(let name): open(name)
        case .join(let room): join(room)
        case .files: focusPane(.files)
        case .shared(let entry): overlays.append(.question(menu(of: entry)))
        case .theme(let name): chooseTheme(name)
        case .command(let row):
            let spelling = row.spelling[.compose] ?? ""
            if row.verb == .upload { return openFolderList() }
            if row.needed == 0, case .command(let command) = CommandTable.parse(spelling, in: .compose) { return run(command) }
            replaceForNow(with: spelling + " ")
        }
    }

    /// A command that must be completed takes the place of what is being written, until it has run or is given up.
    private mutating func replaceForNow(with text: String) {
        focusPane(.compose)
        let sent = compose.sentTexts
        editCompose { $0.replaceForNow(with: text, sent: sent) }
        if !composeEditor.aside.isEmpty { announce(.writtenComesBack) }
    }
}
