package import ChatClient
package import ChatProtocol
import Synchronization
package import TerminalText

/// The part of an open conversation that is in memory: its entries in order, what is still on its way, and the rulers
/// between them.
///
/// Bounded: it holds at most ``capacity`` entries and asks for others as they are scrolled to.
package struct Timeline: Hashable, Sendable {
    package typealias Item = TimelineItem
    package typealias ItemID = TimelineItem.ID

    package static let capacity = 1000
    package static let pageSize = 100

    package let conversation: ConversationName
    package private(set) var entries: [Entry] = []
    package private(set) var outbox: [OutboxItem] = []
    private var settling: [OutboxItem] = []
    private var discarded: Set<Nonce> = []
    private var grouping: ItemGrouping
    /// Another number whenever ``items`` became others, in whichever timeline.
    private(set) var revision = 0
    private static let revisions = Atomic(0)
    package private(set) var moreBefore = true
    package private(set) var moreAfter = false
    /// The newest seq that the loaded entries account for, seqs that nobody may see included.
    package private(set) var loadedThrough = Seq.zero
    /// After which seq the ruler stands, and how many it announces.
    package private(set) var ruler: UnreadRuler?
    private let clock: WallClock
    private let me: Username?

    package init(_ conversation: ConversationName, me: Username?, clock: WallClock) {
        self.conversation = conversation
        self.me = me
        self.clock = clock
        grouping = ItemGrouping(startsAtBeginning: false, ruler: nil, me: me, clock: clock)
    }

    package var items: [Item] { grouping.items }
    package var ids: [ItemID] { grouping.ids }

    // MARK: What arrives

    /// Takes a page in. One that does not touch what is loaded replaces it if it was asked for as a new beginning.
    /// - Parameter askedThrough: how far the conversation went when the page was asked for.
    package mutating func take(_ page: ConversationPage, askedThrough: Seq) {
        let incoming = page.entries.map(Directory.clean)
        var isContinued = false
        switch page.anchor {
        case .before(.maximum):
            let overlaps = incoming.first.map { $0.seq <= loadedThrough } ?? true
            if !overlaps || entries.isEmpty || moreAfter { restart(incoming, page) } else { merge(incoming) }
            loadedThrough = max(loadedThrough, askedThrough, incoming.last?.seq ?? .zero)
        case .before(let seq):
            guard let first = entries.first, first.seq <= seq else { return restartIfEmpty(incoming, page) }
            merge(incoming)
            moreBefore = page.moreBefore
            trimNewest()
        case .after(let seq, _):
            guard loadedThrough >= seq, !moreAfter || entries.last.map({ $0.seq <= seq }) ?? true else { return }
            isContinued = entries.last.map { last in incoming.allSatisfy { $0.seq > last.seq } } ?? false
            merge(incoming)
            moreAfter = page.moreAfter
            loadedThrough = max(loadedThrough, incoming.last?.seq ?? .zero)
            if !moreAfter { loadedThrough = max(loadedThrough, askedThrough) }
            if trimOldest() { isContinued = false }
        case .around:
            restart(incoming, page)
            loadedThrough = incoming.last?.seq ?? loadedThrough
        }
        settle()
        if isContinued {
            grouping.add(incoming)
            showPending()
        } else {
            rebuild()
        }
    }

    private mutating func restartIfEmpty(_ incoming: [Entry], _ page: ConversationPage) {
        guard entries.isEmpty else { return }
        restart(incoming, page)
        settle()
        rebuild()
    }

    private mutating func restart(_ incoming: [Entry], _ page: ConversationPage) {
        entries = incoming
        moreBefore = page.moreBefore
        moreAfter = page.moreAfter
        loadedThrough = entries.last?.seq ?? .zero
    }

    /// Both are in order of seq; of two entries of one seq the incoming one stays.
    private mutating func merge(_ incoming: [Entry]) {
        guard let first = incoming.first, let last = incoming.last else { return }
        if entries.last.map({ $0.seq < first.seq }) ?? true {
            entries += incoming
        } else if last.seq < entries[0].seq {
            entries.insert(contentsOf: incoming, at: 0)
        } else {
            var merged: [Entry] = []
            merged.reserveCapacity(entries.count + incoming.count)
            var rest = incoming[...]
            for entry in entries {
                while let next = rest.first, next.seq < entry.seq { merged.append(rest.removeFirst()) }
                merged.append(rest.first?.seq == entry.seq ? rest.removeFirst() : entry)
            }
            entries = merged + rest
        }
    }

    /// More than is too much: so that not every page has to.
    private static let trimmed = capacity * 3 / 4

    /// - Returns: false if there was no need.
    private mutating func trimOldest() -> Bool {
        guard entries.count > Self.capacity else { return false }
        entries.removeFirst(entries.count - Self.trimmed)
        moreBefore = true
        return true
    }

    private mutating func trimNewest() {
        guard entries.count > Self.capacity else { return }
        entries.removeLast(entries.count - Self.trimmed)
        moreAfter = true
        loadedThrough = entries.last?.seq ?? loadedThrough
    }

    /// Replaces what is pending. What is no longer there was sent, and stays in sight until its entry comes.
    package mutating func take(outbox new: [OutboxItem]) {
        let ids = Set(new.map(\.id))
        settling += outbox.filter { !ids.contains($0.id) && !discarded.contains($0.id) && !Self.isFailed($0) }
        settling.removeAll { ids.contains($0.id) }
        outbox = new
        settle()
        showPending()
    }

    /// The person gave the message up: it must not look as if it had been sent.
    package mutating func discard(_ id: Nonce) {
        discarded.insert(id)
        settling.removeAll { $0.id == id }
        outbox.removeAll { $0.id == id }
        showPending()
    }

    private static func isFailed(_ item: OutboxItem) -> Bool {
        if case .failed = item.state { true } else { false }
    }

    private mutating func settle() {
        let arrived = Set(entries.suffix(200).compactMap(\.nonce))
        settling.removeAll { arrived.contains($0.id) }
    }

    // MARK: The unread ruler

    /// Puts the ruler above the first message of others after a place; a ruler that is there already only counts anew.
    package mutating func setRuler(after seq: Seq, count: Int) {
        let isThere = ruler?.after == seq
        ruler = UnreadRuler(after: seq, count: count)
        if isThere {
            grouping.setRulerCount(count)
            revision = Self.revisions.add(1, ordering: .relaxed).newValue
        } else {
            rebuild()
        }
    }

    package mutating func removeRuler() {
        guard ruler != nil else { return }
        ruler = nil
        rebuild()
    }

    /// How many messages of others there are after a place; nil if some of them may not be loaded.
    package func count(after seq: Seq) -> Int? {
        guard !moreAfter, reaches(back: seq) else { return nil }
        var count = 0
        // Asked with every key: entries are looked at in their place, not taken out of it.
        for index in entries.indices.reversed() {
            guard entries[index].seq > seq else { break }
            if ItemGrouping.isNews(entries[index], to: me) { count += 1 }
        }
        return count
    }

    /// Whether everything after a place is loaded, as far as newer entries are.
    private func reaches(back seq: Seq) -> Bool { !moreBefore || entries.first.map { $0.seq <= seq.next } ?? true }

    // MARK: Items

    /// A ruler whose place is not loaded stands nowhere: above the first entry that is, it would be wrong.
    private mutating func rebuild() {
        let standing = ruler.flatMap { reaches(back: $0.after) ? $0 : nil }
        grouping = ItemGrouping(startsAtBeginning: !moreBefore, ruler: standing, me: me, clock: clock)
        grouping.add(entries)
        showPending()
    }

    private mutating func showPending() {
        let arrived = Set(entries.suffix(200).compactMap(\.nonce))
        grouping.setPending(settling: settling, waiting: outbox.filter { !arrived.contains($0.id) })
        revision = Self.revisions.add(1, ordering: .relaxed).newValue
    }

    /// What an item is known by now that was known by this before: those who came and went may have become one with others.
    package func current(_ id: ItemID) -> ItemID {
        guard case .entry(let seq) = id, !ids.contains(id) else { return id }
        let holding = items.last { item in
            if case .members(let entries) = item { entries.contains { $0.seq == seq } } else { false }
        }
        return holding?.id ?? id
    }

    package static func == (a: Timeline, b: Timeline) -> Bool {
        a.conversation == b.conversation && a.items == b.items && a.moreBefore == b.moreBefore && a.moreAfter == b.moreAfter
            && a.loadedThrough == b.loadedThrough
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(conversation)
        hasher.combine(items)
    }
}
