import ChatTesting

/// The characters that codecs trip over.
private let pieces: [String] = [
    "a", "Z", "0", " ", "+", "%", "&", "=", "\"", "\\", "/", "\n", "\t", "\u{1}", "\u{7F}", "é", "世", "👩‍👩‍👧", "\u{2028}",
    "\u{85}", "-", "_", ".", "~", "{", "}",
]

extension SeededGenerator {
    /// Up to thirty of them.
    mutating func text() -> String {
        (0..<Int.random(in: 0...30, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
