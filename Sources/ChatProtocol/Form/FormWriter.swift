public import NIOCore

/// Writes the fields of a request into a buffer, escaped as the WHATWG's form encoding says. (Protocol: Requests)
public struct FormWriter {
    public private(set) var buffer: ByteBuffer
    private var separator: UInt8

    /// Begins a request: the command, then its fields.
    public init(command: String, into buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
        self.buffer.writeString(command)
        separator = UInt8(ascii: " ")
    }

    public mutating func field(_ key: String, _ value: String) {
        buffer.writeInteger(separator)
        separator = UInt8(ascii: "&")
        buffer.writeString(key)
        buffer.writeInteger(UInt8(ascii: "="))
        for byte in value.utf8 { write(byte) }
    }

    /// Leaves the field out if there is no value.
    public mutating func field(_ key: String, _ value: String?) {
        if let value { field(key, value) as Void }
    }

    public mutating func field(_ key: String, _ value: Int64) { field(key, String(value)) as Void }

    public mutating func field(_ key: String, _ value: Int64?) {
        if let value { field(key, String(value)) as Void }
    }

    /// `key=1`, or nothing.
    public mutating func flag(_ key: String, _ value: Bool) {
        if value { field(key, "1") as Void }
    }

    private mutating func write(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            buffer.writeInteger(byte)
        case UInt8(ascii: " "):
            buffer.writeInteger(UInt8(ascii: "+"))
        default:
            buffer.writeInteger(UInt8(ascii: "%"))
            buffer.writeInteger(hexDigit(byte >> 4))
            buffer.writeInteger(hexDigit(byte & 15))
        }
    }
}

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
