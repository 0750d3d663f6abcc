import ChatTesting
import Testing
import TerminalText

@Suite("Wrapping and fitting text")
struct TextLayoutTests {
    private func wrapped(_ text: String, _ width: Int) -> [String] {
        TextLayout.wrap(text, width: width).map { String($0.text) }
    }

    @Test("lines break at blanks, and blanks do not begin a line")
    func words() {
        #expect(wrapped("the quick  brown fox", 10) == ["the quick", "brown fox"])
        #expect(wrapped("the quick brown", 9) == ["the quick", "brown"])
        #expect(wrapped("", 5) == [""])
        #expect(wrapped("a\nb\n", 5) == ["a", "b", ""])
        #expect(wrapped("a\r\nb", 5) == ["a", "b"])
    }

    @Test("a word longer than a line is broken between characters")
    func longWords() {
        #expect(wrapped("abcdefgh", 3) == ["abc", "def", "gh"])
        #expect(wrapped("x abcdefgh", 4) == ["x", "abcd", "efgh"])
        #expect(wrapped("e\u{301}e\u{301}e\u{301}", 2) == ["e\u{301}e\u{301}", "e\u{301}"])
    }

    @Test("ideographs break anywhere but before closing punctuation")
    func ideographs() {
        #expect(wrapped("漢字漢字漢", 4) == ["漢字", "漢字", "漢"])
        #expect(wrapped("漢字漢。字", 6) == ["漢字", "漢。字"])
        #expect(wrapped("ab漢", 3) == ["ab", "漢"])
    }

    @Test("any text wraps into lines that are no wider than asked and lose nothing")
    func properties() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            let text = generator.text()
            let widest = text.map { CellWidth.width(of: $0) }.max() ?? 0
            let width = Int.random(in: max(2, widest)...40, using: &generator)
            let lines = TextLayout.wrap(text, width: width)
            #expect(lines.map(\.source).joined() == text)
            #expect(lines.allSatisfy { $0.width <= width })
            #expect(lines.allSatisfy { $0.width == CellWidth.width(of: $0.text) && $0.source.hasPrefix($0.text) })
            #expect(Array(lines.map(\.source).joined()) == lines.flatMap { Array($0.source) }, "a cluster was cut")
        }
    }

    @Test("text that is too long ends with an ellipsis, and never breaks a column")
    func truncation() {
        #expect(TextLayout.truncate("hello", width: 5) == "hello")
        #expect(TextLayout.truncate("hello", width: 4) == "hel…")
        #expect(TextLayout.truncate("漢字漢", width: 4) == "漢…")
        #expect(TextLayout.truncate("hello", width: 0) == "")
        #expect(TextLayout.truncate("", width: 0) == "")
        #expect(TextLayout.clip("漢字", width: 3) == "漢")
    }

    @Test("fitted text is exactly as wide as asked")
    func fitting() {
        #expect(TextLayout.fit("ab", width: 4) == "ab  ")
        #expect(TextLayout.fit("ab", width: 4, alignment: .right) == "  ab")
        #expect(TextLayout.fit("ab", width: 5, alignment: .center) == " ab  ")
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let text = Sanitizer.line.clean(generator.text())
            let width = Int.random(in: 0...20, using: &generator)
            #expect(CellWidth.width(of: TextLayout.fit(text, width: width)) == width)
        }
    }

    @Test("shortened text fits, and keeps its beginning and its end, or its end alone")
    func shortening() {
        #expect(TextLayout.shorten("laporan.pdf", width: 11) == "laporan.pdf")
        #expect(TextLayout.shorten("laporan akhir.pdf", width: 13) == "laporan ….pdf")
        #expect(TextLayout.shorten("日本語日本語", width: 7) == "日本…語")
        #expect(TextLayout.shortenStart("/home/alam/kerja", width: 8) == "…m/kerja")
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<1000 {
            let text = Sanitizer.line.clean(generator.text())
            let width = Int.random(in: 0...20, using: &generator)
            #expect(CellWidth.width(of: TextLayout.shorten(text, width: width)) <= width)
            #expect(CellWidth.width(of: TextLayout.shortenStart(text, width: width)) <= width)
        }
    }

    @Test("styled text wraps where its plain text does")
    func spans() {
        let lines = TextLayout.wrap([Span("one "), Span("two three", .bold), Span(" four")], width: 8)
        #expect(lines == [[Span("one "), Span("two", .bold)], [Span("three", .bold)], [Span("four")]])
        #expect(TextLayout.wrap([Span](), width: 5) == [[]])

        var generator = SeededGenerator(seed: 4)
        for _ in 0..<1000 {
            let spans = (0..<Int.random(in: 0...5, using: &generator)).map { index in
                Span(generator.text(maximumCount: 10), index % 2 == 0 ? [] : .bold)
            }
            let text = spans.map(\.text).joined()
            let lines = TextLayout.wrap(spans, width: 12).map { $0.map(\.text).joined() }
            #expect(lines == wrapped(text, 12))
        }
    }
}
