import ChatProtocol
import ChatStore
import Crypto

extension SessionToken {
    /// 256 bits from the system's secure generator, in hexadecimal.
    static func random() throws(ProtocolError) -> SessionToken {
        var generator = SystemRandomNumberGenerator()
        var text = ""
        for _ in 0..<4 {
            let digits = String(generator.next() as UInt64, radix: 16)
            text += String(repeating: "0", count: 16 - digits.count) + digits
        }
        return try SessionToken(text)
    }

    /// What is stored of it.
    var hash: TokenHash { TokenHash(bytes: Array(SHA256.hash(data: Array(text.utf8)))) }
}
