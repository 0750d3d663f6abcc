import CSys
import ChatTesting
import Glibc
import TerminalText
import Testing

@testable import ChatTerminal

/// ncurses has one state for the whole process, so these run one after another. Each drives a real ``Terminal`` on one end
/// of a pseudo-terminal, and looks at the other.
@Suite("The terminal", .serialized)
struct TerminalTests {
    /// Both ends of a small pseudo-terminal; small enough for all that is written to fit into the kernel's buffer.
    final class Bench {
        let controller: Int32
        let terminalEnd: Int32
        let screen: TerminalScreen
        private(set) var output: [UInt8] = []

        init(columns: Int = 30, rows: Int = 6) throws {
            var ends: (Int32, Int32) = (-1, -1)
            try #require(csys_open_pty(&ends.0, &ends.1, UInt16(columns), UInt16(rows)) == 0)
            (controller, terminalEnd) = ends
            screen = TerminalScreen(columns: columns, rows: rows)
        }

        deinit {
            close(controller)
            close(terminalEnd)
        }

        func options(_ type: String = "xterm-256color", colorTerm: String = "", refusesColor: Bool = false) -> Terminal.Options {
            var options = Terminal.Options()
            options.environment = TerminalEnvironment(type: type, colorTerm: colorTerm, refusesColor: refusesColor)
            options.input = terminalEnd
            options.output = terminalEnd
            return options
        }

        /// Shows what was written until now.
        func look() {
            var buffer = [UInt8](repeating: 0, count: 65536)
            var entry = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
            while poll(&entry, 1, 0) > 0, entry.revents & Int16(POLLIN) != 0 {
                let count = read(controller, &buffer, buffer.count)
                guard count > 0 else { return }
                output += buffer.prefix(count)
                screen.feed(buffer.prefix(count))
            }
        }

        func type(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
        }

        var modes: termios {
            var modes = termios()
            tcgetattr(terminalEnd, &modes)
            return modes
        }

        var outputText: String { String(decoding: output, as: UTF8.self) }
    }

    private func isBlocked(_ signal: Int32) -> Bool {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return sigismember(&mask, signal) == 1
    }

    private func input(_ result: WaitResult) -> [InputEvent] {
        result.events.compactMap { if case .input(let event) = $0 { event } else { nil } }
    }

    @Test("cells appear where they were drawn, and only what changed is sent")
    func drawing() throws {
        let bench = try Bench()
        let terminal = try Terminal(bench.options())
        var grid = Grid(terminal.size)
        #expect(terminal.size == Size(columns: 30, rows: 6))
        grid.box(grid.bounds, role: "ui.border")
        grid.write("漢字 é 👍🏽! क्ष. ❤️? 🇮🇩", at: Position(row: 1, column: 1), role: "message.body", emphasis: .bold)
        grid.write("wide\u{1FAE8}end", at: Position(row: 2, column: 1))
        grid.cursor = Position(row: 3, column: 4)
        let styles = StyleTable(styles: ["message": Style(foreground: .hex(0xFF0000), background: .ansi(4))])
        terminal.draw(grid, styles: styles)
        bench.look()
        #expect(bench.screen.lines[0] == "┌" + String(repeating: "─", count: 28) + "┐")
        #expect(bench.screen.text(row: 1).hasPrefix("│漢字 é 👍! क्ष. ❤? ID"))
        #expect(bench.screen.text(row: 1).hasSuffix("│"))
        #expect(bench.screen.text(row: 2).hasPrefix("│wide\u{FFFD} end"))
        #expect(bench.screen.cell(row: 1, column: 1).isBold)
        #expect(bench.screen.cell(row: 1, column: 1).foreground == 196)
        #expect(bench.screen.cell(row: 1, column: 1).background == 4)
        #expect(bench.screen.cursor == (3, 4))
        #expect(bench.screen.isCursorVisible && bench.screen.isAlternateScreen)

        let before = bench.output.count
        grid.write("x", at: Position(row: 4, column: 5))
        terminal.draw(grid, styles: styles)
        bench.look()
        #expect(bench.screen.cell(row: 4, column: 5).text == "x")
        let sent = String(decoding: bench.output[before...], as: UTF8.self)
        #expect(sent.count < 60 && sent.hasPrefix("\u{1B}[?2026h") && sent.hasSuffix("\u{1B}[?2026l"))
    }

    @Test("whatever is written into the grid, the screen shows it in the columns of the grid")
    func columns() throws {
        let bench = try Bench(columns: 24, rows: 4)
        let terminal = try Terminal(bench.options())
        var generator = SeededGenerator(seed: 9)
        let pieces = ["a", "漢", "👍🏽", "क्ष", "e\u{301}", "🇮🇩", "\u{1B}[2J", "👩‍👩‍👧‍👦", "❤\u{FE0F}", "\u{202E}", "한", "\u{1FAE8}", " ", "นี่"]
        for _ in 0..<150 {
            var grid = Grid(terminal.size)
            for row in 0..<4 {
                let text = (0..<14).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
                grid.write(text, at: Position(row: row, column: 0), in: Rect(row: row, column: 0, columns: 22, rows: 1))
                grid.write("#", at: Position(row: row, column: 23))
            }
            terminal.draw(grid, styles: .plain)
            bench.look()
            for row in 0..<4 {
                for column in 0..<24 {
                    let cell = grid[row, column]
                    let shown = bench.screen.cell(row: row, column: column)
                    let expected = String(String.UnicodeScalarView(cell.glyph.scalars))
                    guard cell.width > 0, cell.glyph != .replacement else { continue }
                    #expect(shown.text == expected || (expected == " " && shown.text.isEmpty), "row \(row), column \(column)")
                }
            }
        }
    }

    @Test("keys, pastes, other descriptors and deadlines end a wait, replies do not")
    func waiting() throws {
        let bench = try Bench()
        let terminal = try Terminal(bench.options())
        bench.type("a\u{1B}[A")
        #expect(input(terminal.wait()) == [.key(.character("a")), .key(Key(.up))])
        bench.type("\u{1B}[200~x\ry\u{1B}[201~")
        #expect(input(terminal.wait()) == [.paste(Paste(text: "x\ry"))])
        bench.type("\u{3}\u{1A}\u{11}\r")
        #expect(input(terminal.wait()) == [.key(.control("c")), .key(.control("z")), .key(.control("q")), .key(Key(.enter))])
        bench.type("\u{1B}")
        #expect(input(terminal.wait()) == [.key(Key(.escape))])

        bench.type("\u{1B}[?64;1c")
        let start = ContinuousClock.now
        let result = terminal.wait(until: start + .milliseconds(30))
        #expect(result.events.isEmpty && result.now >= start + .milliseconds(30))

        let wake = csys_eventfd()
        defer { close(wake) }
        csys_eventfd_signal(wake)
        #expect(terminal.wait(alsoOn: [wake]).readyDescriptors == [wake])
        csys_eventfd_drain(wake)
        #expect(terminal.wait(alsoOn: [wake], until: .now).readyDescriptors.isEmpty)
    }

    @Test("a new size and signals are events")
    func signals() throws {
        let bench = try Bench()
        let terminal = try Terminal(bench.options())
        #expect(csys_set_window_size(bench.terminalEnd, 20, 5) == 0)
        pthread_kill(pthread_self(), SIGWINCH)
        #expect(terminal.wait().events == [.resized(Size(columns: 20, rows: 5))])
        bench.screen.resize(columns: 20, rows: 5)
        var grid = Grid(terminal.size)
        grid.write("corner", at: Position(row: 4, column: 14))
        terminal.draw(grid, styles: .plain)
        bench.look()
        #expect(bench.screen.text(row: 4).hasSuffix("corner"))
        pthread_kill(pthread_self(), SIGTERM)
        #expect(terminal.wait().events == [.ended(.terminate)])
        pthread_kill(pthread_self(), SIGTSTP)
        #expect(terminal.wait().events == [.suspendRequested])
        pthread_kill(pthread_self(), SIGCONT)
        #expect(terminal.wait().events == [.resumed])
    }

    @Test("a terminal that went away is a hang-up, once")
    func hangUp() throws {
        var ends: (Int32, Int32) = (-1, -1)
        try #require(csys_open_pty(&ends.0, &ends.1, 20, 5) == 0)
        var options = Terminal.Options()
        options.environment = TerminalEnvironment(type: "xterm")
        (options.input, options.output) = (ends.1, ends.1)
        let terminal = try Terminal(options)
        close(ends.0)
        #expect(terminal.wait().events == [.ended(.hangUp)])
        #expect(terminal.wait(until: .now).events == [])
        terminal.restore()
        close(ends.1)
    }

    @Test("the terminal is raw without flow control while it is ours, and as before afterwards")
    func restoring() throws {
        let bench = try Bench()
        let before = bench.modes
        // A thread that was started while another test had a terminal has them blocked.
        var signals = sigset_t()
        for signal in SignalSource.signals { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        let terminal = try Terminal(bench.options())
        terminal.mouseReports = true
        let raw = bench.modes
        #expect(raw.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        #expect(raw.c_iflag & tcflag_t(IXON | ICRNL) == 0)
        bench.look()
        for mode in ["?1049h", "?2004h", "?1004h", "?1002h", "?1006h"] { #expect(bench.outputText.contains("\u{1B}[" + mode)) }
        #expect(SignalSource.signals.allSatisfy(isBlocked))
        terminal.restore()
        terminal.restore()
        #expect(!SignalSource.signals.contains(where: isBlocked))
        bench.look()
        let after = bench.modes
        #expect(after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag && after.c_oflag == before.c_oflag)
        #expect(!bench.screen.isAlternateScreen && bench.screen.isCursorVisible)
        for mode in ["?1049l", "?2004l", "?1004l", "?1002l", "?1006l"] { #expect(bench.outputText.contains("\u{1B}[" + mode)) }
        terminal.draw(Grid(Size(columns: 5, rows: 5)), styles: .plain)
        #expect(fcntl(bench.terminalEnd, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test("true colour is used where the terminal has it, and left for a theme of the user's own colours")
    func trueColor() throws {
        let bench = try Bench(columns: 10, rows: 3)
        let terminal = try Terminal(bench.options(colorTerm: "truecolor"))
        #expect(terminal.colorDepth == .direct)
        var grid = Grid(terminal.size)
        grid.write("x", at: Position(row: 0, column: 0), role: "message")
        terminal.draw(grid, styles: StyleTable(styles: ["message": Style(foreground: .hex(0x123456))]))
        bench.look()
        #expect(bench.outputText.contains("38:2::18:52:86") || bench.outputText.contains("38;2;18;52;86"))
        terminal.draw(grid, styles: StyleTable(styles: ["message": Style(foreground: .ansi(12))], usesPaletteOnly: true))
        #expect(terminal.colorDepth == .indexed256)
        bench.look()
        #expect(bench.screen.cell(row: 0, column: 0).foreground == 12)
        #expect(bench.screen.isAlternateScreen)
        // And back, as whoever looks through the themes does.
        terminal.draw(grid, styles: StyleTable(styles: ["message": Style(foreground: .hex(0x0A0B0C))]))
        #expect(terminal.colorDepth == .direct)
        bench.look()
        #expect(bench.outputText.contains("38:2::10:11:12") || bench.outputText.contains("38;2;10;11;12"))
        #expect(bench.screen.isAlternateScreen)
        #expect(bench.screen.lines[0].hasPrefix("x"))
    }

    @Test("NO_COLOR leaves attributes, and the Linux console gets borders in ASCII")
    func plainTerminals() throws {
        let bench = try Bench(columns: 10, rows: 3)
        let styles = StyleTable(styles: ["a": Style(foreground: .ansi(1), background: .ansi(2), emphasis: .bold)])
        do {
            let terminal = try Terminal(bench.options(colorTerm: "truecolor", refusesColor: true))
            #expect(terminal.colorDepth == .mono)
            var grid = Grid(terminal.size)
            grid.write("x", at: Position(row: 1, column: 1), role: "a")
            terminal.draw(grid, styles: styles)
            bench.look()
            let cell = bench.screen.cell(row: 1, column: 1)
            #expect(cell.isBold && cell.isReversed && cell.foreground == -1 && cell.background == -1)
            terminal.restore()
        }
        let console = try Terminal(bench.options("linux"))
        #expect(console.colorDepth == .ansi8)
        var grid = Grid(console.size)
        grid.box(grid.bounds, role: "ui.border")
        console.draw(grid, styles: .plain)
        bench.look()
        #expect(bench.screen.lines == ["+--------+", "|        |", "+--------+"])
    }

    @Test("what cannot be a full screen says why")
    func support() throws {
        let bench = try Bench()
        func support(_ type: String) -> FullScreenSupport {
            Terminal.canDoFullScreen(TerminalEnvironment(type: type), input: bench.terminalEnd, output: bench.terminalEnd)
        }
        #expect(support("xterm") == .available)
        #expect(support("") == .unavailable(.typeMissing))
        #expect(support("dumb") == .unavailable(.typeCannotMoveCursor("dumb")))
        #expect(support("no-such-terminal") == .unavailable(.typeUnknown("no-such-terminal")))
        var pipes: [Int32] = [0, 0]
        try #require(pipe(&pipes) == 0)
        let environment = TerminalEnvironment(type: "xterm")
        #expect(
            Terminal.canDoFullScreen(environment, input: pipes[0], output: bench.terminalEnd) == .unavailable(.inputIsNoTerminal))
        #expect(
            Terminal.canDoFullScreen(environment, input: bench.terminalEnd, output: pipes[1]) == .unavailable(.outputIsNoTerminal)
        )
        close(pipes[0])
        close(pipes[1])
        #expect(throws: TerminalError.unavailable(.typeMissing)) { try Terminal(bench.options("")) }
    }

    @Test("titles, notifications and the clipboard cannot be used to say anything else to the terminal")
    func sideChannels() throws {
        let bench = try Bench()
        let terminal = try Terminal(bench.options())
        bench.look()
        let before = bench.output.count
        terminal.setTitle("evil\u{07}\u{1B}[2J")
        terminal.notify(title: "a;b", body: "c\u{9C}\n", form: .osc777)
        terminal.copyToClipboard("hi\u{1B}")
        bench.look()
        #expect(
            String(decoding: bench.output[before...], as: UTF8.self)
                == "\u{1B}]2;evil\u{FFFD}\u{FFFD}[2J\u{07}\u{1B}]777;notify;a,b;c\u{FFFD} \u{07}\u{1B}]52;c;aGkb\u{07}")
    }

    @Test("glibc agrees about the width of every character that is sent")
    func widthsAgree() {
        #expect(Terminfo.useUTF8Locale())
        var disagreements: [String] = []
        for value in UInt32(0x20)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            CellWidth.forEachAtom(of: Character(scalar)) { atom in
                if atom.base == "\u{FFFD}" { return }
                let columns = [csys_wcwidth(atom.base.value)] + atom.marks.map { csys_wcwidth($0.value) }
                if columns.first != Int32(atom.width) || columns.dropFirst().contains(where: { $0 != 0 }) {
                    disagreements.append(String(value, radix: 16))
                }
            }
        }
        #expect(disagreements.isEmpty)
    }
}
