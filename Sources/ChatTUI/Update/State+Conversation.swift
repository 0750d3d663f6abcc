import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText

/// Opening, loading, scrolling and reading a conversation.
extension State {
    // MARK: Opening

    /// Shows a conversation, whether or not anything was ever said in it, and puts the caret into compose.
    /// - Parameter seq: the entry to be seen first; without one reading goes on where it stopped.
    mutating func open(_ name: ConversationName, at seq: Seq? = nil) {
        focus = .compose
        pinnedTarget = nil
        if conversation?.name == name { return }
        reopen(name, at: seq)
        compose.giveScratch(to: name, now: now)
    }

    /// Loads a conversation anew.
    mutating func reopen(_ name: ConversationName, at seq: Seq? = nil) {
        saveDrafts()
        let known = directory.conversations[name]
        if let draft = known?.draft { compose.restore(draft, of: name) }
        var timeline = Timeline(name, me: me, clock: clock)
        timeline.take(outbox: outbox[name] ?? [])
        let unread = known?.unread ?? 0
        let read = known?.readSeq ?? .zero
        if unread > 0 { timeline.setRuler(after: read, count: unread) }
        var opened = OpenConversation(timeline, readThrough: read)
        opened.loadsBefore = true
        opened.loadsAfter = true
        opened.askedThrough = known?.lastSeq ?? .zero
        opened.opensAt = seq
        conversation = opened
        // So much that the newest page would not reach back to where reading stopped.
        let isFarBehind = unread > Timeline.pageSize / 2
        let anchor: History.Anchor = seq.map { .around($0) } ?? (isFarBehind ? .around(read) : .before(.maximum))
        emit(.perform(.load(name, around: anchor, limit: Timeline.pageSize)))
        if case .room(let room) = name { emit(.perform(.listMembers(room))) }
        listsAreStale = true
    }

    /// Back to the inbox; what was written stays where it was.
    mutating func closeConversation() {
        guard conversation != nil else { return }
        saveDrafts()
        conversation = nil
        pinnedTarget = nil
        inbox.open(from: directory)
    }

    // MARK: Loading

    mutating func take(_ page: ConversationPage) {
        retract(.loadingOlder)
        guard conversation != nil else { return inbox.take(page, me: me) }
        guard conversation?.name == page.conversation else { return }
        let wasEmpty = conversation?.timeline.entries.isEmpty ?? true
        // What comes after nothing was asked for by the inbox.
        if wasEmpty, case .after = page.anchor { return }
        // In its place: a copy would be a thousand entries.
        conversation?.takeIn(page)
        askWhoIsThere(after: page)
        guard var open = conversation else { return }
        switch page.anchor {
        case .before(.maximum), .around:
            open.loadsBefore = false
            open.loadsAfter = false
        case .before:
            open.loadsBefore = false
            open.stalls = page.entries.isEmpty && page.moreBefore
        case .after:
            open.loadsAfter = false
            open.stalls = page.entries.isEmpty && page.moreAfter
        }
        if wasEmpty, let seq = open.opensAt, open.timeline.ids.contains(.entry(seq)), let area = timelineArea {
            open.opensAt = nil
            open.position = scrollGeometry(of: open, in: area).topped(by: .entry(seq))
        } else if wasEmpty, open.timeline.ruler != nil, let first = open.ids.first, let area = timelineArea {
            // Reading goes on where it stopped, not at the end.
            let start = open.ids.contains(.new) ? .new : first
            open.position = scrollGeometry(of: open, in: area).topped(by: start)
        }
        conversation = open
    }

    /// Somebody came or went: the room has other members now.
    private mutating func askWhoIsThere(after page: ConversationPage) {
        guard case .room(let room) = page.conversation, case .after = page.anchor else { return }
        let hasComings = page.entries.contains { if case .member = $0.kind { true } else { false } }
        if hasComings { emit(.perform(.listMembers(room))) }
    }

    /// Asks for what came after the last loaded entry, and for more where less than a window is left to an edge: a page
    /// then never ends at one.
    mutating func loadWhatIsMissing() {
        guard var open = conversation, let area = timelineArea, !open.stalls else { return }
        let timeline = open.timeline
        let known = knownThrough(open.name)
        let isBehind = known > timeline.loadedThrough
        let geometry = scrollGeometry(of: open, in: area)
        let visible = geometry.visible(at: open.position)
        if !open.loadsAfter, open.position == .end, timeline.moreAfter {
            // Following the end: what lies between is not worth waiting for.
            open.loadsAfter = true
            open.askedThrough = known
            emit(.perform(.load(open.name, around: .before(.maximum), limit: Timeline.pageSize)))
        } else if !open.loadsAfter, isBehind, !timeline.moreAfter, mayGrow(open, showing: visible, rows: area.rows) {
            open.loadsAfter = true
            open.askedThrough = known
            let last = timeline.entries.last
            let anchor: History.Anchor = last == nil ? .before(.maximum) : .after(timeline.loadedThrough, at: nil)
            emit(.perform(.load(open.name, around: anchor, limit: Timeline.pageSize)))
        } else if !open.loadsAfter, timeline.moreAfter, let last = visible.last,
            last.block + area.rows >= timeline.items.count
        {
            open.loadsAfter = true
            open.askedThrough = known
            emit(.perform(.load(open.name, around: .after(timeline.loadedThrough, at: nil), limit: Timeline.pageSize)))
        }
        if !open.loadsBefore, timeline.moreBefore, let first = visible.first, first.block < area.rows,
            let oldest = timeline.entries.first
        {
            open.loadsBefore = true
            emit(.perform(.load(open.name, around: .before(oldest.seq), limit: Timeline.pageSize)))
        }
        conversation = open
    }

    /// Whether newer entries may be loaded: not if those that are being read would have to make room for them.
    private func mayGrow(
        _ open: OpenConversation, showing visible: [ScrollGeometry<Timeline.ItemID>.Line], rows: Int
    ) -> Bool {
        if open.position == .end || open.timeline.entries.count + Timeline.pageSize <= Timeline.capacity { return true }
        return visible.last.map { $0.block + rows >= open.timeline.ids.count } ?? true
    }

    /// How many messages of others came below what was seen.
    func arrivals(in open: OpenConversation) -> Int {
        let isLoaded = open.timeline.loadedThrough >= knownThrough(open.name)
        let loaded = isLoaded ? open.timeline.count(after: open.seenThrough) : nil
        return loaded ?? directory.conversations[open.name]?.unread ?? 0
    }

    // MARK: Reading

    /// A conversation is read when its end was on the screen while the person was looking; nothing else marks it.
    mutating func markReadIfSeen() {
        guard let open = conversation else { return }
        guard hasFocus, let area = areaInSight, isAtEnd(open, in: area) else { return moveRuler() }
        let last = open.timeline.loadedThrough
        conversation?.seenThrough = max(open.seenThrough, last)
        if last > open.markedThrough, last >= knownThrough(open.name), directory.conversations[open.name] != nil {
            conversation?.markedThrough = last
            emit(.perform(.markRead(open.name, last)))
        }
    }

    /// Who sees the end follows it, also where it came into sight by itself: in a larger window, or because what stood
    /// below has gone.
    mutating func followEnd() {
        guard let open = conversation, open.position != .end, let area = timelineArea, isAtEnd(open, in: area) else { return }
        conversation?.position = .end
    }

    private func isAtEnd(_ open: OpenConversation, in area: Rect) -> Bool {
        !open.timeline.moreAfter && scrollGeometry(of: open, in: area).isAtEnd(open.position)
    }

    /// The ruler stands above what was not seen and counts it, also while more comes.
    private mutating func moveRuler() {
        guard let ruler = nextRuler else { return }
        // In its place: a copy would be a thousand entries.
        conversation?.setRuler(ruler)
    }

    /// Nil while it may stay as it is. One whose entries were all seen goes to the next that were not, unless the person
    /// would see it go.
    private var nextRuler: UnreadRuler? {
        guard let open = conversation else { return nil }
        let seen = open.seenThrough
        let unseen = open.timeline.count(after: seen) ?? directory.conversations[open.name]?.unread ?? 0
        guard unseen > 0 else { return nil }
        guard let ruler = open.timeline.ruler, ruler.after >= seen else {
            return hasFocus && isRulerInSight(open) ? nil : UnreadRuler(after: seen, count: unseen)
        }
        return unseen > ruler.count ? UnreadRuler(after: ruler.after, count: unseen) : nil
    }

    private func isRulerInSight(_ open: OpenConversation) -> Bool {
        guard let area = areaInSight else { return false }
        let visible = scrollGeometry(of: open, in: area).visible(at: open.position)
        return visible.contains { open.ids[$0.block] == .new }
    }

    // MARK: Scrolling

    mutating func scroll(upBy lines: Int) {
        guard var open = conversation, let area = timelineArea else { return }
        open.position = scrollGeometry(of: open, in: area).moved(open.position, upBy: lines)
        conversation = open
    }

    /// Lays out what the next page up would show, so that its key need not wait for that.
    func layOutAhead() {
        guard let open = conversation, let area = timelineArea, open.position != .end else { return }
        _ = scrollGeometry(of: open, in: area).moved(open.position, upBy: area.rows)
    }

    mutating func scrollPage(up: Bool) {
        let rows = max(1, (timelineArea?.rows ?? 1) - 1)
        scroll(upBy: up ? rows : -rows)
    }

    mutating func scrollToNewest() {
        conversation?.position = .end
        conversation?.selection = nil
    }

    mutating func scrollToOldest() {
        guard var open = conversation, let area = timelineArea, let first = open.ids.first else { return }
        open.position = scrollGeometry(of: open, in: area).revealing(first, from: open.position)
        open.selection = open.ids.first(where: \.isSelectable)
        conversation = open
    }

    /// Moves the selection among entries; false below the last.
    mutating func selectEntry(stepsAway steps: Int) -> Bool {
        guard var open = conversation, let area = timelineArea else { return false }
        guard let id = open.selectable(stepsAway: steps) else { return steps < 0 }
        open.selection = id
        open.position = scrollGeometry(of: open, in: area).revealing(id, from: open.position)
        conversation = open
        return true
    }
}
