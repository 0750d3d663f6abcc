/// Breaks text into lines of a given width, and makes it fit.
package enum TextLayout {
    /// One line of wrapped text.
    package struct Line: Hashable, Sendable {
        /// The part of the text that this line accounts for, with the blanks or the line feed at its end. The sources of
        /// all lines, joined, are the text: the place of a caret can be told from them.
        package let source: Substring
        /// What is shown of it: the source without the blanks or the line feed at its end.
        package let text: Substring
        /// The columns of ``text``.
        package let width: Int
        /// True if a line feed ended it.
        package let endsParagraph: Bool
    }

    /// Wraps at blanks and between ideographs, and inside of a word only if it is longer than a line.
    ///
    /// No line is wider than asked, unless a single character is. There is at least one line; a line feed at the end
    /// starts another.
    package static func wrap(_ text: String, width: Int) -> [Line] {
        // Most messages: one byte is one column, and no columns need be looked for.
        if text.utf8.count <= width, text.utf8.allSatisfy(isPlain) { return [line(text[...])] }
        var lines: [Line] = []
        var start = text.startIndex
        while let feed = text[start...].firstIndex(where: isLineFeed) {
            wrapParagraph(text[start..<feed], width: width, into: &lines)
            let next = text.index(after: feed)
            if let last = lines.popLast() {
                lines.append(
                    Line(source: text[last.source.startIndex..<next], text: last.text, width: last.width, endsParagraph: true))
            }
            start = next
        }
        wrapParagraph(text[start...], width: width, into: &lines)
        return lines
    }

    /// The longest beginning that fits, without a mark that something is missing.
    package static func clip<Text: StringProtocol>(_ text: Text, width: Int) -> Text.SubSequence {
        var used = 0
        var index = text.startIndex
        while index < text.endIndex {
            used += CellWidth.width(of: text[index])
            if used > width { break }
            index = text.index(after: index)
        }
        return text[..<index]
    }

    /// The text if it fits, else as much of it as fits with `…` at its end.
    package static func truncate(_ text: String, width: Int) -> String {
        let clipped = clip(text, width: width)
        if clipped.endIndex == text.endIndex { return text }
        return width < 1 ? "" : clip(text, width: width - 1) + "…"
    }

    package enum Alignment: Hashable, Sendable {
        case left, right, center
    }

    /// The text truncated or padded with blanks to exactly that width.
    package static func fit(_ text: String, width: Int, alignment: Alignment = .left) -> String {
        let fitting = truncate(text, width: width)
        let missing = max(0, width - CellWidth.width(of: fitting))
        let left =
            switch alignment {
            case .left: 0
            case .right: missing
            case .center: missing / 2
            }
        return blanks(left) + fitting + blanks(missing - left)
    }

    private static func blanks(_ count: Int) -> String {
        String(repeating: " ", count: count)
    }

    // MARK: Wrapping one paragraph

    private static func wrapParagraph(_ text: Substring, width limit: Int, into lines: inout [Line]) {
        var start = text.startIndex
        var index = start
        var used = 0
        // Where the line may end: behind the last blank, or between two ideographs.
        var breakPoint: Substring.Index?
        var previous: Character?
        while index < text.endIndex {
            let character = text[index]
            let columns = CellWidth.width(of: character)
            let blank = isBlank(character)
            if !blank, let previous, mayBreak(between: previous, and: character) { breakPoint = index }
            if !blank, used + columns > limit, index > start {
                let end = breakPoint ?? index
                lines.append(line(text[start..<end]))
                start = end
                index = end
                used = 0
                breakPoint = nil
                previous = nil
                continue
            }
            used += columns
            previous = character
            index = text.index(after: index)
            // Blanks hang over the edge rather than begin the next line.
            if blank { breakPoint = index }
        }
        lines.append(line(text[start...]))
    }

    private static func line(_ source: Substring) -> Line {
        var text = source
        while let last = text.last, isBlank(last) { text.removeLast() }
        return Line(source: source, text: text, width: CellWidth.width(of: text), endsParagraph: false)
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    private static func isLineFeed(_ character: Character) -> Bool {
        character == "\n" || character == "\r\n"
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\u{3000}"
    }

    /// Ideographs need no blanks, but punctuation that closes stays with what it closes, and what opens with what it opens.
    private static func mayBreak(between first: Character, and second: Character) -> Bool {
        if first == "-" || first == "/" { return second.isLetter }
        guard isIdeographic(first) || isIdeographic(second) else { return false }
        return !closing.contains(second) && !opening.contains(first)
    }

    private static let closing = Set<Character>("、。，．・：；？！」』）】〕》〉’”…ー々,.:;?!)]}'\"")
    private static let opening = Set<Character>("「『（【〔《〈‘“([{")

    private static func isIdeographic(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else { return false }
        return CellWidth.width(of: scalar) == 2
    }
}
