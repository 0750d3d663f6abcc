import ArgumentParser

/// Clients that come back by their tokens.
struct ReconnectMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reconnect", abstract: "Logins by token a second.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Connections that are made and logged in.") var count = 20_000
    @Option(help: "Of them, at once.") var atOnce = 50

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(10)
        Report.measuring()
        let before = try server.cost()
        let perSecond = try await Reconnecting.run(crowd, port: server.port, count: count, atOnce: atOnce)
        let after = try server.cost()
        var report = Report("reconnect")
        report.add("reconnects_per_second", perSecond)
        report.add("server_cpu_microseconds_each", (after.cpu - before.cpu) * 1e6 / Double(count))
        try report.write()
        try server.stop()
    }
}
