import CSys
import Glibc

/// A program running on a pseudo-terminal, with a screen that shows what it writes. It is killed when this goes away.
///
/// Nothing here sleeps: waiting is done in `poll` on the terminal, until what is waited for is seen.
package final class PseudoTerminal {
    package let screen: TerminalScreen
    package let processID: Int32
    /// Everything the program has written, in order.
    package private(set) var output: [UInt8] = []
    /// Set once the program has ended and its output was read to the end.
    package private(set) var exit: Exit?

    private let descriptor: Int32
    private let childDescriptor: Int32
    private let initialModes: termios

    package enum Exit: Hashable, Sendable {
        case code(Int)
        case signal(Int)
    }

    package struct SpawnFailure: Error, CustomStringConvertible {
        package let path: String
        package let code: Int32
        package var description: String { "cannot start \(path): \(String(cString: strerror(code)))" }
    }

    /// Starts the program with these arguments (its name is put before them) and exactly this environment.
    package init(
        _ path: String, arguments: [String] = [], environment: [String: String] = PseudoTerminal.standardEnvironment,
        directory: String? = nil, columns: Int = 80, rows: Int = 24
    ) throws {
        var controller: Int32 = -1
        let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let child = withCStrings([path] + arguments) { arguments in
            withCStrings(variables) { environment in
                csys_spawn_on_pty(path, arguments, environment, directory, UInt16(columns), UInt16(rows), &controller)
            }
        }
        guard child > 0 else { throw SpawnFailure(path: path, code: errno) }
        processID = child
        descriptor = controller
        childDescriptor = csys_pidfd(child)
        screen = TerminalScreen(columns: columns, rows: rows)
        initialModes = Self.modesOfNewTerminal()
    }

    deinit {
        if exit == nil {
            kill(processID, SIGKILL)
            var code: Int32 = 0
            var signal: Int32 = 0
            _ = csys_wait_child(processID, 1, &code, &signal)
        }
        close(descriptor)
        close(childDescriptor)
    }

    /// What a terminal of today says about itself, in English, and nothing of the person who runs the tests.
    package static let standardEnvironment = [
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]

    // MARK: Typing

    package func send(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest.removeFirst(count) } else if errno != EINTR { return }
        }
    }

    package func send(_ text: String) {
        send(text.utf8)
    }

    package enum Key: String, Sendable {
        case enter = "\r"
        case lineFeed = "\n"
        case tab = "\t"
        case shiftTab = "\u{1B}[Z"
        case escape = "\u{1B}"
        case backspace = "\u{7F}"
        case up = "\u{1B}[A"
        case down = "\u{1B}[B"
        case right = "\u{1B}[C"
        case left = "\u{1B}[D"
        case home = "\u{1B}[H"
        case end = "\u{1B}[F"
        case pageUp = "\u{1B}[5~"
        case pageDown = "\u{1B}[6~"
        case delete = "\u{1B}[3~"
        case f1 = "\u{1B}OP"
        case f2 = "\u{1B}OQ"
        case f3 = "\u{1B}OR"
        case f4 = "\u{1B}OS"
        case f5 = "\u{1B}[15~"
        case f6 = "\u{1B}[17~"
        case f7 = "\u{1B}[18~"
        case f8 = "\u{1B}[19~"
        case altUp = "\u{1B}[1;3A"
        case altDown = "\u{1B}[1;3B"
    }

    package func sendKey(_ key: Key) {
        send(key.rawValue)
    }

    /// ^A is `sendControl("a")`.
    package func sendControl(_ letter: Character) {
        guard let ascii = letter.asciiValue else { return }
        send([ascii & 0x1F])
    }

    package func sendAlt(_ letter: Character) {
        send("\u{1B}\(letter)")
    }

    /// Text as a terminal pastes it.
    package func paste(_ text: String) {
        send("\u{1B}[200~\(text)\u{1B}[201~")
    }

    /// Changes the size of the window; the program is told by SIGWINCH.
    package func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        _ = csys_set_window_size(descriptor, UInt16(columns), UInt16(rows))
    }

    package func sendSignal(_ signal: Int32) {
        kill(processID, signal)
    }

    // MARK: Watching

    /// Reads what the program writes until the condition holds. False if it does not in time, or the program has ended
    /// without.
    package func waitUntil(timeout: Duration = .seconds(10), _ condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + timeout
        while !condition() {
            guard exit == nil, pump(until: deadline) else { return condition() }
        }
        return true
    }

    /// Waits until the screen shows the text in one of its rows.
    package func waitFor(_ text: String, timeout: Duration = .seconds(10)) -> Bool {
        waitUntil(timeout: timeout) { screen.contains(text) }
    }

    /// Waits until the program has ended. Absent if it has not in time.
    package func waitForExit(timeout: Duration = .seconds(10)) -> Exit? {
        _ = waitUntil(timeout: timeout) { exit != nil }
        return exit
    }

    /// Reads until the program has been silent for so long; true if it was before the timeout.
    package func waitForSilence(_ silence: Duration = .milliseconds(100), timeout: Duration = .seconds(10)) -> Bool {
        let deadline = ContinuousClock.now + timeout
        while ContinuousClock.now < deadline {
            if exit != nil || !pump(until: .now + silence) { return true }
        }
        return false
    }

    /// Whether the modes of the terminal are what they were before the program started.
    package var modesAreRestored: Bool {
        let modes = Self.modes(of: descriptor)
        return modes.c_iflag == initialModes.c_iflag && modes.c_oflag == initialModes.c_oflag
            && modes.c_cflag == initialModes.c_cflag && modes.c_lflag == initialModes.c_lflag
    }

    /// Whether keys reach the program one by one, without the terminal acting on them.
    package var isRaw: Bool {
        Self.modes(of: descriptor).c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0
    }

    /// Waits once for output. False if the time was up.
    private func pump(until deadline: ContinuousClock.Instant) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&entry, 1, milliseconds(until: deadline))
        if ready < 0 { return errno == EINTR }
        if ready == 0 { return false }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            output += buffer.prefix(count)
            screen.feed(buffer.prefix(count))
            send(screen.takeReplies())
        } else if count == 0 || errno == EIO {
            // Nobody has the other end any more, but the program may still be about its last things.
            var ended = pollfd(fd: childDescriptor, events: Int16(POLLIN), revents: 0)
            if poll(&ended, 1, milliseconds(until: deadline)) <= 0 { return false }
            reap()
        }
        return true
    }

    private func reap() {
        var code: Int32 = 0
        var signal: Int32 = 0
        guard exit == nil, csys_wait_child(processID, 1, &code, &signal) == processID else { return }
        exit = signal > 0 ? .signal(Int(signal)) : .code(Int(code))
    }

    /// Those of another new one: by now the program may have changed its own.
    private static func modesOfNewTerminal() -> termios {
        var controller: Int32 = -1
        var terminal: Int32 = -1
        guard csys_open_pty(&controller, &terminal, 80, 24) == 0 else { return termios() }
        defer {
            close(controller)
            close(terminal)
        }
        return modes(of: controller)
    }

    private static func modes(of descriptor: Int32) -> termios {
        var modes = termios()
        tcgetattr(descriptor, &modes)
        return modes
    }
}

private func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let (seconds, attoseconds) = (deadline - .now).components
    if seconds < 0 || attoseconds < 0 { return 0 }
    return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
}

/// Lends an array of C strings that ends with NULL.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
