import ChatClient
package import ChatProtocol

/// The conversation in the middle pane: what is loaded of it and where its reader is.
package struct OpenConversation: Hashable, Sendable {
    package var timeline: Timeline
    package var position = ScrollPosition<Timeline.ItemID>.end
    /// The entry that the next Enter is about, while the pane has the focus.
    package var selection: Timeline.ItemID?
    /// The newest seq whose entry was on the screen while the terminal had the focus.
    package var seenThrough: Seq
    /// Up to where the server was told that it was read.
    package var markedThrough: Seq
    /// The entry to be seen first when the first page comes.
    package var opensAt: Seq?
    /// What was asked for and has not come: at most one page in each direction.
    package var loadsBefore = false
    package var loadsAfter = false
    /// How far the conversation went when its newest entries were asked for: the answer accounts for no more than that.
    package var askedThrough = Seq.zero
    /// An answer brought nothing though there should be more: not asked again before something changes.
    package var stalls = false

    package init(_ timeline: Timeline, readThrough: Seq) {
        self.timeline = timeline
        seenThrough = readThrough
        markedThrough = readThrough
    }

    package var name: ConversationName { timeline.conversation }

    /// It was read somewhere else than at its end.
    mutating func noteRead(through seq: Seq) {
        seenThrough = max(seenThrough, seq)
        markedThrough = max(markedThrough, seq)
    }

    /// Puts the ruler elsewhere, or counts anew. A window that ended at it ends above its old place then.
    mutating func setRuler(_ ruler: UnreadRuler) {
        if case .block(.new, _) = position, ruler.after != timeline.ruler?.after, let index = ids.firstIndex(of: .new), index > 0
        {
            position = .block(ids[index - 1], hidden: 0)
        }
        timeline.setRuler(after: ruler.after, count: ruler.count)
    }

    /// The ids of all items, for scrolling.
    package var ids: [Timeline.ItemID] { timeline.ids }

    /// A page that was asked for. What was in sight and chosen stays so, though others may have joined it.
    mutating func takeIn(_ page: ConversationPage) {
        timeline.take(page, askedThrough: askedThrough)
        if case .block(let id, let hidden) = position { position = .block(timeline.current(id), hidden: hidden) }
        selection = selection.map(timeline.current)
    }

    package func item(_ id: Timeline.ItemID) -> Timeline.Item? {
        timeline.items.last { $0.id == id }
    }

    /// The selectable item so many steps away from the selection, or the last one if nothing is selected.
    package func selectable(stepsAway steps: Int) -> Timeline.ItemID? {
        let ids = ids.filter(\.isSelectable)
        guard let selection, let current = ids.firstIndex(of: selection) else { return ids.last }
        let index = current + steps
        return ids.indices.contains(index) ? ids[index] : nil
    }
}
