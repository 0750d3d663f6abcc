/// A place in memory that has room for what is written; what would not fit is left out, and never is too much.
struct Cursor {
    private let target: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    /// Digits and sign of the longest number.
    static let longestNumber = 20

    init(_ target: UnsafeMutableRawBufferPointer) { self.target = target }

    mutating func put(_ byte: UInt8) {
        guard count < target.count else { return }
        target[count] = byte
        count += 1
    }

    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= target.count - count, let source = bytes.baseAddress, let base = target.baseAddress else { return }
        (base + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func name(_ key: StaticString, comma: Bool) {
        if comma { put(UInt8(ascii: ",")) }
        put(UInt8(ascii: "\""))
        put(key)
        put(UInt8(ascii: "\""))
        put(UInt8(ascii: ":"))
    }

    mutating func put(_ value: Int64) {
        if value < 0 { put(UInt8(ascii: "-")) }
        var magnitude = value.magnitude
        var digits = 1
        var rest = magnitude / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        guard digits <= target.count - count else { return }
        for place in stride(from: count + digits - 1, through: count, by: -1) {
            target[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        }
        count += digits
    }
}
