package import ChatTerminal

/// The lines between panes, for the mouse and for keys. Pure arithmetic.
extension Layout {
    /// The line at a place; nil if none is there that can be moved.
    package func divider(at position: Position) -> Divider? {
        if let files, position.column == files.column - 1, files.rowRange.contains(position.row) { return .files }
        if let contacts, position.column == contacts.columnRange.upperBound, contacts.rowRange.contains(position.row) {
            return .contacts
        }
        guard let rule = composeRule, rule.row == position.row, rule.columnRange.contains(position.column) else { return nil }
        return .compose
    }

    /// What the proportions would be with a line moved to a place.
    package func proportions(_ proportions: Proportions, moving divider: Divider, to position: Position) -> Proportions {
        switch divider {
        case .contacts:
            guard let contacts else { return proportions }
            return self.proportions(proportions, giving: position.column - contacts.column, to: divider)
        case .files:
            guard let files else { return proportions }
            return self.proportions(proportions, giving: files.columnRange.upperBound - 1 - position.column, to: divider)
        case .compose:
            guard let compose else { return proportions }
            return self.proportions(proportions, giving: compose.rowRange.upperBound - 1 - position.row, to: divider)
        }
    }

    /// What the proportions would be with so many cells more for the pane of a line: columns, or for compose rows.
    package func proportions(_ proportions: Proportions, enlarging divider: Divider, by cells: Int) -> Proportions {
        let rect =
            switch divider {
            case .contacts: contacts
            case .files: files
            case .compose: compose
            }
        guard let rect else { return proportions }
        return self.proportions(proportions, giving: (divider == .compose ? rect.rows : rect.columns) + cells, to: divider)
    }

    private func proportions(_ proportions: Proportions, giving cells: Int, to divider: Divider) -> Proportions {
        var proportions = proportions
        switch divider {
        case .contacts: proportions.contacts = Proportions.thousandths(cells, of: size.columns)
        case .files: proportions.files = Proportions.thousandths(cells, of: size.columns)
        case .compose: proportions.compose = Proportions.thousandths(cells, of: size.rows)
        }
        return proportions
    }
}
