import ArgumentParser
import Foundation

/// 64-byte direct messages between pairs.
struct DirectMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dm", abstract: "Direct messages: pairs of clients, each sending to the other.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Connections, two to a pair.") var connections = 100
    @Option(help: "Messages in flight per sender.") var window = 16
    @Option(
        help: ArgumentHelp(
            "Messages a second, all together, sent whether or not those before are answered; instead of a window.",
            valueName: "count"))
    var rate: Int?
    @Option(help: "At a rate, messages that a sender sends at once.") var burst = 1
    @Option(help: "Seconds.") var seconds = 5
    @Option(
        help: "Conversations, written to at random; by default a connection's own pair. At most half the connections squared.")
    var conversations: Int?
    @Flag(help: "A nonce on every message.") var nonces = false

    func validate() throws {
        if let conversations, conversations / max(1, connections) * 2 >= connections {
            throw ValidationError("More connections are needed for these conversations.")
        }
        guard burst > 0 else { throw ValidationError("A burst is at least one message.") }
        if rate != nil, conversations != nil {
            throw ValidationError("At a rate each connection writes to its own pair.")
        }
    }

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(connections)
        Report.measuring()
        let load = try await DirectLoad.run(crowd, server, seconds: seconds) {
            let run = MessageLoad.run(withNonces: nonces)
            if let rate { return try await crowd.pace(rate, burst: burst, run: run) }
            try await crowd.write(window: window, conversations: conversations, run: run)
        }

        var report = Report("dm")
        if let rate { report.add("rate", Double(rate)) } else { report.add("window", Double(window)) }
        report.add(load)
        try report.write()
        try server.stop()
        if !load.isRight { throw ExitCode.failure }
    }
}
