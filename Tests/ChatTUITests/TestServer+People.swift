import ChatTesting

extension TestServer {
    /// A server for as long as the body runs, and somebody at a terminal who has just registered: alam.
    static func withAlam(
        variables: [String: String] = [:], _ body: (TestServer, TerminalUser) async throws -> Void
    ) async throws {
        try await with { server in
            let alam = try TerminalUser(server.port, variables: variables)
            defer { alam.removeHome() }
            alam.register("alam")
            try await body(server, alam)
        }
    }

    /// The same with two, alam and firman, who know of each other.
    static func withAlamAndFirman(_ body: (TestServer, TerminalUser, TerminalUser) async throws -> Void) async throws {
        try await withAlam { server, alam in
            let firman = try TerminalUser(server.port)
            defer { firman.removeHome() }
            firman.register("firman")
            try alam.see("● firman")
            try firman.see("● alam")
            try await body(server, alam, firman)
        }
    }
}
