import ArgumentParser
import Foundation
import NIOCore

/// A store that has grown, beside what it was when it was empty.
struct GrowthMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "Fills a store and compares: messages, pages of history, logins by token, the next start.",
        discussion: "With the defaults it takes some three minutes and 2 GB of disk.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Entries that are stored in between.") var entries = 10_000_000
    @Option(help: "Conversations that they are spread over at random.") var conversations = 100_000
    @Option(help: "Connections; their square is at least twice the conversations.") var connections = 460
    @Option(help: "Pages of history of each kind.") var pages = 1000
    @Option(help: "Logins by token.") var logins = 10_000

    /// Of the crowd, who take part in what is compared.
    private static let compared = 100
    private static let seconds = 4
    /// Runs, of which the middle one counts: a disk that still writes what came before is no rare thing.
    private static let runs = 3

    func validate() throws {
        guard conversations / max(1, connections) * 2 < connections, connections >= Self.compared else {
            throw ValidationError("More connections are needed for these conversations.")
        }
    }

    func run() async throws {
        var common = self.common
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("obrol-bench-\(UUID().uuidString)").path
        common.dataDir = common.dataDir ?? folder
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(connections)
        var report = Report("growth")
        Report.measuring()

        let before = try await compare(crowd, server)
        try await fill(crowd)
        let after = try await compare(crowd, server)
        report.add("entries", Double(entries))
        report.add("conversations", Double(conversations))
        report.add("empty_delivered_per_second", before.deliveredPerSecond)
        report.add("full_delivered_per_second", after.deliveredPerSecond)
        report.add("full_of_empty", after.deliveredPerSecond / before.deliveredPerSecond)
        before.addAnswers(to: &report, as: "empty_answer")
        after.addAnswers(to: &report, as: "full_answer")
        report.add("page_of_any_conversation", try await pages(crowd) { Int.random(in: 0..<crowd.names.count) })
        report.add("page_of_a_long_conversation", try await pages(crowd) { 0 })
        report.add("reconnects_per_second", try await Reconnecting.run(crowd, port: server.port, count: logins))
        report.add("server_resident_mib", Double(try server.cost().resident) / 1_048_576)
        try server.stop()

        let again = try MeasuredServer(common)
        report.add("next_start_seconds", again.startup)
        report.add("next_start_resident_mib", Double(try again.cost().resident) / 1_048_576)
        try again.stop()
        try report.write()
        if !before.isRight || !after.isRight { throw ExitCode.failure }
    }

    private func compare(_ crowd: Crowd, _ server: MeasuredServer) async throws -> DirectLoad {
        var loads: [DirectLoad] = []
        for _ in 0..<Self.runs {
            loads.append(
                try await DirectLoad.run(crowd, server, seconds: Self.seconds) {
                    try await crowd.write(window: 16, first: Self.compared)
                })
        }
        if let wrong = loads.first(where: { !$0.isRight }) { return wrong }
        return loads.sorted { $0.deliveredPerSecond < $1.deliveredPerSecond }[Self.runs / 2]
    }

    private func fill(_ crowd: Crowd) async throws {
        try await crowd.forgetTally()
        try await crowd.write(window: 32, conversations: conversations)
        while try await crowd.tally().answered < entries { try await Task.sleep(for: .milliseconds(200)) }
        try await crowd.settle()
    }

    /// Nanoseconds that pages of 100 took, of random depth in conversations of this member's.
    /// - Parameter member: who asks. The conversation with its pair is long, those with others are short.
    private func pages(_ crowd: Crowd, member: () -> Int) async throws -> [UInt64] {
        let partners = max(1, conversations / connections)
        var times: [UInt64] = []
        for _ in 0..<pages {
            let index = member()
            let isLong = index == 0
            let other = isLong ? 1 : (index + Int.random(in: 1...partners)) % crowd.names.count
            let conversation = "conversation=@\(crowd.names[other])"
            let newest = try await crowd.ask(crowd.members[index], "history \(conversation)&limit=1")
            guard let last = (newest["entries"] as? [[String: Any]])?.last?["seq"] as? Int else {
                throw BenchFailure("history: \(newest)")
            }
            let before = Int.random(in: min(100, last)...last)
            let start = NIODeadline.now()
            let page = try await crowd.answer(crowd.members[index], "history \(conversation)&before=\(before)&limit=100")
            times.append(UInt64((NIODeadline.now() - start).nanoseconds))
            guard try Crowd.object(page)["status"] as? String == "OK" else { throw BenchFailure(String(buffer: page)) }
        }
        return times
    }
}
