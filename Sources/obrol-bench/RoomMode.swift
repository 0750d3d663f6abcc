import ArgumentParser
import Foundation

/// One sender, many listeners.
struct RoomMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "room", abstract: "A room: every member sends and hears all others.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Members of the room.") var members = 200
    @Option(help: "Of them, how many send.") var senders = 1
    @Option(help: "Messages in flight per sender.") var window = 16
    @Option(help: "Seconds.") var seconds = 5
    @Flag(help: "A nonce on every message.") var nonces = false

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(members)
        for member in crowd.members { _ = try await crowd.ask(member, "room_join roomname=ramai") }
        // The joins of those who came later were delivered to those who came earlier.
        try await crowd.settle()
        let joins = try await crowd.tally().delivered
        let (senders, window, run) = (self.senders, self.window, MessageLoad.run(withNonces: nonces))
        Report.measuring()
        let before = try server.cost()
        let start = Date()
        try await crowd.each { member, index in
            guard index < senders else { return }
            member.start(MessageLoad(targets: ["ramai"], command: "room_chat roomname=", window: window, run: run))
        }
        try await Task.sleep(for: .seconds(seconds))
        let during = try await crowd.tally()
        let elapsed = Date().timeIntervalSince(start)
        let after = try server.cost()
        try await crowd.settle()
        let total = try await crowd.tally()

        var report = Report("room")
        report.add("window", Double(window))
        report.add("deliveries_per_second", Double(during.delivered - joins) / elapsed)
        report.add("deliveries_per_server_cpu_second", Double(during.delivered - joins) / max(0.001, after.cpu - before.cpu))
        report.add("answer", during.latencies)
        report.add("lost", Double(total.answered * (members - 1) - (total.delivered - joins)))
        report.add("misordered", Double(total.misordered))
        report.add("server_resident_mib", Double(after.resident) / 1_048_576)
        try report.write()
        try server.stop()
        if total.answered * (members - 1) != total.delivered - joins || total.misordered > 0 { throw ExitCode.failure }
    }
}
