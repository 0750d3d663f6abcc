import Foundation

/// What a server bore of direct messages.
struct DirectLoad {
    private let delivered: Int
    private let elapsed: Double
    private let cpu: Double
    private let resident: Int
    private let latencies: [UInt64]
    private let total: LoadConnection.Tally

    /// Everything that was acknowledged was delivered, once, in order.
    var isRight: Bool { total.answered == total.delivered && total.misordered == 0 && total.refused == 0 }

    var deliveredPerSecond: Double { Double(delivered) / elapsed }

    /// Measures so many seconds of what `start` sets going, and waits until the last message is answered.
    static func run(
        _ crowd: Crowd, _ server: MeasuredServer, seconds: Int, start: () async throws -> Void
    ) async throws -> DirectLoad {
        try await crowd.forgetTally()
        let before = try server.cost()
        let begun = Date()
        try await start()
        try await Task.sleep(for: .seconds(seconds))
        let during = try await crowd.tally()
        let elapsed = Date().timeIntervalSince(begun)
        let after = try server.cost()
        try await crowd.settle()
        return DirectLoad(
            delivered: during.delivered, elapsed: elapsed, cpu: after.cpu - before.cpu, resident: after.resident,
            latencies: during.latencies, total: try await crowd.tally())
    }

    fileprivate func add(to report: inout Report) {
        report.add("delivered_per_second", deliveredPerSecond)
        report.add("delivered_per_server_cpu_second", Double(delivered) / max(0.001, cpu))
        report.add("server_cpu_microseconds_per_message", cpu * 1e6 / Double(max(1, delivered)))
        report.add("answer", latencies)
        report.add("lost", Double(total.answered - total.delivered))
        report.add("misordered", Double(total.misordered))
        report.add("refused", Double(total.refused))
        report.add("server_cpu_seconds", cpu)
        report.add("server_resident_mib", Double(resident) / 1_048_576)
    }

    /// The latencies, under a name of their own.
    func addAnswers(to report: inout Report, as name: String) { report.add(name, latencies) }
}

extension Report {
    mutating func add(_ load: DirectLoad) { load.add(to: &self) }
}
