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
    @Option(
        help: "Conversations, written to at random; by default a connection's own pair. At most half the connections squared.")
    var conversations: Int?
    @Flag(help: "A nonce on every message.") var nonces = false

    func run() async throws {
        let count = connections
        let partners = max(1, (conversations ?? 0) / max(1, count))
        guard partners * 2 < count || conversations == nil else {
            throw BenchFailure("More connections are needed for these conversations.")
        }
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(connections)
        let names = crowd.names
        let run = nonces ? UInt32.random(in: 1 ... .max) : nil
        let isPaired = conversations == nil
        let window = self.window
        Report.measuring()
        let before = try server.cost()
        let start = Date()
        try await crowd.each { member, index in
            // The same two never meet twice: each has the next ones on a circle.
            let targets = isPaired ? [names[(index ^ 1) % count]] : (1...partners).map { names[(index + $0) % count] }
            member.start(MessageLoad(targets: targets, command: "send destination=", window: window, run: run))
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
        report.add("server_cpu_microseconds_per_message", (after.cpu - before.cpu) * 1e6 / Double(max(1, during.delivered)))
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
