/// The little of Markdown that people type in a chat: `**bold**`, `*italic*` or `_italic_`, `` `code` `` and links.
///
/// It gives text a look and takes nothing away: the marks stay, because what looks like a mark may be a part of what was
/// meant, such as a line of code, and because a look may not show.
package enum LightMarkdown {
    /// The spans of a text. Their texts joined are the text.
    package static func spans(of text: String) -> [Span] {
        // Most of what is said has no marks at all.
        guard text.utf8.contains(where: mayMark) else { return text.isEmpty ? [] : [Span(text)] }
        var reader = MarkdownReader(characters: Array(text))
        reader.read(0..<reader.characters.count, style: [])
        return reader.spans
    }

    /// Whether an element can begin or, as an address does after its scheme, go on with this.
    private static func mayMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
        default: false
        }
    }
}

private struct MarkdownReader {
    let characters: [Character]
    var spans: [Span] = []

    init(characters: [Character]) {
        self.characters = characters
    }

    mutating func read(_ range: Range<Int>, style: Span.Style) {
        var index = range.lowerBound
        var plainStart = index
        // A mark that was not closed once is not looked for again: reading stays linear in hostile text.
        var unclosed: Set<String> = []
        while index < range.upperBound {
            guard let found = element(at: index, in: range, inside: style, &unclosed) else {
                index += 1
                continue
            }
            add(plainStart..<index, style)
            let look = style.union(found.style)
            switch found.style {
            case .code, .link: add(index..<found.end, look)
            default:
                add(index..<found.content.lowerBound, look)
                read(found.content, style: look)
                add(found.content.upperBound..<found.end, look)
            }
            index = found.end
            plainStart = index
        }
        add(plainStart..<range.upperBound, style)
    }

    private mutating func add(_ range: Range<Int>, _ style: Span.Style) {
        guard !range.isEmpty else { return }
        let text = String(characters[range])
        if let last = spans.indices.last, spans[last].style == style {
            spans[last].text += text
        } else {
            spans.append(Span(text, style))
        }
    }

    private struct Element {
        var style: Span.Style
        var content: Range<Int>
        var end: Int
    }

    private func element(
        at index: Int, in range: Range<Int>, inside style: Span.Style, _ unclosed: inout Set<String>
    ) -> Element? {
        switch characters[index] {
        case "`":
            let isFence = starts("```", at: index, in: range)
            return enclosed(by: isFence ? "```" : "`", .code, at: index, in: range, &unclosed)
        case "*":
            // Emphasis inside of the same emphasis adds nothing: so reading never nests deeper than there are styles.
            if starts("**", at: index, in: range) {
                return style.contains(.bold) ? nil : enclosed(by: "**", .bold, at: index, in: range, &unclosed)
            }
            return style.contains(.italic) ? nil : enclosed(by: "*", .italic, at: index, in: range, &unclosed)
        case "_":
            // `__init__` is a name.
            if starts("__", at: index, in: range) || (index > range.lowerBound && characters[index - 1] == "_") { return nil }
            return style.contains(.italic) ? nil : enclosed(by: "_", .italic, at: index, in: range, &unclosed)
        case "h", "H":
            return link(at: index, in: range)
        default:
            return nil
        }
    }

    private func enclosed(
        by mark: String, _ style: Span.Style, at index: Int, in range: Range<Int>, _ unclosed: inout Set<String>
    ) -> Element? {
        let start = index + mark.count
        guard !unclosed.contains(mark), start < range.upperBound else { return nil }
        let isCode = style == .code
        // `2 * 3` and `snake_case` are not emphasis.
        if !isCode {
            if characters[start].isWhitespace { return nil }
            if index > range.lowerBound, isWord(characters[index - 1]) { return nil }
        }
        var end = start + 1
        while end < range.upperBound {
            if starts(mark, at: end, in: range), closes(mark, at: end, in: range, isCode: isCode) {
                return Element(style: style, content: start..<end, end: end + mark.count)
            }
            if mark == "*", starts("**", at: end, in: range) { end += 1 }
            end += 1
        }
        unclosed.insert(mark)
        return nil
    }

    private func closes(_ mark: String, at end: Int, in range: Range<Int>, isCode: Bool) -> Bool {
        if isCode { return true }
        if characters[end - 1].isWhitespace { return false }
        if mark == "*", starts("**", at: end, in: range) { return false }
        // Of three at the end the first closes what is inside.
        if mark == "**", starts("***", at: end, in: range) { return false }
        let after = end + mark.count
        return after >= range.upperBound || !isWord(characters[after])
    }

    private func link(at index: Int, in range: Range<Int>) -> Element? {
        guard index == range.lowerBound || !isWord(characters[index - 1]) else { return nil }
        guard let scheme = ["https://", "http://"].first(where: { starts($0, at: index, in: range) }) else { return nil }
        var end = index + scheme.count
        while end < range.upperBound, !characters[end].isWhitespace, !"<>\"`".contains(characters[end]) { end += 1 }
        // The full stop of the sentence does not belong to the address.
        while end > index + scheme.count, ".,;:!?)]}*_'".contains(characters[end - 1]) { end -= 1 }
        guard end > index + scheme.count else { return nil }
        return Element(style: .link, content: index..<end, end: end)
    }

    private func starts(_ mark: String, at index: Int, in range: Range<Int>) -> Bool {
        var index = index
        for character in mark {
            guard index < range.upperBound, characters[index] == character else { return false }
            index += 1
        }
        return true
    }

    private func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
