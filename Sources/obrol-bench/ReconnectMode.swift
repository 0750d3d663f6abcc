import ArgumentParser
import Foundation

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
        let tokens = crowd.tokens
        Report.measuring()
        let before = try server.cost()
        let start = Date()
        var done = 0
        while done < count {
            let batch = min(atOnce, count - done)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<batch {
                    let token = tokens[(done + number) % tokens.count]
                    let port = server.port
                    group.addTask {
                        let crowd = Crowd(port: port)
                        let connection = try await crowd.connect()
                        _ = try await crowd.ask(connection, "subscribe session=\(token)")
                        try await crowd.close(connection)
                    }
                }
                try await group.waitForAll()
            }
            done += batch
        }
        let elapsed = Date().timeIntervalSince(start)
        let after = try server.cost()
        var report = Report("reconnect")
        report.add("reconnects_per_second", Double(count) / elapsed)
        report.add("server_cpu_microseconds_each", (after.cpu - before.cpu) * 1e6 / Double(count))
        try report.write()
        try server.stop()
    }
}
