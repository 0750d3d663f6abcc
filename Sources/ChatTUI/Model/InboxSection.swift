import ChatClient
package import ChatProtocol

/// One conversation in the inbox: the entries of others that were unread when the inbox opened, and those that came since.
///
/// Entries only ever join at its end. What is read stays, dimmed, until the inbox closes.
package struct InboxSection: Hashable, Sendable {
    package let conversation: ConversationName
    package private(set) var entries: [Entry] = []
    /// How far the conversation went when the inbox opened: what is newer has arrived since.
    package let openedThrough: Seq
    /// Up to where entries were asked for and came, seqs that are not shown included.
    package private(set) var loadedThrough: Seq
    /// How far the conversation goes.
    package private(set) var knownThrough: Seq
    package private(set) var readThrough: Seq
    private var askedAfter: Seq?
    private var askedThrough = Seq.zero
    /// An answer brought nothing though there should be more: not asked again before something changes.
    private var stalls = false

    /// The entries of a page: more are asked for when the choice comes near the end.
    package static let pageSize = 50

    init(_ state: ConversationState, openedThrough: Seq) {
        conversation = state.conversation
        self.openedThrough = openedThrough
        knownThrough = state.lastSeq
        readThrough = state.readSeq
        loadedThrough = state.readSeq
    }

    mutating func update(_ state: ConversationState) {
        if state.lastSeq != knownThrough { stalls = false }
        knownThrough = max(knownThrough, state.lastSeq)
        readThrough = max(readThrough, state.readSeq)
    }

    /// After which seq to ask for more; nil if there is nothing to ask for, or an answer is awaited.
    mutating func nextRequest() -> Seq? {
        guard askedAfter == nil, !stalls, loadedThrough < knownThrough else { return nil }
        askedAfter = loadedThrough
        askedThrough = knownThrough
        return loadedThrough
    }

    /// What was not answered before the line broke is asked for again.
    mutating func askAgain() {
        askedAfter = nil
        stalls = false
    }

    /// Takes a page if it begins no later than what is loaded ends. The same page may come twice: from the cache, and whole.
    mutating func take(_ page: ConversationPage, me: Username?) -> Bool {
        guard case .after(let seq, _) = page.anchor, seq <= loadedThrough else { return false }
        let before = loadedThrough
        for entry in page.entries where entry.seq > loadedThrough {
            loadedThrough = entry.seq
            if Self.isShown(entry, me: me) { entries.append(Directory.clean(entry)) }
        }
        if !page.moreAfter { loadedThrough = max(loadedThrough, askedThrough) }
        stalls = loadedThrough == before
        askedAfter = nil
        return true
    }

    mutating func read(through seq: Seq) { readThrough = max(readThrough, seq) }

    package func isRead(_ entry: Entry) -> Bool { entry.seq <= readThrough }
    package func isArrival(_ entry: Entry) -> Bool { entry.seq > openedThrough }

    /// What counts as unread: what others said or shared.
    private static func isShown(_ entry: Entry, me: Username?) -> Bool {
        guard entry.author != me else { return false }
        switch entry.kind {
        case .message, .file: return true
        case .member, .unknown: return false
        }
    }
}
