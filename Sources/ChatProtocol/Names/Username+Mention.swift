extension Username {
    /// Whether a text names this person with an `@`, as a word of its own and in any case. (Protocol: The log)
    public func isMentioned(in text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
        let bytes = Array(text.utf8)
        let name = Array(folded.utf8)
        return bytes.indices.contains { place in
            guard bytes[place] == UInt8(ascii: "@"), place == 0 || !Self.isNameByte(bytes[place - 1]) else { return false }
            var word = bytes[(place + 1)...].prefix(while: Self.isNameByte)[...]
            while true {
                if word.count == name.count, zip(word, name).allSatisfy({ Self.folded($0) == $1 }) { return true }
                // The full stop of a sentence could be part of a name, and is more often none.
                guard let last = word.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "-") else { return false }
                word.removeLast()
            }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }
}
