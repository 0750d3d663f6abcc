import ChatTesting
import Testing
import TerminalText

@Suite("Light Markdown")
struct LightMarkdownTests {
    @Test(
        "marks that close give their text a look",
        arguments: [
            ("plain", [Span("plain")]),
            ("revisi **bab 3** sudah", [Span("revisi "), Span("**bab 3**", .bold), Span(" sudah")]),
            ("*a* and _b_", [Span("*a*", .italic), Span(" and "), Span("_b_", .italic)]),
            ("**a *b***", [Span("**a ", .bold), Span("*b*", [.bold, .italic]), Span("**", .bold)]),
            ("`**x**`", [Span("`**x**`", .code)]),
            ("```\nlet x\n```", [Span("```\nlet x\n```", .code)]),
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

    @Test("nothing of a text is lost or changed")
    func fuzz() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<2000 {
            let text = generator.text()
            #expect(LightMarkdown.spans(of: text).map(\.text).joined() == text)
        }
    }

    @Test(
        "hostile text costs no more than other text", .timeLimit(.minutes(1)),
        arguments: ["*", "**a", "_a ", "`", "*_", "**a*b", "http://"])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: 20_000)
        #expect(LightMarkdown.spans(of: text).map(\.text).joined() == text)
    }
}
