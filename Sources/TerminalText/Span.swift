/// A piece of text with one look.
package struct Span: Hashable, Sendable {
    package struct Style: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Style(rawValue: 1)
        package static let italic = Style(rawValue: 2)
        package static let code = Style(rawValue: 4)
        package static let link = Style(rawValue: 8)
    }

    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = []) {
        self.text = text
        self.style = style
    }
}

extension TextLayout {
    /// Wraps styled text as ``wrap(_:width:)`` does its plain text: one list of spans for each line, without the blanks at
    /// its end. A cluster that a boundary between spans would cut belongs to the span in which it begins.
    package static func wrap(_ spans: [Span], width: Int) -> [[Span]] {
        if spans.count == 1, let span = spans.first {
            return wrap(span.text, width: width).map { $0.text.isEmpty ? [] : [Span(String($0.text), span.style)] }
        }
        let text = spans.map(\.text).joined()
        var walk = SpanWalk(spans: spans)
        return wrap(text, width: width).map { line in
            var result: [Span] = []
            for character in line.text {
                let style = walk.style
                walk.advance(character.utf8.count)
                if let last = result.indices.last, result[last].style == style {
                    result[last].text.append(character)
                } else {
                    result.append(Span(String(character), style))
                }
            }
            walk.advance(line.source.utf8.count - line.text.utf8.count)
            return result
        }
    }
}

/// A place in a list of spans, moved along by bytes.
private struct SpanWalk {
    let spans: [Span]
    private var index = 0
    private var remaining: Int

    init(spans: [Span]) {
        self.spans = spans
        remaining = spans.first?.text.utf8.count ?? 0
        skipFinished()
    }

    var style: Span.Style { index < spans.count ? spans[index].style : [] }

    mutating func advance(_ bytes: Int) {
        remaining -= bytes
        skipFinished()
    }

    private mutating func skipFinished() {
        while remaining <= 0, index < spans.count {
            index += 1
            if index < spans.count { remaining += spans[index].text.utf8.count }
        }
    }
}
