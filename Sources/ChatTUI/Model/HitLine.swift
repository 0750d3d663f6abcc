import Foundation
import TerminalText

/// The part of a text in which words were found, in one line, with the words marked.
package struct HitLine: Hashable, Sendable {
    package struct Piece: Hashable, Sendable {
        package var text: String
        package var isHit: Bool
    }

    package private(set) var pieces: [Piece] = []

    /// - Parameters:
    ///   - text: what was said, as it is shown.
    ///   - words: what was looked for, divided by blanks; case and accents do not matter.
    ///   - width: in cells.
    package init(_ text: String, words: String, width: Int) {
        let line = Sanitizer.line.clean(text)
        let ranges = Self.ranges(of: words, in: line)
        var start = line.startIndex
        // A hit beyond the edge is brought into sight, with a little of what stands before it.
        if let first = ranges.first, CellWidth.width(of: String(line[..<first.upperBound])) > width {
            var room = min(width / 3, width - CellWidth.width(of: String(line[first])) - 1)
            start = first.lowerBound
            while start > line.startIndex {
                let before = line.index(before: start)
                room -= CellWidth.width(of: line[before])
                if room < 0 { break }
                start = before
            }
        }
        if start > line.startIndex { pieces.append(Piece(text: "…", isHit: false)) }
        var place = start
        for range in ranges where range.lowerBound >= place {
            append(line[place..<range.lowerBound], isHit: false)
            append(line[range], isHit: true)
            place = range.upperBound
        }
        append(line[place...], isHit: false)
        cut(to: width)
    }

    private mutating func append(_ text: Substring, isHit: Bool) {
        if !text.isEmpty { pieces.append(Piece(text: String(text), isHit: isHit)) }
    }

    private mutating func cut(to width: Int) {
        var room = width
        var fitting: [Piece] = []
        for piece in pieces where room > 0 {
            let isLast = CellWidth.width(of: piece.text) > room
            fitting.append(Piece(text: TextLayout.truncate(piece.text, width: room), isHit: piece.isHit))
            room -= isLast ? room : CellWidth.width(of: piece.text)
        }
        pieces = fitting
    }

    /// Where the words are, from the first to the last, none within another.
    private static func ranges(of words: String, in line: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        for word in words.split(whereSeparator: \.isWhitespace) {
            var rest = line.startIndex
            while rest < line.endIndex,
                let range = line.range(
                    of: word, options: [.caseInsensitive, .diacriticInsensitive], range: rest..<line.endIndex),
                !range.isEmpty
            {
                found.append(range)
                rest = range.upperBound
            }
        }
        found.sort { $0.lowerBound == $1.lowerBound ? $0.upperBound > $1.upperBound : $0.lowerBound < $1.lowerBound }
        return found.reduce(into: []) { kept, range in
            if kept.last.map({ $0.upperBound <= range.lowerBound }) ?? true { kept.append(range) }
        }
    }
}
