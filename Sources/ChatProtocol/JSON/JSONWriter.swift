public import NIOCore

/// Writes one JSON object into a buffer, without white space between tokens and without raw control characters.
///
///     var json = JSONWriter()
///     json.field("status", "OK")
///     json.object("limits") { $0.field("line", 65536) }
///     let line = json.finished()
public struct JSONWriter {
    private var buffer: ByteBuffer
    /// Where the object begins: there may be others before it.
    private let start: Int
    private let style: JSONStyle
    private var needsComma = false

    /// - Parameter buffer: the object is written behind what it holds.
    public init(style: JSONStyle = .modern, into buffer: consuming ByteBuffer = ByteBuffer()) {
        start = buffer.writerIndex
        self.buffer = buffer
        self.style = style
        self.buffer.writeInteger(UInt8(ascii: "{"))
    }

    /// Closes the object; the line end is the framing's to write.
    public consuming func finished() -> ByteBuffer {
        buffer.writeInteger(UInt8(ascii: "}"))
        return buffer
    }

    /// Closes the object and writes the end mark behind it.
    public consuming func finished(_ framing: Framing) -> ByteBuffer {
        buffer.writeInteger(UInt8(ascii: "}"))
        ReplyFraming.end(&buffer, from: start, framing: framing)
        return buffer
    }

    /// Bytes written so far: where a list decides to stop. (Protocol: every list has a bound)
    public var count: Int { buffer.writerIndex - start }

    /// Makes room at once for about as many bytes as will be written.
    public mutating func reserve(_ bytes: Int) { buffer.reserveCapacity(minimumWritableBytes: bytes) }

    // MARK: Fields

    public mutating func field(_ key: StaticString, _ value: String) { field(key, "", value) }

    /// - Parameter sign: one plain character that stands before the text, or none.
    mutating func field(_ key: StaticString, _ sign: StaticString, _ value: String) {
        guard style == .modern else {
            name(key)
            return string(sign.description + value)
        }
        // Nearly every text is plain: then key, text and all between go down in one piece.
        let comma = needsComma
        let isPlain = value.withBytes { text in
            guard ByteScan.isPlainJSON(text) else { return false }
            append(atMost: key.utf8CodeUnitCount + text.count + 7) { cursor in
                cursor.name(key, comma: comma)
                cursor.put(UInt8(ascii: "\""))
                cursor.put(sign)
                cursor.put(text)
                cursor.put(UInt8(ascii: "\""))
            }
            return true
        }
        if isPlain {
            needsComma = true
        } else {
            name(key)
            string(sign.description + value)
        }
    }

    public mutating func field(_ key: StaticString, _ value: Int64) {
        let comma = needsComma
        append(atMost: key.utf8CodeUnitCount + 4 + Cursor.longestNumber) { cursor in
            cursor.name(key, comma: comma)
            cursor.put(value)
        }
        needsComma = true
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
        let comma = needsComma
        append(atMost: key.utf8CodeUnitCount + 4) { $0.name(key, comma: comma) }
        needsComma = true
    }

    private mutating func literal(_ text: StaticString) { buffer.writeStaticString(text) }

    private mutating func number(_ value: Int64) {
        append(atMost: Cursor.longestNumber) { $0.put(value) }
    }

    /// Writes through a pointer: room is made once and the index moved once, however many pieces there are.
    private mutating func append(atMost count: Int, _ body: (inout Cursor) -> Void) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            var cursor = Cursor(UnsafeMutableRawBufferPointer(rebasing: target.prefix(count)))
            body(&cursor)
            return cursor.count
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
            value.withBytes { text in
                if ByteScan.isPlainJSON(text) { buffer.writeBytes(text) } else { for byte in text { escape(byte) } }
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
