import ChatTesting
import Testing
import TerminalText

@Suite("Light Markdown")
struct LightMarkdownTests {
    @Test(
        "marks that close give their text a look",
        arguments: [
            ("plain", [Span("plain")]),
            ("revisi **bab 3** sudah", [Span("revisi "), Span("bab 3", .bold), Span(" sudah")]),
            ("*a* and _b_", [Span("a", .italic), Span(" and "), Span("b", .italic)]),
            ("**a *b***", [Span("a ", .bold), Span("b", [.bold, .italic])]),
            ("`**x**`", [Span("**x**", .code)]),
            ("```\nlet x\n```", [Span("let x", .code)]),
            ("see https://a.b/c_d.", [Span("see "), Span("https://a.b/c_d", .link), Span(".")]),
            ("(http://x.y)", [Span("("), Span("http://x.y", .link), Span(")")]),
        ])
    func understood(text: String, spans: [Span]) {
        #expect(LightMarkdown.spans(of: text) == spans)
    }

    @Test(
        "what does not close or only looks like a mark is plain",
        arguments: ["2 * 3 * 4", "snake_case_name", "**open", "`open", "* item", "a*b*c", "****", "__init__x", "http://", "**"])
    func plain(text: String) {
        #expect(LightMarkdown.spans(of: text) == [Span(text)])
    }

    @Test("only marks are lost, and hostile text costs no more than other text")
    func fuzz() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<2000 {
            let text = generator.text()
            let marks = Set<Character>("*_`\n")
            let plain = LightMarkdown.plainText(of: text)
            #expect(plain.filter { !marks.contains($0) } == text.filter { !marks.contains($0) })
        }
        for piece in ["*", "**a", "_a ", "`", "*_", "**a*b", "http://"] {
            let text = String(repeating: piece, count: 4000)
            let clock = ContinuousClock()
            let time = clock.measure { _ = LightMarkdown.spans(of: text) }
            #expect(time < .seconds(2), "\(piece)")
        }
    }
}
