/// A cable with a network of its own at either end: a server's, and that of its clients. Only root may lay one.
package final class Cable {
    package let server: Namespace
    package let clients: Namespace
    /// Where the clients find the server.
    package static let host = "10.77.0.1"
    package static let port = 8889
    package static var address: String { "\(host):\(port)" }

    package init() async throws {
        server = try await Namespace(of: .network)
        clients = try await Namespace(of: .network)
        try server.run("ip", "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", "\(clients.processID)")
        for (end, address) in [(server, Self.host), (clients, "10.77.0.2")] {
            try end.run("ip", "address", "add", "\(address)/24", "dev", "cable")
            try end.run("ip", "link", "set", "lo", "up")
            try end.run("ip", "link", "set", "cable", "up")
        }
    }

    /// A server that listens at its end, and on a loopback that needs no cable.
    package func serve(dataDirectory: String, log: String? = nil, arguments: [String] = []) throws -> ServerProcess {
        let own = ["--listen", Self.address, "--allow-plaintext", "--password-minimum", "1"]
        return try ServerProcess(dataDirectory: dataDirectory, log: log, arguments: own + arguments, through: server.entrance)
    }

    /// Out of its socket at the server. What is on its way is lost, and nobody is told.
    package func pull() throws { try server.run("ip", "link", "set", "cable", "down") }

    package func plug() throws { try server.run("ip", "link", "set", "cable", "up") }

    /// From now on 1 Mbit a second passes in each direction, and what would have to wait longer than 400 ms is lost.
    package func narrow() throws {
        for end in [server, clients] {
            try end.run(
                "tc", "qdisc", "add", "dev", "cable", "root", "tbf", "rate", "1mbit", "burst", "32k", "latency", "400ms")
        }
    }

    /// Connections through the cable, as the server's end has them.
    package func connectionsAtServer() throws -> [Namespace.Connection] {
        try server.connections().filter { $0.localPort == Self.port && !$0.isLoopback }
    }
}
