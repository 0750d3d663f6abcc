package import ChatProtocol
package import ChatTerminal
import ChatClient
import TerminalText

extension State {
    /// Where everything is now.
    package var layout: Layout {
        let editor = compose.editor(of: composeTarget)
        return Layout(
            size: size, focus: focus, zoomed: isZoomed, showsFiles: transferInSight != nil, proportions: proportions
        ) { width in CaretLayout(editor, width: width).lines.count }
    }

    /// Whom compose writes to: the open conversation, or in the inbox the selected one.
    package var composeTarget: ConversationName? {
        conversation?.name ?? pinnedTarget ?? inbox.selection?.conversation
    }

    /// How the open conversation's items become lines.
    package func messageLayout(width: Int) -> MessageLayout {
        MessageLayout(
            width: width, me: me, clock: clock, language: language, currentYear: clock.day(now.milliseconds).year)
    }

    /// The area of the open conversation's lines; nil while it is not on the screen.
    package var timelineArea: Rect? {
        let layout = layout
        return layout.middle.map(layout.text(of:))
    }

    /// The area of the middle pane's lines; nil while nothing of them can be read: something lies over them, or there is no
    /// room.
    var areaInSight: Rect? {
        let layout = layout
        guard case .chat = stage, overlays.isEmpty, !layout.isTooSmall else { return nil }
        return layout.middle.map(layout.text(of:))
    }

    /// The lines of the open conversation as a window of that size sees them.
    package func scrollGeometry(of conversation: OpenConversation, in area: Rect) -> ScrollGeometry<Timeline.ItemID> {
        let timeline = conversation.timeline
        let layout = messageLayout(width: area.columns)
        let memory = lineMemory
        return ScrollGeometry(ids: conversation.ids, windowRows: area.rows) { index in
            max(1, memory.lines(at: index, of: timeline, in: layout).count)
        }
    }

    /// How far the open conversation goes, as far as the client knows.
    func knownThrough(_ conversation: ConversationName) -> Seq {
        directory.conversations[conversation]?.lastSeq ?? .zero
    }
}
