public import NIOCore

/// Puts the end mark behind an object. (Protocol: Replies and events; Classic framing)
public enum ReplyFraming {
    /// Pads the object that a buffer ends with to whole blocks, for the first client.
    /// - Parameter count: its length.
    static func pad(_ buffer: inout ByteBuffer, object count: Int) {
        // A whole multiple is followed by one block of spaces: only a shorter block ends an object.
        let padding = RequestDecoder.blockLength - count % RequestDecoder.blockLength
        buffer.writeRepeatingByte(UInt8(ascii: " "), count: padding)
    }

    /// A text in the first client's framing: padded to whole blocks, and not at all if it fills them.
    public static func classicRequest(_ text: String) -> ByteBuffer {
        var buffer = ByteBuffer(string: text)
        let over = buffer.readableBytes % RequestDecoder.blockLength
        if over > 0 { buffer.writeRepeatingByte(UInt8(ascii: " "), count: RequestDecoder.blockLength - over) }
        return buffer
    }
}
