public import NIOCore

/// The fields of a request: a form as the WHATWG's `application/x-www-form-urlencoded` defines it. (Protocol: Requests)
///
/// Holds the bytes as they came and decodes a value when it is asked for. The first of a repeated key counts.
///
/// Not copied by handing it on: of every message it is asked many times.
public struct FormFields: ~Copyable, Sendable {
    private let text: ByteBuffer
    private let pairs: FormPairs

    /// The same fields again.
    init(_ other: borrowing FormFields) { (text, pairs) = (other.text, other.pairs) }

    /// Finds the pairs. Every `%` must begin an escape.
    /// - Throws: `bad-request`.
    public init(parsing buffer: ByteBuffer) throws(ProtocolError) {
        try self.init(parsing: buffer, from: 0)
    }

    init(parsing text: ByteBuffer, from start: Int) throws(ProtocolError) {
        guard let pairs = text.withUnsafeReadableBytes({ FormPairs($0, from: start) }) else {
            throw ProtocolError(.badRequest, "A percent sign is followed by two hexadecimal digits.")
        }
        try pairs.forEachEscapedKey { key throws(ProtocolError) in _ = try Self.decodedString(key, of: text) }
        self.text = text
        self.pairs = pairs
    }

    // MARK: Values

    /// The value of a field that must be there and not be empty.
    /// - Throws: `bad-request`.
    public func required(_ key: StaticString) throws(ProtocolError) -> String {
        guard let value = try optional(key) else { throw ProtocolError(.badRequest, "The field \"\(key)\" is missing.") }
        return value
    }

    /// The value of a field; nil if it is absent or empty.
    /// - Throws: `bad-request` if it is not UTF-8.
    public func optional(_ key: StaticString) throws(ProtocolError) -> String? {
        guard let value = pair(key)?.value, !value.range.isEmpty else { return nil }
        return try Self.decodedString(value, of: text)
    }

    /// The value of the first of these fields that is there.
    /// - Throws: `bad-request` if none is.
    public func required(_ key: StaticString, or other: StaticString) throws(ProtocolError) -> String {
        if let value = try optional(key) { return value }
        if let value = try optional(other) { return value }
        throw ProtocolError(.badRequest, "The field \"\(key)\" is missing.")
    }

    /// The value of a field that may be empty; nil only if it is absent.
    public func present(_ key: String) throws(ProtocolError) -> String? {
        let pair = key.withBytes { self.pair($0) }
        return try pair.map { pair throws(ProtocolError) in try Self.decodedString(pair.value, of: text) }
    }

    /// A whole number that is not negative; nil if the field is absent or empty.
    /// - Throws: `bad-request` if it is anything else.
    public func number(_ key: StaticString) throws(ProtocolError) -> Int64? {
        guard let text = try optional(key) else { return nil }
        guard let number = Int64(text), number >= 0, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            throw ProtocolError(.badRequest, "The field \"\(key)\" takes a whole number.")
        }
        return number
    }

    public func requiredNumber(_ key: StaticString) throws(ProtocolError) -> Int64 {
        guard let number = try number(key) else { throw ProtocolError(.badRequest, "The field \"\(key)\" is missing.") }
        return number
    }

    /// `1` is true, `0` and absence are false.
    public func flag(_ key: StaticString) throws(ProtocolError) -> Bool {
        switch try number(key) {
        case nil, 0: false
        case 1: true
        default: throw ProtocolError(.badRequest, "The field \"\(key)\" takes 0 or 1.")
        }
    }

    /// The bytes of base64 text, which may have lost its `+` to an encoder that did not escape them.
    /// - Throws: `bad-request` if it is absent or not base64.
    public func base64(_ key: StaticString) throws(ProtocolError) -> ByteBuffer {
        guard let pair = pair(key) else { throw ProtocolError(.badRequest, "The field \"\(key)\" is missing.") }
        let text = Self.decodedBytes(pair.value.range, of: text)
        guard let bytes = Base64.decode(text) else { throw ProtocolError(.badRequest, "The field \"\(key)\" is not base64.") }
        return ByteBuffer(bytes: bytes)
    }

    // MARK: Finding and decoding

    private func pair(_ key: StaticString) -> FormPairs.Pair? {
        pair(UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    private func pair(_ key: UnsafeRawBufferPointer) -> FormPairs.Pair? {
        pairs.first(key) { found in
            if found.isEscaped { return Self.decodedBytes(found.range, of: text).elementsEqual(key) }
            return text.withUnsafeReadableBytes { ByteScan.equal(UnsafeRawBufferPointer(rebasing: $0[found.range]), key) }
        }
    }

    private static func decodedString(_ part: FormPairs.Text, of text: ByteBuffer) throws(ProtocolError) -> String {
        let string =
            if part.isEscaped {
                decodedBytes(part.range, of: text).withUnsafeBytes(Self.string)
            } else {
                text.withUnsafeReadableBytes { Self.string(UnsafeRawBufferPointer(rebasing: $0[part.range])) }
            }
        guard let string else { throw ProtocolError(.badRequest, "The request is not UTF-8.") }
        return string
    }

    /// Nil for what is not UTF-8.
    private static func string(_ bytes: UnsafeRawBufferPointer) -> String? {
        // ASCII cannot be wrong, and this way in is the shorter one.
        if ByteScan.isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func decodedBytes(_ range: Range<Int>, of text: ByteBuffer) -> [UInt8] {
        text.withUnsafeReadableBytes { bytes in
            var decoded: [UInt8] = []
            decoded.reserveCapacity(range.count)
            var index = range.lowerBound
            while index < range.upperBound {
                switch bytes[index] {
                case UInt8(ascii: "+"):
                    decoded.append(UInt8(ascii: " "))
                case UInt8(ascii: "%"):
                    // `scan` has checked that two digits follow; an escape never reaches past its field.
                    if let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2]) {
                        decoded.append(high << 4 | low)
                    }
                    index += 2
                case let byte:
                    decoded.append(byte)
                }
                index += 1
            }
            return decoded
        }
    }
}
