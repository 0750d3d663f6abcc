/// Reads the first character of bytes that may be broken or cut off.
enum UTF8Prefix {
    enum Result: Equatable {
        case scalar(Unicode.Scalar, length: Int)
        /// Good so far, but its end is missing.
        case incomplete(length: Int)
        /// So many bytes make no character: the longest part that one could have begun with.
        case invalid(length: Int)
    }

    static func decode(_ bytes: ArraySlice<UInt8>) -> Result {
        guard let lead = bytes.first else { return .incomplete(length: 0) }
        let length: Int
        var allowed: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case ..<0x80: return .scalar(Unicode.Scalar(lead), length: 1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            // Overlong forms and surrogates begin with these.
            if lead == 0xE0 { allowed = 0xA0...0xBF }
            if lead == 0xED { allowed = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { allowed = 0x90...0xBF }
            if lead == 0xF4 { allowed = 0x80...0x8F }
        default: return .invalid(length: 1)
        }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        var count = 1
        for byte in bytes.dropFirst().prefix(length - 1) {
            guard allowed.contains(byte) else { return .invalid(length: count) }
            allowed = 0x80...0xBF
            value = value << 6 | UInt32(byte & 0x3F)
            count += 1
        }
        guard count == length else { return .incomplete(length: count) }
        return Unicode.Scalar(value).map { .scalar($0, length: length) } ?? .invalid(length: length)
    }

    /// The last bytes if a character begins with them whose end is missing; none otherwise.
    static func unfinishedEnd(of bytes: [UInt8]) -> [UInt8] {
        let end = bytes.suffix(3)
        guard let lead = end.lastIndex(where: { $0 >= 0xC0 }), case .incomplete = decode(end[lead...]) else { return [] }
        return Array(end[lead...])
    }
}
