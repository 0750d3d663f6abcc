import ArgumentParser
import Foundation
import NIOCore

/// What the machine takes before any server runs: other figures are to be held against it.
struct MachineMode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machine",
        abstract: "The machine itself: how long its disk takes to sync, and for how long nothing runs.",
        discussion: """
            A virtual machine is stopped now and then while its neighbours run: no answer comes meanwhile, whatever the \
            server. Take these figures just before or after the others.
            """)

    @Option(help: ArgumentHelp("Folder on the disk; a temporary one by default.", valueName: "dir"))
    var dataDir: String?
    @Option(help: "Seconds for each figure.") var seconds = 3.0

    /// About what the log of a small commit is.
    private static let commitBytes = 8192
    /// What is overwritten: about what the server's log is.
    private static let logBytes = 8 << 20
    /// A loop that does nothing but look at the clock is held up by more than this only if it does not run.
    private static let stall: UInt64 = 1_000_000

    func run() async throws {
        var report = Report("machine")
        report.add("append_and_sync", try syncs(overwriting: false))
        report.add("overwrite_and_sync", try syncs(overwriting: true))
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let stalls = await withTaskGroup { group in
            for _ in 0..<cores { group.addTask { timesHeldUp() } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        report.add("cores", Double(cores))
        report.add("stalls_over_1_ms_each_second", Double(stalls.count) / seconds / Double(cores))
        report.add("stalled_percent", Double(stalls.reduce(0, +)) / 1e7 / seconds / Double(cores))
        report.add("longest_stall_ms", Double(stalls.max() ?? 0) / 1e6)
        try report.write()
    }

    /// Nanoseconds from the write of a small commit until it is durable.
    private func syncs(overwriting: Bool) throws -> [UInt64] {
        let folder = URL(fileURLWithPath: dataDir ?? FileManager.default.temporaryDirectory.path)
        let path = folder.appendingPathComponent("obrol-bench-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: path, contents: overwriting ? Data(count: Self.logBytes) : nil),
            let file = FileHandle(forUpdatingAtPath: path)
        else { throw BenchFailure("\(path) cannot be written") }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let commit = Data(repeating: 1, count: Self.commitBytes)
        try file.synchronize()
        var times: [UInt64] = []
        let end = NIODeadline.now() + .milliseconds(Int64(seconds * 1000))
        while NIODeadline.now() < end {
            if overwriting { try file.seek(toOffset: UInt64(times.count * Self.commitBytes % Self.logBytes)) }
            let start = NIODeadline.now()
            try file.write(contentsOf: commit)
            guard fdatasync(file.fileDescriptor) == 0 else { throw BenchFailure("\(path) cannot be synced") }
            times.append(UInt64((NIODeadline.now() - start).nanoseconds))
        }
        try file.close()
        return times
    }

    /// Nanoseconds of each time that a loop was held up.
    private func timesHeldUp() -> [UInt64] {
        var stalls: [UInt64] = []
        var last = NIODeadline.now()
        let end = last + .milliseconds(Int64(seconds * 1000))
        while last < end {
            let now = NIODeadline.now()
            let gap = UInt64((now - last).nanoseconds)
            if gap > Self.stall { stalls.append(gap) }
            last = now
        }
        return stalls
    }
}
