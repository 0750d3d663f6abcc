// TerminalText: what any terminal needs from text. Hostile text is made harmless by `Sanitizer`, measured by
// `CellWidth`, broken into lines by `TextLayout`, read as light Markdown by `LightMarkdown`; `WallClock` tells times.
// Everything is pure: values in, values out.

/// How wide text is on a terminal, and what of it is really sent there.
///
/// Terminals agree about the plain characters of Unicode 14 and little else. So a cluster is reduced to ``TextAtom``s that
/// all of them draw alike: variation selectors and skin tones are dropped, a joined emoji becomes its first, a flag its
/// two letters, an unknown character U+FFFD. The width of text is the width of its atoms, and no column ever breaks.
package enum CellWidth {
    /// What a tab is drawn as.
    package static let tabColumns = 4
    /// The columns of a single code point: 0, 1 or 2.
    package static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
        switch WidthTable.widthClass(of: scalar) {
        case .zero: return 0
        case .narrow, .unknown: return 1
        case .wide, .unknownWide: return 2
        }
    }

    /// The columns of a character as a person sees it. Mostly 0, 1 or 2; a cluster of several letters, as some Indic
    /// scripts have, takes the columns of all of them.
    package static func width(of character: Character) -> Int {
        if let ascii = singleASCII(character) { return ascii == UInt8(ascii: "\t") ? tabColumns : 1 }
        var width = 0
        forEachAtom(of: character) { width += $0.width }
        return width
    }

    /// The columns of a line of text.
    package static func width(of text: some StringProtocol) -> Int {
        var width = 0
        for character in text { width += Self.width(of: character) }
        return width
    }

    /// What is sent to a terminal for the text. It contains no control characters: a tab is blanks, others are U+FFFD.
    package static func emitted(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for character in text {
            forEachAtom(of: character) { atom in
                result.append(atom.base)
                result.append(contentsOf: atom.marks)
                let shown = width(of: atom.base)
                if shown < atom.width { result.append(" ") }
            }
        }
        return String(result)
    }

    /// What the character is drawn as, from left to right; nothing at all for one that is invisible.
    package static func forEachAtom(of character: Character, _ body: (TextAtom) -> Void) {
        if let ascii = singleASCII(character) {
            if ascii == UInt8(ascii: "\t") {
                for _ in 0..<tabColumns { body(TextAtom(base: " ", width: 1)) }
            } else {
                let isControl = ascii < 0x20 || ascii == 0x7F
                body(TextAtom(base: isControl ? "\u{FFFD}" : Unicode.Scalar(ascii), width: 1))
            }
            return
        }
        var reduction = ClusterReduction()
        for scalar in character.unicodeScalars {
            guard reduction.take(scalar, body) else { break }
        }
        reduction.finish(body)
    }

    private static func singleASCII(_ character: Character) -> UInt8? {
        let bytes = character.utf8
        guard let first = bytes.first, first < 0x80, bytes.count == 1 else { return nil }
        return first
    }
}
