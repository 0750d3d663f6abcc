import Foundation

/// A server of its own process on a free port, with what it costs.
final class MeasuredServer {
    let port: Int
    /// Seconds from the start of the process until it listened.
    let startup: Double
    private let process = Process()
    private let folder: String
    private let ownsFolder: Bool
    private var isStopped = false

    /// What the process has used so far.
    struct Cost {
        /// Processor time, in seconds.
        var cpu: Double
        /// Resident memory, in bytes.
        var resident: Int
    }

    init(_ options: CommonOptions) throws {
        ownsFolder = options.dataDir == nil
        folder =
            options.dataDir
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("obrol-bench-\(UUID().uuidString)").path
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        process.executableURL = beside.appendingPathComponent("obrold")
        process.arguments = [
            "--data-dir", folder, "--listen", "127.0.0.1:0", "--log-level", "error", "--requests-per-second", "0",
            "--threads", "\(options.threads)",
        ]
        let output = Pipe()
        process.standardOutput = output
        let start = Date()
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchFailure("obrold did not start: build it with the same configuration.") }
            line.append(more)
        }
        startup = Date().timeIntervalSince(start)
        let text = String(decoding: line, as: UTF8.self)
        guard let match = text.firstMatch(of: /127\.0\.0\.1:(\d+)/), let port = Int(match.1) else {
            throw BenchFailure("obrold said \"\(text)\".")
        }
        self.port = port
    }

    func cost() throws -> Cost {
        let pid = process.processIdentifier
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = stat.suffix(from: stat.lastIndex(of: ")") ?? stat.startIndex).split(separator: " ")
        guard fields.count > 22, let user = Double(fields[12]), let system = Double(fields[13]), let pages = Int(fields[22])
        else {
            throw BenchFailure("/proc/\(pid)/stat is not as expected.")
        }
        return Cost(cpu: (user + system) / Double(sysconf(Int32(_SC_CLK_TCK))), resident: pages * sysconf(Int32(_SC_PAGESIZE)))
    }

    func stop() throws {
        isStopped = true
        process.terminate()
        process.waitUntilExit()
        if ownsFolder { try FileManager.default.removeItem(atPath: folder) }
    }

    /// A run that failed leaves neither the process nor its data.
    deinit {
        guard !isStopped else { return }
        do { try stop() } catch { FileHandle.standardError.write(Data("\(folder) was not removed: \(error)\n".utf8)) }
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
