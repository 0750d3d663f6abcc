import ChatTesting

extension SeededGenerator {
    /// Text of everything that has ever broken a screen.
    mutating func text(maximumCount: Int = 60) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...maximumCount, using: &self) {
            view.append(contentsOf: piece().unicodeScalars)
        }
        return String(view)
    }

    private mutating func piece() -> String {
        let pieces = [
            " ", "  ", "\n", "\t", "a", "word", "-", "漢", "字。", "한국", "e\u{301}", "क्ष", "नि", "👩‍👩‍👧‍👦", "👍🏽", "❤\u{FE0F}",
            "🇮🇩", "1\u{FE0F}\u{20E3}", "\u{200D}", "\u{200B}", "\u{202E}", "\u{2066}", "\u{1B}[31m", "\u{9B}2J", "\u{7F}",
            "\u{07}", "\r", "\r\n", "\u{1100}\u{1161}\u{11A8}", "\u{0E33}", "ﷺ", "𝒜", "\u{1F3F4}\u{E0067}\u{E007F}",
            "\u{FEFF}", "\u{301}\u{302}\u{303}", "https://example.org/a.", "**b**", "`c`", "_i_", "\u{2028}", "\u{3000}",
        ]
        if Int.random(in: 0..<4, using: &self) > 0 { return pieces.randomElement(using: &self) ?? "" }
        let value = UInt32.random(in: 0...0x10FFFF, using: &self)
        return Unicode.Scalar(value).map { String(Character($0)) } ?? "x"
    }
}
