public import NIOCore

/// The fields of a request: a form as the WHATWG's `application/x-www-form-urlencoded` defines it. (Protocol: Requests)
///
/// Holds the bytes as they came and decodes a value when it is asked for. The first of a repeated key counts.
public struct FormFields: Sendable {
    private struct Pair {
        var key: Range<Int>
        var value: Range<Int>
        /// Whether the value is not what stands there.
        var isEscaped: Bool
    }

    private let bytes: [UInt8]
    private var pairs: [Pair] = []
    /// Of keys that were themselves escaped, by place: hardly ever any.
    private var decodedKeys: [Int: String] = [:]

    /// A form without fields.
    public init() { bytes = [] }

    /// Finds the pairs. Every `%` must begin an escape.
    /// - Throws: `bad-request`.
    public init(parsing buffer: ByteBuffer) throws(ProtocolError) {
        try self.init(parsing: [UInt8](buffer: buffer), from: 0)
    }

    init(parsing bytes: [UInt8], from start: Int) throws(ProtocolError) {
        self.bytes = bytes
        var found: [Pair] = []
        found.reserveCapacity(6)
        let wellFormed = bytes.withUnsafeBytes { bytes in Self.scan(bytes, from: start, into: &found) }
        guard wellFormed else { throw ProtocolError(.badRequest, "A percent sign is followed by two hexadecimal digits.") }
        for index in found.indices where escaped(found[index].key) {
            decodedKeys[index] = try decodedString(found[index].key, isEscaped: true)
        }
        pairs = found
    }

    /// False if a `%` begins no escape.
    private static func scan(_ bytes: UnsafeRawBufferPointer, from begin: Int, into pairs: inout [Pair]) -> Bool {
        var start = begin
        while start < bytes.count {
            guard let key = endOfKey(bytes, from: start) else { return false }
            var end = key
            var isEscaped = false
            if key < bytes.count, bytes[key] == UInt8(ascii: "=") {
                guard let value = endOfValue(bytes, from: key + 1, &isEscaped) else { return false }
                end = value
                pairs.append(Pair(key: start..<key, value: key + 1..<end, isEscaped: isEscaped))
            } else if key > start {
                pairs.append(Pair(key: start..<key, value: key..<key, isEscaped: false))
            }
            start = end + 1
        }
        return true
    }

    /// Where the `=` or `&` stands, or the end; nil if a `%` begins no escape.
    private static func endOfKey(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: "&") {
            if bytes[index] == UInt8(ascii: "%") {
                guard isEscape(bytes, at: index) else { return nil }
                index += 2
            }
            index += 1
        }
        return index
    }

    private static func endOfValue(_ bytes: UnsafeRawBufferPointer, from start: Int, _ isEscaped: inout Bool) -> Int? {
        var index = start
        while true {
            index = ByteScan.endOfPlainValue(in: bytes, from: index)
            if index >= bytes.count || bytes[index] == UInt8(ascii: "&") { return index }
            isEscaped = true
            if bytes[index] == UInt8(ascii: "%") {
                guard isEscape(bytes, at: index) else { return nil }
                index += 2
            }
            index += 1
        }
    }

    private static func isEscape(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        index + 2 < bytes.count && hexValue(bytes[index + 1]) != nil && hexValue(bytes[index + 2]) != nil
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
        guard let pair = pair(key), !pair.value.isEmpty else { return nil }
        return try decodedString(pair.value, isEscaped: pair.isEscaped)
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
        let place = bytes.withUnsafeBytes { bytes in
            pairs.indices.first { decodedKeys[$0] == key || bytes[pairs[$0].key].elementsEqual(key.utf8) }
        }
        guard let place else { return nil }
        return try decodedString(pairs[place].value, isEscaped: pairs[place].isEscaped)
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
        let text = decodedBytes(pair.value)
        guard let bytes = Base64.decode(text) else { throw ProtocolError(.badRequest, "The field \"\(key)\" is not base64.") }
        return ByteBuffer(bytes: bytes)
    }

    // MARK: Finding and decoding

    private func pair(_ key: StaticString) -> Pair? {
        if !decodedKeys.isEmpty {
            return pairs.indices.first { index in
                decodedKeys[index].map { $0 == key.description } ?? isKey(pairs[index].key, key)
            }.map { pairs[$0] }
        }
        return bytes.withUnsafeBytes { bytes in
            for pair in pairs where pair.key.count == key.utf8CodeUnitCount {
                if ByteScan.equal(UnsafeRawBufferPointer(rebasing: bytes[pair.key]), key) { return pair }
            }
            return nil
        }
    }

    private func isKey(_ range: Range<Int>, _ key: StaticString) -> Bool {
        bytes.withUnsafeBytes { ByteScan.equal(UnsafeRawBufferPointer(rebasing: $0[range]), key) }
    }

    private func escaped(_ range: Range<Int>) -> Bool {
        bytes.withUnsafeBytes { bytes in
            bytes[range].contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        }
    }

    private func decodedString(_ range: Range<Int>, isEscaped: Bool) throws(ProtocolError) -> String {
        let text =
            if isEscaped {
                decodedBytes(range).withUnsafeBytes(Self.string)
            } else {
                bytes.withUnsafeBytes { Self.string(UnsafeRawBufferPointer(rebasing: $0[range])) }
            }
        guard let text else { throw ProtocolError(.badRequest, "The request is not UTF-8.") }
        return text
    }

    /// Nil for what is not UTF-8.
    private static func string(_ bytes: UnsafeRawBufferPointer) -> String? {
        // ASCII cannot be wrong, and this way in is the shorter one.
        if ByteScan.isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self)
    }

    private func decodedBytes(_ range: Range<Int>) -> [UInt8] {
        bytes.withUnsafeBytes { bytes in
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

func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
