import ChatProtocol

/// Where a server is.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    public let host: String
    public let port: Int

    /// A server on this machine, on the protocol's port.
    public static let local = ServerAddress(host: "127.0.0.1", port: defaultPort)

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Takes `HOST`, `HOST:PORT`, `[::1]:PORT` and a bare IPv6 address; nil for anything else.
    public init?(_ text: String) {
        var host = Substring(text)
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if rest.hasPrefix(":") { port = rest.dropFirst() } else if !rest.isEmpty { return nil }
        } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        let number = port.map { Int($0) } ?? defaultPort
        guard let number, (1...65535).contains(number), !host.isEmpty,
            !host.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "/" || $0.value < 0x20 })
        else { return nil }
        self.host = String(host)
        self.port = number
    }

    /// As a person types it: the port only where it is not the usual one.
    public var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return port == defaultPort ? shown : "\(shown):\(port)"
    }
}
