import Glibc

/// Who is behind an address, as far as it tells. Of IPv6 the network of 64 bits: mostly it is one line's, which can have
/// any address in it.
struct AddressHolder: Hashable, Sendable {
    /// The bytes that count: four of IPv4, eight of IPv6.
    private let bytes: [UInt8]

    /// - Parameter address: as the system writes it.
    init(_ address: String) {
        var high = in6_addr()
        guard inet_pton(AF_INET6, address, &high) == 1 else {
            bytes = Array(address.utf8)
            return
        }
        let all = withUnsafeBytes(of: &high) { Array($0) }
        // An IPv4 client of a socket for both comes as ::ffff:a.b.c.d.
        bytes = Array(all.starts(with: Self.mapped) ? all[12...] : all[..<8])
    }

    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
}
