package import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// Writing and sending.
extension State {
    /// The editor of whomever compose writes to.
    package var composeEditor: Editor {
        compose.editor(of: composeTarget)
    }

    /// Changes what is written. In the inbox, what is begun stays with the conversation that it was begun for.
    mutating func editCompose(_ change: (inout Editor) -> Void) {
        let target = composeTarget
        compose.edit(target, now: now, change)
        pin(target)
    }

    private mutating func pin(_ target: ConversationName?) {
        guard conversation == nil, let target else { return }
        pinnedTarget = compose.hasDraft(target) ? target : nil
    }

    mutating func typeIntoCompose(_ text: String) {
        if focus != .compose { focusPane(.compose) }
        editCompose { $0.insert(text) }
    }

    mutating func performInCompose(_ action: Action) -> Bool {
        switch action {
        case .send: sendOrCommand()
        case .newLine: editCompose { $0.insert("\n") }
        case .leaveCompose: leaveCompose()
        case .completeOrNextPane: if !complete() { return performEverywhere(.nextPane) }
        case .lineUp: moveLine(-1)
        case .lineDown: moveLine(1)
        case .scrollUp: scrollMiddle(up: true)
        case .scrollDown: scrollMiddle(up: false)
        case .oldest: scrollToOldest()
        case .newest: scrollToNewest()
        case .historyOlder: bringBackOlder()
        case .historyNewer: bringBackNewer()
        case .deleteForwardOrQuit: if composeEditor.isEmpty { quit() } else { editCompose { $0.delete(.right) } }
        default: return editWithAction(action)
        }
        return true
    }

    /// What the keys of a text do, wherever compose has to take them.
    mutating func editWithAction(_ action: Action) -> Bool {
        var isKnown = false
        var undone = true
        // Asked on a copy, so that a key that is not about text neither moves the focus nor complains about nobody.
        var trial = composeEditor
        isKnown = trial.perform(action)
        guard isKnown else { return false }
        if action == .undo { undone = trial != composeEditor }
        if focus != .compose { focusPane(.compose) }
        if undone { editCompose { _ = $0.perform(action) } } else { announce(.nothingToUndo) }
        return true
    }

    private mutating func leaveCompose() {
        if isZoomed {
            isZoomed = false
        } else if transferInSight != nil, layout.filesFloat {
            transferInSight = nil
        } else {
            closeConversation()
        }
    }

    // MARK: Lines and history

    private mutating func moveLine(_ rows: Int) {
        let width = layout.compose.map { Layout.textWidth(of: $0, isBordered: layout.isBordered) } ?? 1
        let lines = CaretLayout(composeEditor, width: width)
        if let place = lines.place(rowsAway: rows) {
            editCompose { $0.move(to: place) }
        } else if rows < 0, conversation == nil {
            focusPane(.middle)
        } else if rows < 0 {
            bringBackOlder()
        } else {
            bringBackNewer()
        }
    }

    private mutating func bringBackOlder() {
        let sent = compose.sentTexts
        editCompose { $0.bringBackOlder(from: sent) }
    }

    private mutating func bringBackNewer() {
        editCompose { $0.bringBackNewer() }
    }

    private mutating func scrollMiddle(up: Bool) {
        if conversation != nil { scrollPage(up: up) } else { pageInInbox(up: up) }
    }

    /// Begins a reply with what it answers.
    mutating func quote(_ entry: Entry) {
        let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false)
        var quoted = lines.prefix(Self.quotedLines).map { "> " + $0 }
        if lines.count > Self.quotedLines { quoted.append("> …") }
        quoted[0] = "> \(entry.author.text): " + quoted[0].dropFirst(2)
        focusPane(.compose)
        editCompose { $0.insert((quoted + [""]).joined(separator: "\n")) }
    }

    private static let quotedLines = 5

    // MARK: Sending

    private mutating func sendOrCommand() {
        let text = Self.trimmed(composeEditor.text)
        guard !text.isEmpty else { return }
        switch CommandTable.parse(text, in: .compose) {
        case .text(let text): send(text)
        case .command(.upload(let path?)): beginUpload(path: path, typed: text)
        case .command(let command):
            clearCommand(text)
            run(command)
        case .unknown(let verb): announce(.noSuchCommand(String(verb.drop { $0 == "/" })), isWarning: true)
        case .lacking(.path, _): openFolderList()
        case .lacking(_, let row): announce(.commandUsage(usage(of: row)), isWarning: true)
        case .invalid(let row, let error):
            let reason = error.sentence(Sanitizer.line.clean)
            announce(error.code == .badRequest ? .commandUsage(usage(of: row)) : reason, isWarning: true)
        }
    }

    static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private mutating func clearCommand(_ text: String) {
        // A draft of it, or of what stood there before, may have been saved.
        let target = composeTarget
        takeOut(text, to: target, isSaved: target.map(compose.isSaved) ?? false)
    }

    /// What was sent leaves compose, and what it stood in the place of comes back.
    private mutating func takeOut(_ text: String, to target: ConversationName?, isSaved: Bool) {
        compose.sent(text, to: target)
        pin(target)
        guard let target, isSaved || compose.isSaved(target) else { return }
        let rest = compose.editor(of: target).text
        directory.setDraft(rest, of: target)
        emit(.perform(.saveDraft(target, rest)))
    }

    private mutating func send(_ text: String) {
        guard let target = composeTarget else { return announce(.notSentNobody, isWarning: true) }
        if target.isRoom, directory.conversations[target]?.joined == false {
            return announce(.notSentLeft, isWarning: true)
        }
        let message: MessageText
        do throws(ProtocolError) {
            message = try MessageText(text)
        } catch {
            let isTooLong = error.code == .tooLarge
            announce(isTooLong ? .notSentTooLong : .refusal(code: error.code.rawValue, detail: error.detail), isWarning: true)
            return
        }
        emit(.perform(.compose(target, message, ref: nil)))
        takeOut(text, to: target, isSaved: true)
        if conversation == nil {
            announce(.sentTo(directory.label(of: target)))
        } else {
            conversation?.timeline.removeRuler()
            scrollToNewest()
        }
    }

    /// How a command is typed: `/join ROOM`.
    package func usage(of row: CommandTable.Row) -> String {
        let words = row.arguments.enumerated().map { index, argument in
            let word = Sentence.forID(argument.key)?[language] ?? argument.rawValue
            return index < row.needed ? word : "[\(word)]"
        }
        return ([row.spelling[.compose] ?? ""] + words).joined(separator: " ")
    }
}
