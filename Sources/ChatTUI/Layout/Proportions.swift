/// What a person made of the widths and heights, in thousandths of the screen, so that another size keeps it.
package struct Proportions: Hashable, Sendable {
    /// Of the columns; nil as they come.
    package var contacts: Int?
    package var files: Int?
    /// Of the rows: compose has as many at the least, and more while more is written.
    package var compose: Int?

    package init() {}

    /// The part of a whole that so many cells are.
    static func thousandths(_ cells: Int, of whole: Int) -> Int {
        guard whole > 0 else { return 0 }
        return (max(0, cells) * 1000 + whole / 2) / whole
    }

    /// The cells that the part is, rounded: what was put somewhere is found there.
    static func cells(_ thousandths: Int, of whole: Int) -> Int { (thousandths * whole + 500) / 1000 }
}

/// A line between two panes that can be moved.
package enum Divider: Hashable, Sendable {
    /// Right of the contacts.
    case contacts
    /// Left of the files.
    case files
    /// Above compose.
    case compose
}
