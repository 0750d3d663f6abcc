public import NIOCore

/// What a peer sent is not JSON, or not of the shape that the protocol says.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    /// Bytes from the start of the line.
    public let offset: Int

    public var description: String { "\(reason) at byte \(offset)" }
}

/// Reads JSON (RFC 8259) token by token from one line, so that a message becomes its type without a tree between.
///
///     try json.beginObject()
///     while let key = try json.nextKey() {
///         switch key {
///         case "seq": seq = try json.integer()
///         default: try json.skip()
///         }
///     }
public struct JSONReader {
    private let bytes: ByteBufferView
    private var position: ByteBufferView.Index
    private var atStart = false
    private var depth = 0

    /// Deeper nesting than any reply has, and shallow enough for the stack.
    private static let maximumDepth = 64

    public init(_ buffer: ByteBuffer) {
        bytes = buffer.readableBytesView
        position = bytes.startIndex
    }

    // MARK: Structure

    public mutating func beginObject() throws(JSONError) { try begin(UInt8(ascii: "{")) }

    /// The next key of the object, its colon read; nil at the object's end, which is read too.
    public mutating func nextKey() throws(JSONError) -> String? {
        guard try another(UInt8(ascii: "}")) else { return nil }
        let key = try string()
        skipBlanks()
        try expect(UInt8(ascii: ":"))
        return key
    }

    public mutating func beginArray() throws(JSONError) { try begin(UInt8(ascii: "[")) }

    /// Whether the array has another element; at its end, which is read too, false.
    public mutating func nextElement() throws(JSONError) -> Bool { try another(UInt8(ascii: "]")) }

    /// Whether nothing but blanks is left.
    public mutating func isAtEnd() -> Bool {
        skipBlanks()
        return position == bytes.endIndex
    }

    private mutating func begin(_ bracket: UInt8) throws(JSONError) {
        skipBlanks()
        try expect(bracket)
        guard depth < Self.maximumDepth else { throw failure("Nested too deeply") }
        depth += 1
        atStart = true
    }

    private mutating func another(_ end: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        if peek() == end {
            position += 1
            depth -= 1
            atStart = false
            return false
        }
        if !atStart {
            try expect(UInt8(ascii: ","))
            skipBlanks()
        }
        atStart = false
        return true
    }

    // MARK: Values

    public mutating func integer() throws(JSONError) -> Int64 {
        skipBlanks()
        let negative = peek() == UInt8(ascii: "-")
        if negative { position += 1 }
        var value: Int64 = 0
        var digits = 0
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, carried) = negative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
            guard !overflow, !carried else { throw failure("A number too large") }
            value = sum
            digits += 1
            position += 1
        }
        guard digits > 0 else { throw failure("A number expected") }
        if let byte = peek(), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            throw failure("A whole number expected")
        }
        return value
    }

    public mutating func boolean() throws(JSONError) -> Bool {
        skipBlanks()
        if peek() == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    public mutating func string() throws(JSONError) -> String {
        skipBlanks()
        try expect(UInt8(ascii: "\""))
        let start = position
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") {
                guard let text = String(validating: bytes[start..<position], as: UTF8.self) else { throw failure("Not UTF-8") }
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw failure("A control character in a string") }
            position += 1
        }
        throw failure("A string without end")
    }

    private mutating func escapedString(from start: ByteBufferView.Index) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw failure("Not UTF-8") }
                return string
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw failure("A control character in a string")
            default:
                text.append(byte)
            }
        }
        throw failure("A string without end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = peek() else { throw failure("A string without end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"):
            var unit = UInt32(try hexUnit())
            if (0xD800..<0xDC00).contains(unit), peek() == UInt8(ascii: "\\") {
                position += 1
                try expect(UInt8(ascii: "u"))
                let low = UInt32(try hexUnit())
                guard (0xDC00..<0xE000).contains(low) else { throw failure("Half a surrogate pair") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw failure("Half a surrogate pair") }
            text.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw failure("An unknown escape")
        }
    }

    private mutating func hexUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = hexValue(byte) else { throw failure("Four hexadecimal digits expected") }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// Passes over one value of any kind.
    public mutating func skip() throws(JSONError) {
        skipBlanks()
        switch peek() {
        case UInt8(ascii: "\""):
            try skipString()
        case UInt8(ascii: "{"):
            try beginObject()
            while try nextKey() != nil { try skip() }
        case UInt8(ascii: "["):
            try beginArray()
            while try nextElement() { try skip() }
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: try skipNumber()
        }
    }

    private mutating func skipString() throws(JSONError) {
        position += 1
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") {
                guard peek() != nil else { break }
                position += 1
            }
        }
        throw failure("A string without end")
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = position
        while let byte = peek(), "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        guard position > start else { throw failure("A value expected") }
    }

    // MARK: Tokens

    private func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard peek() == byte else { throw failure("\"\(Character(Unicode.Scalar(byte)))\" expected") }
        position += 1
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        let matches = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw failure("A value expected") }
        position += text.utf8CodeUnitCount
    }

    func failure(_ reason: String) -> JSONError {
        JSONError(reason: reason, offset: position - bytes.startIndex)
    }
}

extension JSONReader {
    /// A string that must be a name: `Username`, `RoomName`, …
    mutating func name<Name>(_ parse: (String) throws(ProtocolError) -> Name) throws(JSONError) -> Name {
        let text = try string()
        do { return try parse(text) } catch { throw failure(error.detail) }
    }

    mutating func seq() throws(JSONError) -> Seq {
        guard let seq = Seq(try integer()) else { throw failure("A seq is not negative") }
        return seq
    }

    mutating func timestamp() throws(JSONError) -> Timestamp { Timestamp(milliseconds: try integer()) }

    /// The value of a field that a reply must have.
    func require<Value>(_ value: Value?, _ key: StaticString) throws(JSONError) -> Value {
        guard let value else { throw failure("The field \"\(key)\" is missing") }
        return value
    }
}
