import ChatTesting
import Testing
import TerminalText

@Suite("The width of text")
struct CellWidthTests {
    @Test(
        "a character takes the columns that terminals agree on",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👍🏽", 2),
            ("❤\u{FE0F}", 1), ("🇮🇩", 2), ("👩‍👩‍👧‍👦", 2), ("1\u{FE0F}\u{20E3}", 1), ("\u{200B}", 0), ("\u{AD}", 0),
            ("\t", 4), ("\u{1B}", 1), ("\u{378}", 1), ("\u{E0001}", 0), ("\u{1100}\u{1161}", 2), ("ก็", 1), ("—", 1),
            ("क्ष", 2), ("\u{1FAE8}", 2),
        ])
    func widths(text: String, width: Int) {
        #expect(CellWidth.width(of: text) == width)
    }

    @Test(
        "what is sent is reduced to what every terminal draws alike",
        arguments: [
            ("abc", "abc"), ("❤\u{FE0F}", "❤"), ("👍🏽", "👍"), ("👩‍💻", "👩"), ("🇮🇩", "ID"), ("1\u{FE0F}\u{20E3}", "1"),
            ("e\u{301}", "e\u{301}"), ("\u{1100}\u{1161}\u{11A8}", "각"), ("\u{378}", "\u{FFFD}"),
            ("\u{1FAE8}", "\u{FFFD} "), ("\u{1B}[0m", "\u{FFFD}[0m"), ("\u{9B}", "\u{FFFD}"), ("a\tb", "a    b"),
            ("\u{301}", "\u{25CC}\u{301}"), ("\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "\u{1F3F4}"), ("x\u{200B}y", "xy"),
        ])
    func reduction(text: String, emitted: String) {
        #expect(Array(CellWidth.emitted(text).unicodeScalars) == Array(emitted.unicodeScalars))
    }

    @Test("what is sent is as wide as the text was said to be")
    func emittedIsAsWide() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let text = generator.text()
            let columns = CellWidth.emitted(text).unicodeScalars.map { CellWidth.width(of: $0) }.reduce(0, +)
            #expect(columns == CellWidth.width(of: text))
        }
    }

    @Test("nothing is sent that a terminal would act on, for any code point")
    func noControls() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            CellWidth.forEachAtom(of: Character(scalar)) { atom in
                let sent = [atom.base] + atom.marks
                if sent.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || isDirectional($0) }) {
                    Issue.record("U+\(String(value, radix: 16)) is sent as \(sent)")
                }
                if CellWidth.width(of: atom.base) == 0 || atom.width < 1 || atom.width > 2 {
                    Issue.record("U+\(String(value, radix: 16)) has no width")
                }
            }
        }
    }

    @Test("a letter keeps only the marks that a cell can hold")
    func marks() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 50)
        #expect(CellWidth.emitted(zalgo).unicodeScalars.count == 1 + TextAtom.maximumMarks)
        #expect(CellWidth.width(of: zalgo) == 1)
    }

    private func isDirectional(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}
