public import NIOCore

/// Writes one JSON object into a buffer, without white space between tokens and without raw control characters.
///
///     var json = JSONWriter()
///     json.field("status", "OK")
///     json.object("limits") { $0.field("line", 65536) }
///     let line = json.finished()
public struct JSONWriter: ~Copyable {
    /// The object so far, in the first `count` bytes.
    private let memory: JSONMemory
    /// Bytes written so far: where a list decides to stop. (Protocol: every list has a bound)
    public private(set) var count = 1
    private let style: JSONStyle
    private var needsComma = false

    /// - Parameter memory: in which no other writer is at work.
    public init(style: JSONStyle = .modern, in memory: JSONMemory = JSONMemory()) {
        memory.bytes[0] = UInt8(ascii: "{")
        self.memory = memory
        self.style = style
    }

    /// Closes the object; the line end is the framing's to write.
    public consuming func finished() -> ByteBuffer {
        var buffer = ByteBuffer()
        append(UInt8(ascii: "}"))
        memory.write(count, to: &buffer)
        return buffer
    }

    /// Closes the object and writes it behind what a buffer holds, its end mark included.
    public mutating func finish(_ framing: Framing, to buffer: inout ByteBuffer) {
        append(atMost: 2) { cursor in
            cursor.put(UInt8(ascii: "}"))
            if framing == .lines { cursor.put(UInt8(ascii: "\n")) }
        }
        memory.write(count, to: &buffer)
        if framing == .classic { ReplyFraming.pad(&buffer, object: count) }
    }

    // MARK: Fields

    public mutating func field(_ key: StaticString, _ value: String) { field(key, sign: nil, value) }

    /// - Parameter sign: one plain character that stands before the text, or none.
    mutating func field(_ key: StaticString, sign: Unicode.Scalar?, _ value: String) {
        if style == .modern, fieldOfPlainText(key, sign, value) { return }
        name(key)
        string(sign.map { "\($0)\(value)" } ?? value)
    }

    /// - Parameters:
    ///   - name: letters, digits and signs that stand in JSON as they are, as all names of users and rooms do.
    mutating func field(_ key: StaticString, sign: Unicode.Scalar? = nil, name: String) {
        if style == .modern, fieldOfPlainText(key, sign, name, isKnownPlain: true) { return }
        field(key, sign: sign, name)
    }

    /// - Parameter word: one that stands in JSON as it is.
    public mutating func field(_ key: StaticString, word: StaticString) {
        guard style == .modern else { return field(key, "\(word)") }
        let comma = needsComma
        append(atMost: key.utf8CodeUnitCount + word.utf8CodeUnitCount + 6) { cursor in
            cursor.name(key, comma: comma)
            cursor.put(UInt8(ascii: "\""))
            cursor.put(word)
            cursor.put(UInt8(ascii: "\""))
        }
        needsComma = true
    }

    /// Nearly every text is plain: then key, text and all between go down in one piece.
    private mutating func fieldOfPlainText(
        _ key: StaticString, _ sign: Unicode.Scalar?, _ value: String, isKnownPlain: Bool = false
    ) -> Bool {
        let comma = needsComma
        return value.withBytes { text in
            guard isKnownPlain || ByteScan.isPlainJSON(text) else { return false }
            append(atMost: key.utf8CodeUnitCount + text.count + 7) { cursor in
                cursor.name(key, comma: comma)
                cursor.put(UInt8(ascii: "\""))
                if let sign { cursor.put(UInt8(ascii: sign)) }
                cursor.put(text)
                cursor.put(UInt8(ascii: "\""))
            }
            needsComma = true
            return true
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
        append(value ? "true" : "false")
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
        append(UInt8(ascii: ":"))
        number(value)
    }

    /// For keys that are data, such as user names.
    public mutating func array(named key: String, _ body: (inout JSONWriter) -> Void) {
        comma()
        string(key)
        append(UInt8(ascii: ":"))
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
        if needsComma { append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func name(_ key: StaticString) {
        let comma = needsComma
        append(atMost: key.utf8CodeUnitCount + 4) { $0.name(key, comma: comma) }
        needsComma = true
    }

    private mutating func number(_ value: Int64) {
        append(atMost: Cursor.longestNumber) { $0.put(value) }
    }

    @inline(__always)
    private mutating func append(atMost room: Int, _ body: (inout Cursor) -> Void) {
        if room > memory.capacity - count { memory.grow(by: room, keeping: count) }
        var cursor = Cursor(memory.bytes + count, room: room)
        body(&cursor)
        count += room - cursor.room
    }

    private mutating func append(_ byte: UInt8) { append(atMost: 1) { $0.put(byte) } }

    private mutating func append(_ text: StaticString) { append(atMost: text.utf8CodeUnitCount) { $0.put(text) } }

    private mutating func nested(_ body: (inout JSONWriter) -> Void) {
        append(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func list(_ body: (inout JSONWriter) -> Void) {
        append(UInt8(ascii: "["))
        needsComma = false
        body(&self)
        append(UInt8(ascii: "]"))
        needsComma = true
    }

    // MARK: Strings

    private mutating func string(_ value: String) {
        append(UInt8(ascii: "\""))
        switch style {
        case .modern:
            value.withBytes { text in
                if ByteScan.isPlainJSON(text) {
                    append(atMost: text.count) { $0.put(text) }
                } else {
                    for byte in text { escape(byte) }
                }
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
        append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0..<0x20, 0x7F: unicodeEscape(UInt16(byte))
        default: append(byte)
        }
    }

    private mutating func unicodeEscape(_ unit: UInt16) {
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
