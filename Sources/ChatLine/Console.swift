import ChatText
import Glibc

/// Standard input and output: lines in, lines out, and on a terminal a prompt that comes back after what arrived.
///
/// The terminal stays as it is (cooked), so that the line editing, the input method and the screen reader of the
/// person work as ever.
final class Console {
    /// Prompts are shown, and what arrives is printed at once.
    let isTerminal: Bool
    /// Nobody reads any more.
    private(set) var outputIsClosed = false

    private let wake: WakePipe
    private var buffer: [UInt8] = []
    private var inputEnded = false
    /// The cursor stands behind a prompt.
    private var isAtPrompt = false

    /// A line longer than this is no line.
    private static let longestLine = 1024 * 1024

    enum Input {
        case line(String)
        /// With the reason.
        case unreadable(Sentence)
        case end
    }

    init(wake: WakePipe) {
        self.wake = wake
        isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    }

    // MARK: Output

    /// Prints a line; its text has been cleaned.
    func print(_ text: String) {
        if isAtPrompt {
            isAtPrompt = false
            write("\n", to: STDOUT_FILENO)
        }
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// Says what went wrong, or what is good to know; from a pipe, where it does not disturb what is read.
    func remark(_ text: String) {
        if isTerminal { print(text) } else { write(text + "\n", to: STDERR_FILENO) }
    }

    private func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                if descriptor == STDOUT_FILENO { outputIsClosed = true }
                return
            }
        }
    }

    // MARK: Input

    /// The next line. While it is waited for, `arrived` is called whenever something happened.
    func readLine(prompt: String, arrived: () -> Void) -> Input {
        while true {
            if let input = takeLine() {
                // ^D leaves the cursor where it was.
                if case .end = input, isAtPrompt { write("\n", to: STDOUT_FILENO) }
                isAtPrompt = false
                return input
            }
            if isTerminal && !isAtPrompt {
                write(prompt + " ", to: STDOUT_FILENO)
                isAtPrompt = true
            }
            if outputIsClosed { return .end }
            var waiting = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waiting, 2, -1) > 0 else { continue }
            if waiting[1].revents != 0 {
                wake.drain()
                arrived()
            }
            if waiting[0].revents != 0 { readMore() }
        }
    }

    /// As `readLine`, without showing what is typed: where somebody types, wherever the output goes.
    func readSecret(prompt: String, arrived: () -> Void) -> Input {
        guard let echo = HiddenEcho() else { return readLine(prompt: prompt, arrived: arrived) }
        let person = isTerminal ? STDOUT_FILENO : Self.openTerminal()
        if !isTerminal { write(prompt + " ", to: person) }
        let input = readLine(prompt: prompt, arrived: arrived)
        echo.restore()
        // Enter was not shown either.
        if case .end = input, isTerminal {} else { write("\n", to: person) }
        if !isTerminal { close(person) }
        return input
    }

    /// Where the person reads who types, whatever the output is.
    private static func openTerminal() -> Int32 {
        let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
        return terminal >= 0 ? terminal : dup(STDERR_FILENO)
    }

    /// Waits until something happened, or for so long, but not for longer than a minute.
    func waitForArrival(atMost time: Duration) {
        let milliseconds = Int32(min(time, .seconds(60)) / .milliseconds(1)) + 1
        var waiting = pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)
        if poll(&waiting, 1, milliseconds) > 0 { wake.drain() }
    }

    private func takeLine() -> Input? {
        guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else {
            if buffer.count > Self.longestLine {
                buffer = []
                inputEnded = true
                return .unreadable(.lineInputTooLong)
            }
            guard inputEnded else { return nil }
            defer { buffer = [] }
            return buffer.isEmpty ? .end : Self.text(buffer[...])
        }
        var line = buffer[..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let input = Self.text(line)
        buffer.removeSubrange(...end)
        return input
    }

    private static func text(_ line: ArraySlice<UInt8>) -> Input {
        String(validating: line, as: UTF8.self).map(Input.line) ?? .unreadable(.lineInputNotText)
    }

    private func readMore() {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count > 0 {
            buffer += chunk[..<count]
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            inputEnded = true
        }
    }
}
