import ChatClient
import ChatProtocol
import TerminalText

/// Puts entries below each other as people read them: days apart, one name above what somebody said in a row, and those
/// who come and go in one line.
struct ItemGrouping {
    private(set) var items: [TimelineItem] = []
    private let clock: WallClock
    private let me: Username?
    private var day: Int?
    /// Who spoke last, and when; nobody after anything else.
    private var speaker: (author: Username, time: Timestamp)?

    /// A name is said again after so long.
    static let pauseMilliseconds: Int64 = 5 * 60_000

    init(startsAtBeginning: Bool, me: Username?, clock: WallClock) {
        self.clock = clock
        self.me = me
        if startsAtBeginning { items.append(.beginning) }
    }

    /// - Parameter ruler: how many are new from this one on; nil if it is not the first of them.
    mutating func add(_ entry: Entry, below ruler: Int?) {
        mark(entry.time)
        if let ruler {
            items.append(.new(ruler))
            speaker = nil
        }
        switch entry.kind {
        case .message, .file:
            items.append(.entry(entry, continues: speaks(entry.author, at: entry.time)))
        case .member:
            if case .members(let others)? = items.last {
                items[items.count - 1] = .members(others + [entry])
            } else {
                items.append(.members([entry]))
            }
            speaker = nil
        case .unknown:
            items.append(.entry(entry, continues: false))
            speaker = nil
        }
    }

    mutating func add(pending item: OutboxItem, isSettling: Bool) {
        mark(item.time)
        let continues = me.map { speaks($0, at: item.time) } ?? false
        items.append(isSettling ? .settling(item, continues: continues) : .pending(item, continues: continues))
    }

    /// A day's name stands above its first entry.
    private mutating func mark(_ time: Timestamp) {
        let current = clock.day(time.milliseconds)
        guard current.ordinal != day else { return }
        items.append(.day(current))
        day = current.ordinal
        speaker = nil
    }

    /// Notes that somebody speaks; true if it is the one who spoke last, a moment ago.
    private mutating func speaks(_ author: Username, at time: Timestamp) -> Bool {
        defer { speaker = (author, time) }
        guard let speaker, speaker.author == author else { return false }
        return abs(time.milliseconds - speaker.time.milliseconds) < Self.pauseMilliseconds
    }
}
