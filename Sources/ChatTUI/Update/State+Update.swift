import ChatClient
package import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

extension State {
    /// The one way in which the state changes.
    /// - Returns: what the world is to do, in order.
    package mutating func update(_ event: ScreenEvent) -> [Effect] {
        now = event.now
        effects = []
        // Nothing follows from it: what was on the screen may now count as seen.
        if case .drawn = event.cause {
            noteSight()
            return []
        }
        switch event.cause {
        case .input(let input): take(input)
        case .resized(let size): self.size = size
        case .client(let event): take(event)
        case .opened(let username, let snapshot): take(snapshot, of: username)
        case .found(let finding): take(finding)
        case .themes(let names): take(themes: names)
        case .wears(let name, let problems): wears(name, problems)
        case .notKept(let reason): announce(.settingNotKept(Sanitizer.line.clean(reason)), isWarning: true)
        case .notifyLevels(let levels): notifyLevels = levels
        case .deadline, .drawn: break
        case .ended: leave()
        case .suspendRequested:
            saveDrafts()
            emit(.suspend)
        }
        settle()
        defer { effects = [] }
        return effects
    }

    private mutating func take(_ input: InputEvent) {
        switch input {
        case .key(let key):
            noteAttention()
            announcement = nil
            if closeSuggestions(with: key) { return }
            take(key)
        case .paste(let paste):
            noteAttention()
            announcement = nil
            suggestions = nil
            take(paste)
        case .mouse(let mouse):
            noteAttention()
            take(mouse)
        case .focus(let hasFocus):
            reportedFocus = hasFocus
        }
    }

    private mutating func noteAttention() {
        lastKeyAt = now
        if greeting == .inContacts { greeting = .done }
        hideFinishedTransfer()
    }

    /// What follows from anything that happened.
    private mutating func settle() {
        if let deadline = compose.saveDeadline, now >= deadline { saveDrafts() }
        guard case .chat = stage else { return }
        refreshLists()
        refreshFiles()
        loadShared()
        followEnd()
        loadWhatIsMissing()
        loadInbox()
        markReadIfSeen()
    }

    mutating func refreshLists() {
        guard listsAreStale else { return }
        listsAreStale = false
        let isFrozen = (focus == .contacts && contacts.filter.isEmpty) || catchingUp
        contacts.refresh(from: directory, unsent: unsent, me: me, reorders: !isFrozen)
        inbox.refresh(from: directory, isCatchingUp: catchingUp, isWriting: !composeEditor.isEmpty)
    }

    /// Where something is written, or on its way.
    var unsent: Set<ConversationName> { compose.drafts.union(outbox.keys) }

    /// Hands unsaved drafts over now.
    mutating func saveDrafts() {
        for (conversation, text) in compose.takeUnsaved() {
            listsAreStale = true
            directory.setDraft(text, of: conversation)
            emit(.perform(.saveDraft(conversation, text)))
        }
    }

    /// Saves what there is to save and quits without asking.
    mutating func leave() {
        saveDrafts()
        emit(.quit)
    }

    /// When something that can be seen changes by itself, or a draft is to be saved.
    package var nextDeadline: Timestamp? {
        var deadlines = [compose.saveDeadline].compactMap { $0 }
        let milliseconds = now.milliseconds
        switch connection {
        case .offline(_, let next?) where next > now:
            // The countdown shows whole seconds.
            let rest = next.milliseconds - milliseconds
            deadlines.append(Timestamp(milliseconds: milliseconds + (rest - 1) % 1000 + 1))
        default: break
        }
        if case .chat = stage, size.columns >= Self.clockColumns {
            deadlines.append(Timestamp(milliseconds: (milliseconds / 60_000 + 1) * 60_000))
        }
        return deadlines.min()
    }

    /// From this width on the status line shows the time.
    package static let clockColumns = 40
}
