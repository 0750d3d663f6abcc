import Glibc

/// One line from the server, looked at where it lies.
struct Line {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Offset of the first line end.
    var end: Int? { offset(of: 0x0A, from: 0) }

    func offset(of byte: UInt8, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, CInt(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    func starts(with text: StaticString) -> Bool { holds(text, at: 0) }

    private func holds(_ text: StaticString, at start: Int) -> Bool {
        guard let base = bytes.baseAddress, start + text.utf8CodeUnitCount <= bytes.count else { return false }
        return memcmp(base + start, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// The number behind a key.
    func number(after key: StaticString) -> Int? {
        var start = 0
        while let quote = offset(of: key.utf8Start.pointee, from: start) {
            if holds(key, at: quote) { return number(at: quote + key.utf8CodeUnitCount) }
            start = quote + 1
        }
        return nil
    }

    func number(at start: Int) -> Int? {
        var value: Int?
        for byte in bytes[min(start, bytes.count)...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
            value = (value ?? 0) &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    /// A hash of some of its bytes.
    func hash(_ range: Range<Int>) -> UInt64 {
        bytes[range].reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// Whether the seqs of each conversation rise: a double or a step back shows here, a loss in the sums.
struct OrderCheck {
    private var newest: [UInt64: Int] = [:]

    /// `{"type":"message","conversation":"@b","seq":17,…`
    mutating func takes(_ event: Line) -> Bool {
        let start = 34
        guard let end = event.offset(of: UInt8(ascii: "\""), from: start), let seq = event.number(at: end + 8) else {
            return false
        }
        let conversation = event.hash(start..<end)
        return withUnsafeMutablePointer(to: &newest[conversation, default: 0]) { newest in
            defer { newest.pointee = seq }
            return seq > newest.pointee
        }
    }
}
