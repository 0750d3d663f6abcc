package import ChatClient
package import ChatProtocol
package import TerminalText

/// One thing among the others, from the oldest to the newest.
package enum TimelineItem: Hashable, Sendable {
    /// Nothing is older.
    case beginning
    case day(CalendarDay)
    /// From here on nothing was seen before; with how many that was.
    case new(Int)
    /// `continues` what the same person said just above: the name is not said again.
    case entry(Entry, continues: Bool = false)
    /// Those who came and went in a row.
    case members([Entry])
    case pending(OutboxItem, continues: Bool = false)
    /// Left the outbox, and its entry is about to arrive.
    case settling(OutboxItem, continues: Bool = false)

    package var id: ID {
        switch self {
        case .beginning: .beginning
        case .day(let day): .day(day.ordinal)
        case .new: .new
        case .entry(let entry, _): .entry(entry.seq)
        case .members(let entries): .entry(entries.first?.seq ?? .zero)
        case .pending(let item, _), .settling(let item, _): .pending(item.id)
        }
    }

    /// What an item is known by while others come and go around it.
    package enum ID: Hashable, Sendable {
        case beginning, new
        case day(Int)
        case entry(Seq)
        case pending(Nonce)

        /// Rulers are passed over.
        package var isSelectable: Bool {
            switch self {
            case .entry, .pending: true
            case .beginning, .new, .day: false
            }
        }
    }
}
