import ChatTesting
import Testing
import TerminalText

@Suite("Making the text of others harmless")
struct SanitizerTests {
    @Test(
        "what a terminal would act on is seen instead",
        arguments: [
            ("hello", "hello"), ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("a\u{9B}2Jb", "a\u{FFFD}2Jb"), ("\u{7F}", "\u{FFFD}"),
            ("a\u{0}b", "a\u{FFFD}b"), ("a\u{202E}b", "ab"), ("a\u{2066}b\u{2069}", "ab"), ("a\u{200B}\u{200B}b", "ab"),
            ("\u{FEFF}a", "a"), ("a\u{3164}", "a"), ("a\u{E0041}", "a"), ("two\nlines", "two lines"), ("a\tb", "a b"),
            ("a\r\nb", "a b"), ("a\u{2028}b", "a b"), ("e\u{301}", "e\u{301}"),
        ])
    func oneLine(text: String, cleaned: String) {
        #expect(Array(Sanitizer.line.clean(text).unicodeScalars) == Array(cleaned.unicodeScalars))
    }

    @Test("what people write in their languages stays as it is")
    func languages() {
        for text in ["👩‍👩‍👧‍👦 👍🏽 ❤️ 🇮🇩 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "ශ්‍රී ලංකා", "क्ष नि", "한국어", "ภาษาไทย", "Tiếng Việt"] {
            #expect(Sanitizer.line.isClean(text), "\(text)")
        }
    }

    @Test("a body keeps its lines and tabs")
    func body() {
        #expect(Sanitizer.body.clean("a\n\tb\r\nc\rd\u{1B}") == "a\n\tb\nc\nd\u{FFFD}")
    }

    @Test("a paste loses its control characters, and they are counted")
    func paste() {
        let result = Sanitizer.paste.examine("rm\u{1B}[201~\r\u{3}ls\r\n")
        #expect(result.text == "rm[201~\nls\n")
        #expect(result.controlCount == 2)
    }

    @Test("marks without end are cut")
    func marks() {
        let cleaned = Sanitizer.line.clean("a" + String(repeating: "\u{489}", count: 1000))
        #expect(cleaned.unicodeScalars.count < 12)
        let selectors = Sanitizer.line.clean("❤" + String(repeating: "\u{FE0F}", count: 1000))
        #expect(selectors.unicodeScalars.count == 2)
        let joiners = Sanitizer.line.clean("👩" + String(repeating: "\u{200D}", count: 1000) + "👩")
        #expect(joiners.unicodeScalars.count == 3)
    }

    @Test("no text, however hostile, comes out with anything that a terminal would act on")
    func fuzz() {
        var generator = SeededGenerator(seed: 5)
        for sanitizer in [Sanitizer.line, .body, .paste] {
            for _ in 0..<2000 {
                let text = generator.text()
                let cleaned = sanitizer.clean(text)
                let allowed: Set<UInt32> = sanitizer.keepsLineFeeds ? [0x0A, 0x09] : []
                let bad = cleaned.unicodeScalars.filter { scalar in
                    let value = scalar.value
                    let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
                    let reorders = (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
                    return (isControl && !allowed.contains(value)) || reorders
                }
                #expect(bad.isEmpty, "\(Array(text.unicodeScalars))")
                #expect(sanitizer.isClean(cleaned), "cleaning twice changed \(Array(text.unicodeScalars))")
            }
        }
    }
}
