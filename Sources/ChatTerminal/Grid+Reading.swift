extension Grid {
    /// What a row says, without the blanks at its end. For tests and for copying.
    package func text(row: Int) -> String {
        var text = String.UnicodeScalarView()
        for column in 0..<size.columns {
            text.append(contentsOf: self[row, column].glyph.scalars)
        }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// All rows as text.
    package var lines: [String] {
        (0..<size.rows).map(text(row:))
    }
}
