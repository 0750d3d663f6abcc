import ArgumentParser
import Foundation

/// 64-byte direct messages between pairs.
struct DirectMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dm", abstract: "Direct messages: pairs of clients, each sending to the other.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Connections, two to a pair.") var connections = 100
    @Option(help: "Messages in flight per sender.") var window = 16
    @Option(help: "Seconds.") var seconds = 5
    @Option(help: "Partners of each sender, written to in turn: more conversations than pairs.") var partners = 1
    @Flag(help: "A nonce on every message.") var nonces = false

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(connections)
        let names = crowd.names
        let (window, nonces, partners, count) = (self.window, self.nonces, self.partners, connections)
        let before = try server.cost()
        let start = Date()
        try await crowd.each { member, index in
            let targets = (0..<partners).map { names[(index ^ 1 + 2 * $0) % count] }
            member.start(targets: targets, command: "send destination=", window: window, nonces: nonces)
        }
        try await Task.sleep(for: .seconds(seconds))
        let during = try await crowd.tally()
        let elapsed = Date().timeIntervalSince(start)
        let after = try server.cost()
        try await crowd.settle()
        let total = try await crowd.tally()

        var report = Report("dm")
        report.add("window", Double(window))
        report.add("delivered_per_second", Double(during.delivered) / elapsed)
        report.add("delivered_per_server_cpu_second", Double(during.delivered) / max(0.001, after.cpu - before.cpu))
        report.add("answer", during.latencies)
        report.add("lost", Double(total.answered - total.delivered))
        report.add("misordered", Double(total.misordered))
        report.add("refused", Double(total.refused))
        report.add("server_cpu_seconds", after.cpu - before.cpu)
        report.add("server_resident_mib", Double(after.resident) / 1_048_576)
        try report.write()
        try server.stop()
        if total.answered != total.delivered || total.misordered > 0 || total.refused > 0 { throw ExitCode.failure }
    }
}
