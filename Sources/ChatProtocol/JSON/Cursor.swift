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
        let count = key.utf8CodeUnitCount
        guard count + 4 <= room else { return }
        if comma {
            next.pointee = UInt8(ascii: ",")
            next += 1
        }
        next.pointee = UInt8(ascii: "\"")
        UnsafeMutableRawPointer(next + 1).copyMemory(from: key.utf8Start, byteCount: count)
        next[count + 1] = UInt8(ascii: "\"")
        next[count + 2] = UInt8(ascii: ":")
        next += count + 3
        room &-= count + (comma ? 4 : 3)
    }

    mutating func put(_ value: Int64) {
        if value < 0 { put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let digits = Self.digits(of: rest)
        guard digits <= room else { return }
        var place = next + digits
        while rest >= 100 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            place -= 2
            UnsafeMutableRawPointer(place).copyMemory(from: Self.pairs.utf8Start + Int(pair) * 2, byteCount: 2)
            rest = quotient
        }
        if rest >= 10 {
            UnsafeMutableRawPointer(place - 2).copyMemory(from: Self.pairs.utf8Start + Int(rest) * 2, byteCount: 2)
        } else {
            (place - 1).pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
        }
        advance(by: digits)
    }

    /// The numbers below a hundred, two digits each.
    private static let pairs: StaticString = """
        00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748\
        4950515253545556575859606162636465666768697071727374757677787980818283848586878889909192939495969798\
        99
        """

    private static func digits(of magnitude: UInt64) -> Int {
        var count = 1
        var rest = magnitude
        while rest >= 10_000 {
            rest /= 10_000
            count &+= 4
        }
        return rest >= 1000 ? count &+ 3 : rest >= 100 ? count &+ 2 : rest >= 10 ? count &+ 1 : count
    }

    /// - Parameter count: at most `room`.
    @inline(__always)
    private mutating func advance(by count: Int) {
        next += count
        room &-= count
    }
}
