/// The part of the contacts that fits into a pane: the filter's line, then rows around the chosen one.
package struct ContactsWindow {
    /// The filter is shown while it has a text, and while there is room to spare.
    package let showsFilter: Bool
    package let rows: ArraySlice<ContactList.Row>

    package init(list: ContactList, rows height: Int) {
        showsFilter = !list.filter.isEmpty || height >= 6
        let room = max(0, height - (showsFilter ? 1 : 0))
        let all = list.rows
        let chosen = list.selection.flatMap { all.firstIndex(of: $0) } ?? 0
        // The choice stays in the middle of the window, as far as the ends allow.
        let first = min(max(0, chosen - room / 2), max(0, all.count - room))
        self.rows = all[first..<min(all.count, first + room)]
    }

    /// What stands so many lines below the pane's top.
    package func row(at line: Int) -> ContactList.Row? {
        let index = rows.startIndex + line - (showsFilter ? 1 : 0)
        return rows.indices.contains(index) ? rows[index] : nil
    }
}
