/// A place in memory that has room for what is written; what would not fit is left out, and never is too much.
///
/// Inlined wherever it is used: a field is half a dozen of these steps.
struct Cursor {
    private var next: UnsafeMutablePointer<UInt8>
    /// Bytes that still fit.
    private(set) var room: Int

    /// Digits and sign of the longest number.
    static let longestNumber = 20

    @inline(__always)
    init(_ next: UnsafeMutablePointer<UInt8>, room: Int) {
        self.next = next
        self.room = room
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        guard room > 0 else { return }
        next.pointee = byte
        advance(by: 1)
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= room, let source = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(next).copyMemory(from: source, byteCount: bytes.count)
        advance(by: bytes.count)
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func name(_ key: StaticString, comma: Bool) {
        if comma { put(",\"") } else { put("\"") }
        put(key)
        put("\":")
    }

    mutating func put(_ value: Int64) {
        if value < 0 { put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let digits = Self.digits(of: rest)
        guard digits <= room else { return }
        var place = next + digits
        repeat {
            place -= 1
            place.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        advance(by: digits)
    }

    private static func digits(of magnitude: UInt64) -> Int {
        var count = 1
        var bound: UInt64 = 10
        // No number has more digits than nineteen here, so the bound does not overflow.
        while magnitude >= bound {
            count &+= 1
            bound &*= 10
        }
        return count
    }

    /// - Parameter count: at most `room`.
    @inline(__always)
    private mutating func advance(by count: Int) {
        next += count
        room &-= count
    }
}
