package import ChatTerminal

/// Where an overlay lies: in the middle of the screen, above the line of hints. Pure arithmetic.
package struct OverlayBox: Hashable, Sendable {
    package let frame: Rect
    /// What can be written on.
    package let inner: Rect
    package let isBordered: Bool

    /// On smaller screens there are no borders.
    package static let borderedRows = 10

    /// - Parameters:
    ///   - columns: the whole width, as far as the screen has it.
    ///   - rows: the lines that it would like to have inside.
    package init(size: Size, columns: Int, rows: Int) {
        isBordered = size.rows >= Self.borderedRows
        let width = min(size.columns, columns)
        let height = min(max(1, size.rows - 1), rows + (isBordered ? 2 : 1))
        let spare = size.rows - 1 - height
        // The status line is covered last.
        frame = Rect(
            row: max(isBordered ? min(1, spare) : 0, spare / 2), column: (size.columns - width) / 2, columns: width, rows: height)
        inner = isBordered ? frame.inset(top: 1, left: 2, bottom: 1, right: 2) : frame.inset(top: 1)
    }
}
