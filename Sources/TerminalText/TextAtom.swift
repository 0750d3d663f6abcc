/// One base character with the marks that combine with it: what a cell (or two) shows.
package struct TextAtom: Hashable, Sendable {
    /// The marks that a cell keeps with its base; ncurses holds no more.
    package static let maximumMarks = 4

    package var base: Unicode.Scalar
    package var marks: [Unicode.Scalar]
    /// 1 or 2 columns. U+FFFD may stand for something wide; whoever draws it pads.
    package var width: Int

    package init(base: Unicode.Scalar, marks: [Unicode.Scalar] = [], width: Int) {
        self.base = base
        self.marks = marks
        self.width = width
    }
}
