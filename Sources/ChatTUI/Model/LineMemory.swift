import Synchronization

/// Lines that were laid out once, so that scrolling, reading and drawing wrap nothing twice.
///
/// A memory and nothing else: whatever it has forgotten is laid out again and looks the same. It holds what a few screens
/// need, however long the conversation is.
final class LineMemory: Sendable {
    private struct Content {
        var layout: MessageLayout?
        var lines: [Timeline.ItemID: (item: Timeline.Item, lines: [MessageLayout.Line])] = [:]
    }

    private static let capacity = 512
    private let content = Mutex(Content())

    /// The lines of an item. An item that changed under its id, or another width, is laid out anew.
    func lines(of item: Timeline.Item, in layout: MessageLayout) -> [MessageLayout.Line] {
        content.withLock { content in
            if content.layout != layout || content.lines.count >= Self.capacity {
                content.lines.removeAll(keepingCapacity: true)
                content.layout = layout
            }
            let id = item.id
            if let known = content.lines[id], known.item == item { return known.lines }
            let lines = layout.lines(of: item)
            content.lines[id] = (item, lines)
            return lines
        }
    }
}
