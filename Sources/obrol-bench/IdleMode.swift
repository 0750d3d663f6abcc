import ArgumentParser
import Foundation

/// Connections that do nothing.
struct IdleMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "idle", abstract: "Memory of connections that wait.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Connections, subscribed by the tokens of a few accounts.") var connections = 10_000

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(10)
        Report.measuring()
        let before = try server.cost()
        for number in 0..<connections {
            let connection = try await crowd.connect()
            _ = try await crowd.ask(connection, "subscribe session=\(crowd.tokens[number % 10])")
        }
        let after = try server.cost()
        var report = Report("idle")
        report.add("connections", Double(connections))
        report.add("resident_bytes_per_connection", Double(after.resident - before.resident) / Double(connections))
        report.add("server_resident_mib", Double(after.resident) / 1_048_576)
        try report.write()
        try server.stop()
    }
}
