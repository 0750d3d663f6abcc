package import ChatClient
package import ChatProtocol
import ChatText
import TerminalText

/// Telling somebody who looks elsewhere that there is a message, without becoming a nuisance.
extension State {
    /// However many messages come, they are told of once in this time.
    static let alertMilliseconds: Int64 = 5_000

    /// What a person is told of in a conversation: of people everything, in rooms what is said to them, or what they chose.
    package func notifyLevel(of name: ConversationName) -> NotifyLevel {
        if let chosen = notifyLevels[name] { return chosen }
        if directory.conversations[name]?.muted == true { return .nothing }
        return name.isRoom ? .mentions : .all
    }

    /// Whether nothing of it is told of: its unread messages do not count among those that ask for something.
    func isQuiet(_ name: ConversationName) -> Bool { notifyLevel(of: name) == .nothing }

    /// What all conversations leave unread, but for quiet ones.
    var unread: Int { directory.conversations.values.reduce(0) { $0 + (isQuiet($1.conversation) ? 0 : $1.unread) } }

    /// To be called when a conversation has changed, with how it stood before.
    mutating func tell(of state: ConversationState, before: ConversationState?) {
        // What one says on another device counts as nothing unread.
        guard !catchingUp, state.lastSeq > before?.lastSeq ?? .zero else { return }
        let arrived = state.unread - (before?.unread ?? 0)
        let mentions = state.mentions - (before?.mentions ?? 0)
        switch notifyLevel(of: state.conversation) {
        case .all: if arrived <= 0 { return }
        case .mentions: if mentions <= 0 { return }
        case .nothing: return
        }
        if hasFocus, areaInSight != nil, conversation?.name == state.conversation { return }
        if let last = lastAlertAt, now >= last, now.milliseconds - last.milliseconds < Self.alertMilliseconds { return }
        lastAlertAt = now
        emit(.alert(Alert(title: directory.label(of: state.conversation), body: preview(of: state, arrived: arrived))))
    }

    private func preview(of state: ConversationState, arrived: Int) -> String {
        guard let last = directory.conversations[state.conversation]?.last, last.author != me else {
            return say(.newMessages(max(1, arrived)))
        }
        let author = state.conversation.isRoom ? last.author.text + ": " : ""
        switch last.kind {
        case .message: return author + Sanitizer.line.clean(last.text)
        case .file(let file): return author + "↓ " + Sanitizer.line.clean(file.label.text)
        case .member, .unknown: return say(.newMessages(max(1, arrived)))
        }
    }

    /// `/notify` says what is so, `/notify LEVEL` changes it.
    mutating func setNotifyLevel(_ level: NotifyLevel?) {
        guard let name = composeTarget, let account else { return announce(.notifyNowhere, isWarning: true) }
        if let level {
            notifyLevels[name] = level
            emit(.keepNotifyLevels(notifyLevels, account))
        }
        announce(.notifyLevel(directory.label(of: name), notifyLevel(of: name).rawValue))
    }

    /// What the terminal's window is called: what is unread first, since a list of windows is narrow.
    package var windowTitle: String {
        let unread = stage == .chat ? unread : 0
        let place = conversation.map { directory.label(of: $0.name) + " — " } ?? ""
        return (unread > 0 ? "(\(MessageCount.text(unread))) " : "") + place + "obrol"
    }
}
