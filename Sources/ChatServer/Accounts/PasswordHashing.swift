import CSodium
import ChatProtocol

/// Argon2id through libsodium, its parameters kept with each hash. Takes tens of milliseconds: for workers only.
///
/// At least what OWASP recommends for Argon2id (19 MiB, two passes).
struct PasswordHashing: Sendable {
    private static let passes: UInt64 = 2
    private static let memory = 19 * 1024 * 1024

    /// Verified in place of a hash that does not exist, so that a wrong name takes as long as a wrong password.
    private let decoy: String

    /// - Throws: `internal` if the library or the memory for a hash cannot be had.
    init() throws(ProtocolError) {
        guard sodium_init() >= 0 else { throw ProtocolError(.internal, "libsodium cannot be used on this machine.") }
        decoy = try Self.hash("decoy")
    }

    func hash(_ password: String) throws(ProtocolError) -> String { try Self.hash(password) }

    private static func hash(_ password: String) throws(ProtocolError) -> String {
        var encoded = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let result = crypto_pwhash_str(&encoded, password, UInt64(password.utf8.count), passes, memory)
        guard result == 0 else { throw ProtocolError(.internal, "There is not enough memory to hash a password. Try again.") }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// - Parameter hash: nil where there is no such account; then the answer is always false, in like time.
    func verify(_ password: String, against hash: String?) -> Bool {
        let matches = crypto_pwhash_str_verify(hash ?? decoy, password, UInt64(password.utf8.count)) == 0
        return matches && hash != nil
    }
}
