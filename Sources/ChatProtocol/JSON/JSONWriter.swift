public import NIOCore

/// How JSON goes onto the wire.
public enum JSONStyle: Sendable {
    /// UTF-8 lines for everybody since.
    case modern
    /// ASCII only, with every space inside strings as `\u0020`, so that only padding ends a block.
    /// (Protocol: Classic framing)
    case classic
}

/// Writes one JSON object into a buffer, without white space between tokens and without raw control characters.
///
///     var json = JSONWriter()
///     json.field("status", "OK")
///     json.object("limits") { $0.field("line", 65536) }
///     let line = json.finished()
public struct JSONWriter {
    private var buffer: ByteBuffer
    private let style: JSONStyle
    private var needsComma = false

    public init(style: JSONStyle = .modern, into buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
        self.style = style
        self.buffer.writeInteger(UInt8(ascii: "{"))
    }

    /// Closes the object; the line end is the framing's to write.
    public consuming func finished() -> ByteBuffer {
        buffer.writeInteger(UInt8(ascii: "}"))
        return buffer
    }

    /// Bytes written so far: where a list decides to stop. (Protocol: every list has a bound)
    public var count: Int { buffer.readableBytes }

    // MARK: Fields

    public mutating func field(_ key: StaticString, _ value: String) {
        name(key)
        string(value)
    }

    public mutating func field(_ key: StaticString, _ value: Int64) {
        name(key)
        number(value)
    }

    public mutating func field(_ key: StaticString, _ value: Bool) {
        name(key)
        literal(value ? "true" : "false")
    }

    /// Leaves the field out if there is no value.
    public mutating func field(_ key: StaticString, optional value: String?) {
        if let value { field(key, value) }
    }

    public mutating func field(_ key: StaticString, optional value: Int64?) {
        if let value { field(key, value) }
    }

    /// `key: true`, or nothing.
    public mutating func flag(_ key: StaticString, _ value: Bool) {
        if value { field(key, true) }
    }

    public mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
        name(key)
        nested(body)
    }

    public mutating func array(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
        name(key)
        list(body)
    }

    /// For keys that are data, such as the names of bounds.
    public mutating func field(named key: String, _ value: Int64) {
        comma()
        string(key)
        buffer.writeInteger(UInt8(ascii: ":"))
        number(value)
    }

    /// For keys that are data, such as user names.
    public mutating func array(named key: String, _ body: (inout JSONWriter) -> Void) {
        comma()
        string(key)
        buffer.writeInteger(UInt8(ascii: ":"))
        list(body)
    }

    // MARK: Elements of an array

    public mutating func element(_ value: String) {
        comma()
        string(value)
    }

    public mutating func element(_ value: Int64) {
        comma()
        number(value)
    }

    public mutating func elementObject(_ body: (inout JSONWriter) -> Void) {
        comma()
        nested(body)
    }

    public mutating func elementArray(_ body: (inout JSONWriter) -> Void) {
        comma()
        list(body)
    }

    // MARK: Tokens

    private mutating func comma() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func name(_ key: StaticString) {
        comma()
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeStaticString(key)
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeInteger(UInt8(ascii: ":"))
    }

    private mutating func literal(_ text: StaticString) { buffer.writeStaticString(text) }

    private mutating func number(_ value: Int64) {
        if value < 0 { buffer.writeInteger(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        var divisor: UInt64 = 1
        while magnitude / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.writeInteger(UInt8(ascii: "0") + UInt8(magnitude / divisor % 10))
            divisor /= 10
        }
    }

    private mutating func nested(_ body: (inout JSONWriter) -> Void) {
        buffer.writeInteger(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        buffer.writeInteger(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func list(_ body: (inout JSONWriter) -> Void) {
        buffer.writeInteger(UInt8(ascii: "["))
        needsComma = false
        body(&self)
        buffer.writeInteger(UInt8(ascii: "]"))
        needsComma = true
    }

    // MARK: Strings

    private mutating func string(_ value: String) {
        buffer.writeInteger(UInt8(ascii: "\""))
        switch style {
        case .modern:
            if value.utf8.contains(where: Self.needsEscape) {
                for byte in value.utf8 { escape(byte) }
            } else {
                buffer.writeString(value)
            }
        case .classic:
            for unit in value.utf16 {
                if unit > 0x20 && unit < 0x7F {
                    escape(UInt8(truncatingIfNeeded: unit))
                } else if unit == 0x0A || unit == 0x0D || unit == 0x09 {
                    escape(UInt8(truncatingIfNeeded: unit))
                } else {
                    unicodeEscape(unit)
                }
            }
        }
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    /// Raw C1 controls are two bytes in UTF-8 and legal in JSON; texts are checked for them where they enter.
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            buffer.writeInteger(UInt8(ascii: "\\"))
            buffer.writeInteger(byte)
        case 0x0A: buffer.writeStaticString("\\n")
        case 0x0D: buffer.writeStaticString("\\r")
        case 0x09: buffer.writeStaticString("\\t")
        case 0..<0x20, 0x7F: unicodeEscape(UInt16(byte))
        default: buffer.writeInteger(byte)
        }
    }

    private mutating func unicodeEscape(_ unit: UInt16) {
        buffer.writeStaticString("\\u")
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 15)
            buffer.writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
