package import ChatClient
package import ChatProtocol
import TerminalText

/// The rows of the files pane, and which of them is chosen: transfers, then what was shared in the open conversation.
package struct FilesList: Hashable, Sendable {
    package enum Row: Hashable, Sendable {
        case transfer(Transfer.ID)
        case noTransfers
        case blank
        case sharedHeading
        /// By its place in the conversation: the same file may have been shared twice.
        case shared(Seq)

        package var isSelectable: Bool {
            switch self {
            case .transfer, .shared: true
            case .noTransfers, .blank, .sharedHeading: false
            }
        }
    }

    package private(set) var rows: [Row] = [.noTransfers]
    package private(set) var selection: Row?
    /// The line of the window at which the chosen row begins: it stays there whatever comes above or below.
    package var anchorLine = 0
    /// The wheel has moved the choice though the focus is elsewhere.
    package var isScrolled = false
    /// What was shared, by conversation, as far as it was asked for.
    private var shared: [ConversationName: [SharedEntry]] = [:]
    private var asked: Set<ConversationName> = []
    /// A file that somebody has just shared.
    private var arrival: Row?

    package init() {}

    // MARK: Shared

    /// Whether the files of a conversation are still to be asked for; asked for once, they are told again when they change.
    mutating func mustAsk(for conversation: ConversationName) -> Bool { asked.insert(conversation).inserted }

    /// Whoever signs in anew, or finds another history, asks again.
    mutating func askAgain() { asked = [] }

    mutating func take(_ entries: [SharedEntry], of conversation: ConversationName) {
        if let before = shared[conversation], let newest = entries.first, newest.seq > before.first?.seq ?? .zero {
            arrival = .shared(newest.seq)
        }
        shared[conversation] = entries.map { entry in
            var entry = entry
            entry.authorName = Sanitizer.line.clean(entry.authorName)
            return entry
        }
    }

    package func shared(in conversation: ConversationName?) -> [SharedEntry] {
        conversation.flatMap { shared[$0] } ?? []
    }

    // MARK: Rows

    /// - Parameter isInUse: whether the person is among the rows. Who is not finds what came last chosen.
    mutating func refresh(_ transfers: TransferList, in conversation: ConversationName?, isInUse: Bool) {
        defer { arrival = nil }
        var rows: [Row] = transfers.transfers.map { .transfer($0.id) }
        if rows.isEmpty { rows = [.noTransfers] }
        let here = shared(in: conversation)
        if !here.isEmpty { rows += [.blank, .sharedHeading] + here.map { .shared($0.seq) } }
        guard rows != self.rows else { return }
        let old = selectedIndex
        let begun = rows.first.flatMap { self.rows.contains($0) ? nil : $0 }
        self.rows = rows
        if !isInUse, let newest = begun ?? arrival { select(newest) }
        if let selection, rows.contains(selection) { return }
        let start = min(old ?? 0, rows.count - 1)
        selection = rows[start...].first(where: \.isSelectable) ?? rows.last(where: \.isSelectable)
    }

    package var selectedIndex: Int? { selection.flatMap { rows.firstIndex(of: $0) } }

    package mutating func select(_ row: Row) {
        if row.isSelectable, rows.contains(row) { selection = row }
    }

    /// The row so many choices away, at the ends the last one there; nil if there is nothing to choose.
    package func row(stepsAway steps: Int) -> Row? {
        let choices = rows.filter(\.isSelectable)
        guard let current = selection.flatMap({ choices.firstIndex(of: $0) }) else { return choices.first }
        return choices[min(max(0, current + steps), choices.count - 1)]
    }
}
