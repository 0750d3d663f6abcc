import ChatClient
package import ChatProtocol

/// One conversation in the inbox: the entries of others that were unread when the inbox opened, and those that came since.
///
/// Entries only ever join at its end. What is read stays, dimmed, until the inbox closes.
package struct InboxSection: Hashable, Sendable {
    package let conversation: ConversationName
    package private(set) var entries: [Entry] = []
    /// How far the conversation went when the inbox opened: what is newer has arrived since.
    package internal(set) var openedThrough: Seq
    /// Up to where entries were asked for and came, seqs that are not shown included.
    package private(set) var loadedThrough: Seq
    /// How far the conversation goes.
    package private(set) var knownThrough: Seq
    package private(set) var readThrough: Seq
    /// How many entries were unread when the read position was ``countedAfter``.
    private var unread: Int
    private var countedAfter: Seq
    /// Entries that were in sight, and of these the ones that were left behind going down.
    private var seen: Set<Seq> = []
    private var passed: Set<Seq> = []
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
        unread = state.unread
        countedAfter = state.readSeq
    }

    mutating func update(_ state: ConversationState) {
        if state.lastSeq != knownThrough { stalls = false }
        knownThrough = max(knownThrough, state.lastSeq)
        readThrough = max(readThrough, state.readSeq)
        unread = state.unread
        countedAfter = state.readSeq
    }

    /// How many unread entries are not loaded.
    package var notLoaded: Int {
        loadedThrough < knownThrough ? max(0, unread - entries.count { $0.seq > countedAfter }) : 0
    }

    /// There may be more: nobody counts further.
    package var isCountedInPart: Bool { unread >= Limits.unreadCount }

    /// How many of those arrived since the inbox opened. Seqs that nobody may see may make it too many, never too few.
    package var arrivalsNotLoaded: Int {
        let since = max(openedThrough, loadedThrough)
        return since < knownThrough ? min(notLoaded, Int(clamping: knownThrough.value - since.value)) : 0
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
            if ItemGrouping.isNews(entry, to: me) { entries.append(Directory.clean(entry)) }
        }
        if !page.moreAfter { loadedThrough = max(loadedThrough, askedThrough) }
        stalls = loadedThrough == before
        askedAfter = nil
        return true
    }

    // MARK: Reading

    mutating func read(through seq: Seq) { readThrough = max(readThrough, seq) }

    /// The entry is in sight.
    mutating func see(_ seq: Seq) {
        if seq > readThrough, !seen.contains(seq) { seen.insert(seq) }
    }

    /// The entry is left behind: that counts only if it was in sight.
    mutating func pass(_ seq: Seq) {
        if seen.contains(seq) { passed.insert(seq) }
    }

    /// Moves the read position over what was passed, as far as nothing between was not.
    /// - Returns: the position, if it moved.
    mutating func readPassed() -> Seq? {
        guard let last = entries.drop(while: isRead).prefix(while: { passed.contains($0.seq) }).last?.seq else { return nil }
        readThrough = last
        return last
    }

    package func isRead(_ entry: Entry) -> Bool { entry.seq <= readThrough }
}
