import Foundation

/// The programs that were built with the tests: they lie beside the test bundle.
public enum BuiltProgram {
    /// - Parameter name: `obrol`, `obrol-line` or `obrold`.
    public static func path(_ name: String) throws -> String {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent(name).path
            if FileManager.default.isExecutableFile(atPath: candidate), !isDirectory(candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        throw TestFailure("\(name) was not built beside the tests.")
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}

/// A server as a process of its own, to be killed.
public final class ServerProcess {
    public let port: Int
    private let process: Process

    /// - Parameters:
    ///   - log: a file that takes everything the server logs; without one only errors are logged, to ours.
    ///   - arguments: besides the data folder and the address.
    ///   - environment: besides ours.
    ///   - entrance: a program that starts it, with its arguments: into a `Namespace`, or within limits.
    package init(
        dataDirectory: String, port: Int = 0, log: String? = nil, arguments: [String] = [],
        environment added: [String: String] = [:], through entrance: [String] = []
    ) throws {
        let process = Process()
        let words =
            entrance + [
                try BuiltProgram.path("obrold"), "--data-dir", dataDirectory, "--listen", "127.0.0.1:\(port)", "--log-level",
                log == nil ? "error" : "trace",
            ] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        if let log {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
            process.standardError = FileHandle(forWritingAtPath: log)
        }
        let output = Pipe()
        process.standardOutput = output
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment.merging(added) { $1 }
        try process.run()
        self.process = process
        // One line says where it listens; without it the server has ended.
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw TestFailure("obrold ended before it listened.") }
            line.append(more)
        }
        let text = String(decoding: line, as: UTF8.self)
        guard let number = text.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.1, let port = Int(number) else {
            throw TestFailure("obrold said \"\(text)\".")
        }
        self.port = port
    }

    /// `kill -9`.
    public func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Ends it as an administrator would.
    /// - Returns: its exit status.
    public func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Waits until it has ended by itself.
    /// - Returns: its exit status; of a signal the number below zero.
    public func waitForEnd() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    }

    /// Bytes of memory that it holds right now.
    public func residentMemory() throws -> Int { try memory(/VmRSS:\s+(\d+) kB/) }

    /// The most that it ever held, in bytes.
    public func peakMemory() throws -> Int { try memory(/VmHWM:\s+(\d+) kB/) }

    private func memory(_ line: Regex<(Substring, Substring)>) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        guard let kilobytes = status.firstMatch(of: line)?.1, let number = Int(kilobytes) else {
            throw TestFailure("obrold's memory is not known: \(status)")
        }
        return number * 1024
    }

    deinit { if process.isRunning { kill() } }
}
