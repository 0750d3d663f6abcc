import CSys
import Glibc

/// A program with pipes for its input and output. It is killed when this goes away.
///
/// Its pipes are nobody else's: a child that another test starts meanwhile does not keep them open.
package final class PipedProcess {
    package struct Ending: Sendable {
        package let status: Int32
        package let output: String
        package let errors: String

        package var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    package var processID: Int32 { process }
    private let process: pid_t
    private var input: Int32
    private let outputEnd: Int32
    private let errorEnd: Int32
    private var outputBytes: [UInt8] = []
    private var errorBytes: [UInt8] = []
    private var openEnds = 2
    private var hasBeenReaped = false

    /// Starts the program with these arguments (its name is put before them) and exactly this environment.
    package init(_ path: String, arguments: [String] = [], environment: [String: String]) throws {
        let (standardInput, standardOutput, standardError) = (try Self.makePipe(), try Self.makePipe(), try Self.makePipe())
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        process = csys_spawn(path, &words, &variables, nil, standardInput.read, standardOutput.write, standardError.write)
        for word in words + variables { free(word) }
        for end in [standardInput.read, standardOutput.write, standardError.write] { close(end) }
        input = standardInput.write
        (outputEnd, errorEnd) = (standardOutput.read, standardError.read)
        guard process > 0 else { throw TestFailure("cannot start \(path): \(String(cString: strerror(errno)))") }
    }

    deinit {
        endInput()
        close(outputEnd)
        close(errorEnd)
        kill()
    }

    private static func makePipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TestFailure("pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    // MARK: Use

    package func type(_ lines: [String]) {
        // Nobody may die of a program that ended before it had read everything.
        signal(SIGPIPE, SIG_IGN)
        var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            if count > 0 { rest.removeFirst(count) } else if errno != EINTR { return }
        }
    }

    /// `kill -9`, and waits until it is gone.
    package func kill() {
        guard process > 0, !hasBeenReaped else { return }
        Glibc.kill(process, SIGKILL)
        var (code, signal): (Int32, Int32) = (0, 0)
        hasBeenReaped = csys_wait_child(process, 1, &code, &signal) == process
    }

    package func endInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    package var output: String { String(decoding: outputBytes, as: UTF8.self) }
    package var errors: String { String(decoding: errorBytes, as: UTF8.self) }

    /// Waits until the program has written this. The thread is left to others meanwhile.
    package func waitFor(_ text: String, timeout: Duration = .seconds(20)) async throws {
        try await wait(for: "\"\(text)\"", timeout) { output.contains(text) }
    }

    /// Ends the input and waits for the program.
    package func end(timeout: Duration = .seconds(30)) async throws -> Ending {
        endInput()
        var (code, signal): (Int32, Int32) = (0, 0)
        try await wait(for: "the end", timeout) {
            if openEnds == 0, !hasBeenReaped { hasBeenReaped = csys_wait_child(process, 0, &code, &signal) == process }
            return hasBeenReaped
        }
        return Ending(status: signal == 0 ? code : -signal, output: output, errors: errors)
    }

    private func wait(for what: String, _ timeout: Duration, _ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + timeout
        while true {
            pump()
            if condition() { return }
            guard ContinuousClock.now < deadline else {
                throw TestFailure("Never came: \(what). Output: \"\(output.suffix(2000))\" Errors: \"\(errors.suffix(2000))\"")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func pump() {
        openEnds = 2
        if !read(outputEnd, into: &outputBytes) { openEnds -= 1 }
        if !read(errorEnd, into: &errorBytes) { openEnds -= 1 }
    }

    /// Takes what is there. False at the end.
    private func read(_ end: Int32, into bytes: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            var entry = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 0) > 0 else { return true }
            let count = Glibc.read(end, &chunk, chunk.count)
            guard count > 0 else { return count < 0 && errno == EINTR }
            bytes += chunk[..<count]
        }
    }
}
