import TerminalText

/// The lines of an editor at a width, and where the caret stands in them.
package struct CaretLayout {
    package struct Line {
        package let text: Substring
        /// The place, in characters, of its first one.
        package let start: Int
        /// How many characters it accounts for, the blanks and the line feed at its end included.
        package let count: Int
        package let endsParagraph: Bool
    }

    package let lines: [Line]
    /// Counted from the first line.
    package let caretRow: Int
    /// In cells; never beyond the width.
    package let caretColumn: Int
    private let characters: [Character]

    package init(_ editor: Editor, width: Int) {
        let width = max(1, width)
        characters = editor.characters
        var lines: [Line] = []
        var start = 0
        for line in TextLayout.wrap(editor.text, width: width) {
            let count = line.source.count
            lines.append(Line(text: line.text, start: start, count: count, endsParagraph: line.endsParagraph))
            start += count
        }
        self.lines = lines
        let row = lines.lastIndex { $0.start <= editor.caret } ?? 0
        caretRow = row
        let before = characters[(lines.isEmpty ? 0 : lines[row].start)..<editor.caret]
        caretColumn = min(width - 1, before.reduce(0) { $0 + CellWidth.width(of: $1) })
    }

    package var isOnFirstLine: Bool { caretRow == 0 }
    package var isOnLastLine: Bool { caretRow == lines.count - 1 }

    /// The place in the line so many rows away that is nearest to the caret's column; nil if there is no such line.
    package func place(rowsAway rows: Int) -> Int? {
        let row = caretRow + rows
        guard lines.indices.contains(row) else { return nil }
        let line = lines[row]
        let isLast = row == lines.count - 1
        // Behind the last character of a line is the beginning of the next.
        let last = isLast ? line.start + line.count : line.start + max(0, line.count - 1)
        var column = 0
        var place = line.start
        while place < last {
            let width = CellWidth.width(of: characters[place])
            if column + width > caretColumn { break }
            column += width
            place += 1
        }
        return place
    }
}
