import Foundation
import Glibc

/// A network or mounts of some processes alone: what happens to them nobody else on this machine notices. They are gone
/// with the last of these processes. Only root may make one.
package final class Namespace {
    package enum Kind: String { case network = "--net", mounts = "--mount" }

    package static let isPermitted = (try? run(["/usr/bin/unshare", "--net", "--mount", "true"])) != nil

    /// Stays in it while nobody else is there.
    private let holder: PipedProcess
    /// Words that come before those of a program, to start it in here.
    package let entrance: [String]

    package init(of kind: Kind) async throws {
        holder = try PipedProcess("/usr/bin/unshare", arguments: [kind.rawValue, "cat"], environment: ["PATH": Self.path])
        entrance = ["/usr/bin/nsenter", "--target", "\(holder.processID)", kind.rawValue, "--"]
        // What comes back was read inside.
        holder.type(["inside"])
        try await holder.waitFor("inside")
    }

    package var processID: Int32 { holder.processID }

    /// Runs a program in here to its end.
    /// - Throws: `TestFailure` with what it complained about, if it did not succeed.
    package func run(_ words: String...) throws { try Self.run(entrance + words) }

    private static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    private static func run(_ words: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ["PATH": path]
        let complaints = Pipe()
        process.standardError = complaints
        try process.run()
        let text = try complaints.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TestFailure("\(words.joined(separator: " ")): \(String(decoding: text, as: UTF8.self))")
        }
    }

    // MARK: The network

    /// Does something with this network for one's own. A socket that is made there belongs to it for ever.
    package func inside<Value>(_ body: () throws -> Value) throws -> Value {
        let own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
        let other = open("/proc/\(processID)/ns/net", O_RDONLY | O_CLOEXEC)
        defer {
            close(own)
            close(other)
        }
        guard own >= 0, other >= 0, Self.enter(other) else {
            throw TestFailure("the other network: \(String(cString: strerror(errno)))")
        }
        defer { _ = Self.enter(own) }
        return try body()
    }

    /// `setns`, which `import Glibc` does not show. For the calling thread alone.
    private static func enter(_ network: CInt) -> Bool {
        typealias SetNamespace = @convention(c) (CInt, CInt) -> CInt
        guard let found = dlsym(nil, "setns") else { return false }
        return unsafeBitCast(found, to: SetNamespace.self)(network, 0) == 0
    }

    /// One connection that is established, as this end has it.
    package struct Connection {
        package let localPort, remotePort: Int
        /// Bytes that the other end has not acknowledged.
        package let unacknowledged: Int
        /// How often they were sent again in vain.
        package let retries: Int
        package let isLoopback: Bool
    }

    /// What the kernel says of the connections in here.
    package func connections() throws -> [Connection] {
        let table = try String(contentsOfFile: "/proc/\(processID)/net/tcp", encoding: .utf8)
        return table.split(separator: "\n").compactMap { line in
            // sl local_address rem_address st tx_queue:rx_queue tr:when retrnsmt …
            let words = line.split(whereSeparator: { " :".contains($0) }).map(String.init)
            guard words.count > 10, words[5] == "01" else { return nil }
            let numbers = [words[2], words[4], words[6], words[10]].compactMap { Int($0, radix: 16) }
            guard numbers.count == 4 else { return nil }
            return Connection(
                localPort: numbers[0], remotePort: numbers[1], unacknowledged: numbers[2], retries: numbers[3],
                isLoopback: words[1] == "0100007F")
        }
    }
}
