import ChatTerminal
import ChatText

/// Making panes wider and narrower.
extension State {
    private static let columnsPerKey = 2

    mutating func drag(_ divider: Divider, to position: Position) {
        accept(layout.proportions(proportions, moving: divider, to: position))
    }

    /// The pane with the focus: a list in its width, else compose in its height. False where panes do not stand side by side.
    mutating func resizePane(isLarger: Bool) -> Bool {
        let layout = layout
        guard !isZoomed, layout.contacts != nil || layout.composeRule != nil else { return false }
        let before = layout
        let sign = isLarger ? 1 : -1
        switch focus {
        case .contacts, .files:
            guard layout.contacts != nil, layout.middle != nil else { return false }
            let divider: Divider = focus == .files ? .files : .contacts
            accept(layout.proportions(proportions, enlarging: divider, by: sign * Self.columnsPerKey))
        case .compose: accept(layout.proportions(proportions, enlarging: .compose, by: sign))
        // What the conversation gains compose loses.
        case .middle: accept(layout.proportions(proportions, enlarging: .compose, by: -sign))
        }
        if self.layout == before { announce(.paneAtItsLimit) }
        return true
    }

    mutating func resetPanes() {
        if proportions == Proportions() { return announce(.panesAreAsTheyCome) }
        proportions = Proportions()
    }

    /// What goes beyond a bound is what the bound allows: the way back begins at once.
    private mutating func accept(_ wanted: Proportions) {
        let before = proportions
        proportions = wanted
        let bounded = layout
        if wanted.contacts != before.contacts, let contacts = bounded.contacts {
            proportions.contacts = Proportions.thousandths(contacts.columns, of: size.columns)
        }
        if wanted.files != before.files, let files = bounded.files {
            proportions.files = Proportions.thousandths(files.columns, of: size.columns)
        }
        if wanted.compose != before.compose, let compose = bounded.compose {
            proportions.compose = Proportions.thousandths(compose.rows, of: size.rows)
        }
    }
}
