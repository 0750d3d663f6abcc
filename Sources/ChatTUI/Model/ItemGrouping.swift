import ChatClient
package import ChatProtocol
import TerminalText

/// Puts entries below each other as people read them: days apart, one name above what somebody said in a row, those who
/// come and go in one line, and what is still on its way at the end.
struct ItemGrouping {
    private(set) var items: [TimelineItem] = []
    /// Those of ``items``, kept because scrolling asks for them with every key.
    private(set) var ids: [TimelineItem.ID] = []
    private let clock: WallClock
    private let me: Username?
    /// Stands above the first entry after its seq that is news; nil once it stands.
    private var ruler: UnreadRuler?
    private var end = End()
    /// How the entries ended, if something that is on its way stands below them.
    private var endOfEntries: (count: Int, end: End)?

    /// What decides how the next item is joined to those above.
    private struct End {
        var day: Int?
        /// Who spoke last, and when; nobody after anything else.
        var speaker: (author: Username, time: Timestamp)?
    }

    /// A name is said again after so long.
    static let pauseMilliseconds: Int64 = 5 * 60_000

    init(startsAtBeginning: Bool, ruler: UnreadRuler?, me: Username?, clock: WallClock) {
        self.clock = clock
        self.me = me
        self.ruler = ruler
        if startsAtBeginning { append(.beginning) }
    }

    /// Adds what follows the entries that are there. What is on its way is forgotten.
    mutating func add(_ entries: [Entry]) {
        removePending()
        for entry in entries { add(entry) }
    }

    /// Replaces what is on its way.
    mutating func setPending(settling: [OutboxItem], waiting: [OutboxItem]) {
        removePending()
        guard !settling.isEmpty || !waiting.isEmpty else { return }
        endOfEntries = (items.count, end)
        for item in settling { append(.settling(item, continues: continues(item))) }
        for item in waiting { append(.pending(item, continues: continues(item))) }
    }

    private mutating func removePending() {
        guard let before = endOfEntries else { return }
        items.removeLast(items.count - before.count)
        ids.removeLast(ids.count - before.count)
        end = before.end
        endOfEntries = nil
    }

    private mutating func append(_ item: TimelineItem) {
        items.append(item)
        ids.append(item.id)
    }

    private mutating func add(_ entry: Entry) {
        mark(entry.time)
        if let ruler, entry.seq > ruler.after, Self.isNews(entry, to: me) {
            append(.new(ruler.count))
            end.speaker = nil
            self.ruler = nil
        }
        switch entry.kind {
        case .message, .file:
            append(.entry(entry, continues: speaks(entry.author, at: entry.time)))
        case .member:
            if case .members(let others)? = items.last {
                items[items.count - 1] = .members(others + [entry])
            } else {
                append(.members([entry]))
            }
            end.speaker = nil
        case .unknown:
            append(.entry(entry, continues: false))
            end.speaker = nil
        }
    }

    /// What counts as unread: what others said or shared.
    static func isNews(_ entry: Entry, to me: Username?) -> Bool {
        guard entry.author != me else { return false }
        switch entry.kind {
        case .message, .file: return true
        case .member, .unknown: return false
        }
    }

    /// The ruler announces another number where it stands; if it does not stand yet, when it will.
    mutating func setRulerCount(_ count: Int) {
        ruler?.count = count
        if let index = ids.lastIndex(of: .new) { items[index] = .new(count) }
    }

    private mutating func continues(_ item: OutboxItem) -> Bool {
        mark(item.time)
        return me.map { speaks($0, at: item.time) } ?? false
    }

    /// A day's name stands above its first entry.
    private mutating func mark(_ time: Timestamp) {
        let current = clock.day(time.milliseconds)
        guard current.ordinal != end.day else { return }
        append(.day(current))
        end.day = current.ordinal
        end.speaker = nil
    }

    /// Notes that somebody speaks; true if it is the one who spoke last, a moment ago.
    private mutating func speaks(_ author: Username, at time: Timestamp) -> Bool {
        defer { end.speaker = (author, time) }
        guard let speaker = end.speaker, speaker.author == author else { return false }
        return abs(time.milliseconds - speaker.time.milliseconds) < Self.pauseMilliseconds
    }
}

/// What was not seen before.
package struct UnreadRuler: Hashable, Sendable {
    /// The last seq above it.
    package var after: Seq
    /// How many it announces.
    package var count: Int
}
