/// Where the keys and values of a form stand.
struct FormPairs: Sendable {
    struct Pair: Sendable {
        var key: Text
        var value: Text
    }

    struct Text: Sendable {
        private var start: UInt32 = 0
        private var end: UInt32 = 0
        /// Whether it is not what stands there.
        fileprivate(set) var isEscaped = false

        fileprivate init() {}

        fileprivate init(_ range: Range<Int>, isEscaped: Bool = false) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
            self.isEscaped = isEscaped
        }

        var range: Range<Int> { Int(start)..<Int(end) }

        fileprivate func mayBe(_ key: UnsafeRawBufferPointer) -> Bool { isEscaped || Int(end - start) == key.count }
    }

    private var pairs: [Pair] = []
    private var present = KeySet()
    private var haveEscapedKeys = false

    init() {}

    /// The first pair of this key.
    /// - Parameter isKey: whether this text, of the same length or escaped, is the key.
    @inline(__always)
    func first(_ key: UnsafeRawBufferPointer, _ isKey: (Text) -> Bool) -> Pair? {
        guard haveEscapedKeys || present.mayHold(key) else { return nil }
        return pairs.first { $0.key.mayBe(key) && isKey($0.key) }
    }

    func forEachEscapedKey<Failure>(_ body: (Text) throws(Failure) -> Void) throws(Failure) {
        guard haveEscapedKeys else { return }
        for pair in pairs where pair.key.isEscaped { try body(pair.key) }
    }

    private mutating func append(_ pair: Pair) {
        if pairs.isEmpty { pairs.reserveCapacity(6) }
        pairs.append(pair)
        if pair.key.isEscaped { haveEscapedKeys = true }
    }

    // MARK: Finding

    /// Nil if a `%` begins no escape.
    init?(_ bytes: UnsafeRawBufferPointer, from begin: Int) {
        var start = begin
        while start < bytes.count {
            guard let key = Self.text(in: bytes, from: start, ByteScan.endOfPlainKey) else { return nil }
            let end = key.range.upperBound
            present.insert(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            if end < bytes.count, bytes[end] == UInt8(ascii: "=") {
                guard let value = Self.text(in: bytes, from: end + 1, ByteScan.endOfPlainValue) else { return nil }
                append(Pair(key: key, value: value))
                start = value.range.upperBound + 1
            } else {
                if end > start { append(Pair(key: key, value: Text(end..<end))) }
                start = end + 1
            }
        }
    }

    /// Up to what ends it, or to the end; nil if a `%` begins no escape.
    /// - Parameter endOfPlain: finds the next byte that means something.
    @inline(__always)
    private static func text(
        in bytes: UnsafeRawBufferPointer, from start: Int, _ endOfPlain: (UnsafeRawBufferPointer, Int) -> Int
    ) -> Text? {
        var isEscaped = false
        var index = endOfPlain(bytes, start)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "+"): index += 1
            case UInt8(ascii: "%"):
                guard isEscape(bytes, at: index) else { return nil }
                index += 3
            default: return Text(start..<index, isEscaped: isEscaped)
            }
            isEscaped = true
            index = endOfPlain(bytes, index)
        }
        return Text(start..<index, isEscaped: isEscaped)
    }

    private static func isEscape(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        index + 2 < bytes.count && hexValue(bytes[index + 1]) != nil && hexValue(bytes[index + 2]) != nil
    }
}

/// Which keys a form may have, by their length and first letter: most that are asked for are not there.
private struct KeySet: Sendable {
    private var bits: UInt64 = 0

    mutating func insert(_ key: UnsafeRawBufferPointer) { bits |= Self.bit(key) }

    func mayHold(_ key: UnsafeRawBufferPointer) -> Bool { bits & Self.bit(key) != 0 }

    private static func bit(_ key: UnsafeRawBufferPointer) -> UInt64 {
        guard let first = key.first else { return 0 }
        return 1 << ((UInt64(first) &+ UInt64(key.count) &* 7) & 63)
    }
}
