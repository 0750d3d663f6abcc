/// Looks through bytes eight at a time: most of what travels is plain text, and is only to be found plain.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Non-zero if one of the eight is zero; the lowest bit that is set belongs to the first.
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    private static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 { zeros(word ^ (ones &* UInt64(byte))) }

    /// Non-zero if one of the eight is below a limit of at most 128.
    private static func below(_ word: UInt64, _ limit: UInt8) -> UInt64 { (word &- ones &* UInt64(limit)) & ~word & highs }

    private static func word(_ bytes: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Offset of the first of these bytes at or after `start`.
    static func firstIndex(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        let index = first(in: bytes, from: start, { matches($0, byte) }, { $0 == byte })
        return index < bytes.count ? index : nil
    }

    /// Offset of the first byte that means something in the key of a form, or the end.
    static func endOfPlainKey(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        first(in: bytes, from: start, { matches($0, UInt8(ascii: "=")) | formMarks($0) }) { byte in
            byte == UInt8(ascii: "=") || isFormMark(byte)
        }
    }

    /// Offset of the first byte that means something in the value of a form, or the end.
    static func endOfPlainValue(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        first(in: bytes, from: start, formMarks, isFormMark)
    }

    private static func formMarks(_ word: UInt64) -> UInt64 {
        matches(word, UInt8(ascii: "&")) | matches(word, UInt8(ascii: "%")) | matches(word, UInt8(ascii: "+"))
    }

    private static func isFormMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
    }

    /// Offset of the first byte that is sought at or after `start`, or the end.
    /// - Parameter marks: the highest bit of each of eight bytes that is sought.
    @inline(__always)
    private static func first(
        in bytes: UnsafeRawBufferPointer, from start: Int, _ marks: (UInt64) -> UInt64, _ isSought: (UInt8) -> Bool
    ) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let found = marks(word(bytes, at: index))
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, !isSought(bytes[index]) { index += 1 }
        return index
    }

    static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        var seen: UInt64 = 0
        while index + 8 <= bytes.count {
            seen |= word(bytes, at: index)
            index += 8
        }
        while index < bytes.count {
            seen |= UInt64(bytes[index])
            index += 1
        }
        return seen & highs == 0
    }

    /// Whether these bytes stand in a JSON string as they are.
    static func isPlainJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 8 else {
            // Filled up with what needs no escape.
            var word = ones &* UInt64(UInt8(ascii: "a"))
            withUnsafeMutableBytes(of: &word) { $0.copyMemory(from: bytes) }
            return !holdsEscapes(word)
        }
        var index = 0
        while index + 8 <= bytes.count {
            if holdsEscapes(word(bytes, at: index)) { return false }
            index += 8
        }
        // The rest, and once more some of what stands before it.
        return !holdsEscapes(word(bytes, at: bytes.count - 8))
    }

    private static func holdsEscapes(_ word: UInt64) -> Bool {
        below(word, 0x20) | matches(word, UInt8(ascii: "\"")) | matches(word, UInt8(ascii: "\\")) | matches(word, 0x7F) != 0
    }

    /// Raw C1 controls are two bytes in UTF-8 and legal in JSON; texts are checked for them where they enter.
    static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Whether UTF-8 text holds control characters besides LF and TAB. C0 and DEL are single bytes; C1 is `C2 80` to
    /// `C2 9F`.
    static func holdsControls(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                let word = word(bytes, at: index)
                if below(word, 0x20) | matches(word, 0x7F) | matches(word, 0xC2) == 0 {
                    index += 8
                    continue
                }
            }
            for byte in index..<min(index + 8, bytes.count) where isControl(bytes, at: byte) { return true }
            index += 8
        }
        return false
    }

    private static func isControl(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        switch bytes[index] {
        case 0x0A, 0x09: false
        case 0..<0x20, 0x7F: true
        case 0xC2: index + 1 < bytes.count && bytes[index + 1] < 0xA0
        default: false
        }
    }

    static func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard a.count == b.count else { return false }
        for index in 0..<a.count where a[index] != b[index] { return false }
        return true
    }
}

extension String {
    /// Its UTF-8, where it lies if it lies in one piece.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        return Array(utf8).withUnsafeBytes { body($0) }
    }
}
