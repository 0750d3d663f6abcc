import ArgumentParser
import Foundation

/// A large file up and down, and what people who chat meanwhile notice of it.
struct FileMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "file", abstract: "A file up and down, in chunks of 1 MiB.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Size in MiB.") var size = 512
    @Option(
        help: ArgumentHelp(
            "Messages a second of twenty others: how long answers take without a file, and beside one.", valueName: "count"))
    var rate: Int?

    private static let seconds = 5

    private enum Direction { case up, down }

    func run() async throws {
        let server = try MeasuredServer(common)
        let crowd = Crowd(port: server.port)
        try await crowd.fill(2)
        let transfer = FileTransfer(crowd: crowd, size: size)
        var report = Report("file")
        var file = ""
        report.add("up_megabytes_per_second", try await transfer.speed { file = try await transfer.upload(0) })
        report.add("down_megabytes_per_second", try await transfer.speed { try await transfer.download(file) })
        var isRight = true
        if let rate { isRight = try await chat(at: rate, server, &report) }
        try report.write()
        try server.stop()
        if !isRight { throw ExitCode.failure }
    }

    private func chat(at rate: Int, _ server: MeasuredServer, _ report: inout Report) async throws -> Bool {
        let crowd = Crowd(port: server.port)
        try await crowd.fill(20)
        Report.measuring()
        report.add("rate", Double(rate))
        var isRight = true
        for (direction, name) in [(nil, "alone"), (.up, "beside_up"), (.down, "beside_down")] as [(Direction?, String)] {
            let transfers = direction.map { keepTransferring($0, port: server.port) }
            if transfers != nil { try await Task.sleep(for: .seconds(1)) }
            let load = try await DirectLoad.run(crowd, server, seconds: Self.seconds) { try await crowd.pace(rate) }
            transfers?.cancel()
            if let transfers { report.add("\(name)_megabytes_per_second", try await transfers.value) }
            load.addAnswers(to: &report, as: "answer_\(name)")
            isRight = isRight && load.isRight
        }
        return isRight
    }

    /// Files, one after the other, until it is cancelled.
    /// - Returns: megabytes a second.
    private func keepTransferring(_ direction: Direction, port: Int) -> Task<Double, any Error> {
        let size = self.size
        return Task {
            let crowd = Crowd(port: port)
            try await crowd.fill(2)
            let transfer = FileTransfer(crowd: crowd, size: size)
            let file = try await transfer.upload(100)
            var (count, sum) = (0, 0.0)
            while !Task.isCancelled {
                count += 1
                let number = count
                switch direction {
                case .up: sum += try await transfer.speed { _ = try await transfer.upload(100 + number) }
                case .down: sum += try await transfer.speed { try await transfer.download(file) }
                }
            }
            return sum / Double(max(1, count))
        }
    }
}
