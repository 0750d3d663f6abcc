import Synchronization

/// Lines that were laid out once, so that scrolling, reading and drawing wrap nothing twice.
///
/// A memory and nothing else: whatever it has forgotten is laid out again and looks the same. It holds what a few screens
/// need, however long the conversation is.
final class LineMemory: Sendable {
    /// A class, because it is looked up with every line and an item is much to copy.
    private final class Known: Sendable {
        let item: Timeline.Item
        let lines: [MessageLayout.Line]
        /// The timeline's when the item was last compared: the same one holds the same item.
        let revision: Int

        init(item: Timeline.Item, lines: [MessageLayout.Line], revision: Int) {
            self.item = item
            self.lines = lines
            self.revision = revision
        }
    }

    private struct Content {
        var layout: MessageLayout?
        private var recent: [Timeline.ItemID: Known] = [:]
        /// What was not asked for since ``recent`` began: forgotten when that is full.
        private var older: [Timeline.ItemID: Known] = [:]

        mutating func prepare(for wanted: MessageLayout) {
            guard layout != wanted else { return }
            recent.removeAll()
            older.removeAll()
            layout = wanted
        }

        func known(_ id: Timeline.ItemID) -> Known? { recent[id] ?? older[id] }

        mutating func lines(of item: Timeline.Item, revision: Int, in layout: MessageLayout) -> [MessageLayout.Line] {
            let id = item.id
            var lines: [MessageLayout.Line]?
            if let known = known(id), known.item == item { lines = known.lines }
            let result = lines ?? layout.lines(of: item)
            if recent.count >= LineMemory.capacity / 2 {
                older = recent
                recent = [:]
            }
            recent[id] = Known(item: item, lines: result, revision: revision)
            return result
        }
    }

    private static let capacity = 512
    private let content = Mutex(Content())

    /// The lines of an item. An item that changed under its id, or another width, is laid out anew.
    func lines(of item: Timeline.Item, in layout: MessageLayout) -> [MessageLayout.Line] {
        content.withLock { content in
            content.prepare(for: layout)
            return content.lines(of: item, revision: 0, in: layout)
        }
    }

    /// The lines of an item of a timeline, by its place.
    func lines(at index: Int, of timeline: Timeline, in layout: MessageLayout) -> [MessageLayout.Line] {
        content.withLock { content in
            content.prepare(for: layout)
            let known = content.known(timeline.ids[index])
            if let known, known.revision == timeline.revision { return known.lines }
            return content.lines(of: timeline.items[index], revision: timeline.revision, in: layout)
        }
    }
}
