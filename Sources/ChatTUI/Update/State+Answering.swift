import ChatProtocol
import ChatText

/// A key that moves nothing says why, so that nobody wonders whether it was struck.
extension State {
    /// What keys that move would change.
    private struct Whereabouts: Equatable {
        var focus: Pane
        var row: ContactList.Row?
        var inboxRow: InboxList.Row?
        var position: ScrollPosition<Timeline.ItemID>?
        var entry: Timeline.ItemID?
        var file: FilesList.Row?
        var editor: Editor
    }

    private var whereabouts: Whereabouts {
        Whereabouts(
            focus: focus, row: contacts.selection, inboxRow: inbox.selection, position: conversation?.position,
            entry: focus == .middle ? conversation?.selection : nil, file: files.selection, editor: composeEditor)
    }

    /// Does what a key does in a pane, and says so if nothing came of it. False if it does nothing there at all.
    mutating func performAndAnswer(_ action: Action, _ perform: (inout State, Action) -> Bool) -> Bool {
        guard let reason = reasonToStay(action) else { return perform(&self, action) }
        let before = whereabouts
        guard perform(&self, action) else { return false }
        if whereabouts == before, announcement == nil, overlays.isEmpty, effects.isEmpty { announce(reason) }
        return true
    }

    /// Why the action would change nothing, if it does not; nil for those that need no words.
    private func reasonToStay(_ action: Action) -> Sentence? {
        switch action {
        case .rowUp, .pageUp, .firstRow, .rowDown, .pageDown, .lastRow:
            if focus == .files, files.selection == nil { return .noTransfers }
            return [.rowUp, .pageUp, .firstRow].contains(action) ? .nothingAbove : .nothingBelow
        case .selectPrevious, .scrollUp, .oldest:
            return conversation?.timeline.moreBefore == true ? .loadingOlder : .nothingAbove
        case .selectNext, .scrollDown, .newest: return .nothingBelow
        case .historyOlder, .lineUp: return .nothingOlderWritten
        case .historyNewer, .lineDown: return .nothingNewerWritten
        case .send: return .nothingWritten
        default: return nil
        }
    }
}
