package import ChatProtocol

/// What is being written to whom: one editor for each conversation, and which of them must still be saved.
package struct ComposeBook: Hashable, Sendable {
    private var editors: [ConversationName: Editor] = [:]
    /// What is written to nobody in particular: a command, while there is no conversation.
    private var scratch = Editor()
    private var history = SentHistory()
    /// Changed since they were last handed over to be saved.
    private var unsaved: Set<ConversationName> = []
    /// Of which something was handed over to be saved, or came from there.
    private var saved: Set<ConversationName> = []
    /// When to save: a little after the last key, and not long after the first.
    package private(set) var saveDeadline: Timestamp?
    /// When the first of what is unsaved was typed.
    private var unsavedSince: Timestamp?

    package static let saveDelayMilliseconds: Int64 = 300
    package static let longestSaveDelayMilliseconds: Int64 = 3000

    package init() {}

    /// The editor of a conversation, or that of nobody in particular.
    package func editor(of conversation: ConversationName?) -> Editor {
        guard let conversation else { return scratch }
        return editors[conversation] ?? Editor()
    }

    /// What was saved in an earlier life; never replaces what is being written.
    package mutating func restore(_ draft: String, of conversation: ConversationName) {
        guard editors[conversation] == nil, !draft.isEmpty else { return }
        editors[conversation] = Editor(draft)
        saved.insert(conversation)
    }

    /// Changes the editor of a conversation, and notes that its draft is to be saved if its text became another.
    package mutating func edit(_ conversation: ConversationName?, now: Timestamp, _ change: (inout Editor) -> Void) {
        var editor = editor(of: conversation)
        let before = editor.characters
        change(&editor)
        editor.fillFromAside()
        guard let conversation else { return scratch = editor }
        editors[conversation] = editor
        guard editor.characters != before else { return }
        unsaved.insert(conversation)
        let since = unsavedSince ?? now
        unsavedSince = since
        saveDeadline = Timestamp(
            milliseconds: min(
                now.milliseconds + Self.saveDelayMilliseconds, since.milliseconds + Self.longestSaveDelayMilliseconds))
    }

    /// The drafts that must be saved now; afterwards none must.
    package mutating func takeUnsaved() -> [(conversation: ConversationName, text: String)] {
        defer {
            unsaved = []
            (saveDeadline, unsavedSince) = (nil, nil)
        }
        let texts = unsaved.sorted().map { (conversation: $0, text: editor(of: $0).draft) }
        for (conversation, text) in texts {
            if text.isEmpty { saved.remove(conversation) } else { saved.insert(conversation) }
        }
        return texts
    }

    /// Whether a draft of it is kept.
    package func isSaved(_ conversation: ConversationName) -> Bool { saved.contains(conversation) }

    /// The conversations to which something unsent is written.
    package var drafts: Set<ConversationName> { Set(editors.keys.filter(hasDraft)) }

    /// What was sent leaves the editor and enters the history. What it stood in the place of comes back, and is to be saved.
    package mutating func sent(_ text: String, to conversation: ConversationName?) {
        history.add(text)
        let rest = Editor(editor(of: conversation).aside)
        guard let conversation else { return scratch = rest }
        editors[conversation] = rest
        if rest.isEmpty { saved.remove(conversation) } else { saved.insert(conversation) }
        unsaved.remove(conversation)
        if unsaved.isEmpty { (saveDeadline, unsavedSince) = (nil, nil) }
    }

    /// Something that can be brought back with ^P though it was not sent.
    package mutating func remember(_ text: String) { history.add(text) }

    /// What can be brought back, the oldest first.
    package var sentTexts: [String] { history.texts }

    /// Whether something unsent is written to the conversation.
    package func hasDraft(_ conversation: ConversationName) -> Bool {
        editors[conversation]?.isEmpty == false
    }

    /// Moves what was written to nobody to whomever it turns out to be for, unless something is written there.
    package mutating func giveScratch(to conversation: ConversationName, now: Timestamp) {
        guard !scratch.isEmpty, !hasDraft(conversation) else { return }
        let text = scratch.draft
        scratch = Editor()
        edit(conversation, now: now) { $0.insert(text) }
    }

    /// Whether the conversation's editor was ever touched: then it and not the directory knows the draft.
    package func knows(_ conversation: ConversationName) -> Bool { editors[conversation] != nil }
}
