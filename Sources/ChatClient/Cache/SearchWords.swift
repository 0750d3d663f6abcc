import Foundation

/// The words that somebody looks for, whichever way they are spelt: `cafe` is in `Café`.
struct SearchWords: Sendable {
    private let words: [[UInt8]]
    private var folding = Folding()

    /// Words are what white space divides; each has to occur, wherever.
    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { [folding] in
            var folding = folding
            return folding.folded(String($0))
        }
    }

    var isEmpty: Bool { words.isEmpty }

    /// Keeps what it learns of letters, and room for a text.
    mutating func allOccur(in text: String) -> Bool {
        folding.fold(text)
        return folding.bytes.withUnsafeBufferPointer { text in
            words.allSatisfy { word in word.withUnsafeBufferPointer { Self.occurs($0, in: text) } }
        }
    }

    private static func occurs(_ word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = word.first, text.count >= word.count else { return false }
        for start in 0...(text.count - word.count) where text[start] == first {
            var length = 1
            while length < word.count, text[start + length] == word[length] { length += 1 }
            if length == word.count { return true }
        }
        return false
    }
}

/// Texts without capitals and accents, in UTF-8.
private struct Folding: Sendable {
    private(set) var bytes: [UInt8] = []
    /// What became of letters beyond ASCII: to take one apart is dear.
    private var letters: [Unicode.Scalar: [UInt8]] = [:]

    mutating func folded(_ text: String) -> [UInt8] {
        fold(text)
        return bytes
    }

    /// Leaves the result in `bytes`.
    mutating func fold(_ text: String) {
        bytes.removeAll(keepingCapacity: true)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                bytes.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
            } else {
                bytes += letter(scalar)
            }
        }
    }

    private mutating func letter(_ scalar: Unicode.Scalar) -> [UInt8] {
        if let known = letters[scalar] { return known }
        let parts = scalar.properties.lowercaseMapping.decomposedStringWithCanonicalMapping.unicodeScalars
        // Accents only: marks of other scripts may be vowels.
        let letter = parts.filter { !(0x300...0x36F).contains($0.value) }.flatMap { Array(String($0).utf8) }
        letters[scalar] = letter
        return letter
    }
}
