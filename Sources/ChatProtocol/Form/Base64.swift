import FoundationEssentials

/// Base64 of RFC 4648 for the classic way to carry files.
public enum Base64 {
    /// Nil for anything that is not whole base64. Blanks are read as the `+` that they were before a careless encoder.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        if text.isEmpty { return [] }
        let repaired = text.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return Data(base64Encoded: Data(repaired)).map(Array.init)
    }

    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
    }
}
