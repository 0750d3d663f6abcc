import ArgumentParser
import Foundation
import NIOCore

/// Pages of a long conversation.
struct HistoryMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Pages of a long conversation, at random depth.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Messages that are stored first.") var messages = 1_000_000
    @Option(help: "Pages that are read.") var pages = 1000
    @Option(help: "Entries in a page.") var limit = 100

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(2)
        try await crowd.each { member, _ in
            member.start(MessageLoad(targets: ["user0"], command: "send destination=", window: 256, run: nil))
        }
        while try await crowd.tally().answered < messages { try await Task.sleep(for: .milliseconds(100)) }
        try await crowd.settle()

        Report.measuring()
        var generator = SystemRandomNumberGenerator()
        var times: [UInt64] = []
        for _ in 0..<pages {
            let before = Int.random(in: 1...(messages / 2), using: &generator)
            let start = NIODeadline.now()
            let page = try await crowd.answer(
                crowd.members[0], "history conversation=@user1&before=\(before)&limit=\(limit)")
            times.append(UInt64((NIODeadline.now() - start).nanoseconds))
            guard try Crowd.object(page)["status"] as? String == "OK" else { throw BenchFailure(String(buffer: page)) }
        }
        var report = Report("history")
        report.add("messages", Double(messages))
        report.add("page", times)
        try report.write()
        try server.stop()
    }
}
