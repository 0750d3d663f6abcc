import CSys
import Glibc
import TerminalText

// ChatTerminal: the terminal as cells and events. `Grid` is what panes draw into, `Terminal` owns the tty and shows it,
// `InputDecoder` turns bytes into keys. Only files named after ncurses' things (`CursesScreen`, `Terminfo`) know ncurses.

/// The one owner of the terminal while the full screen is up. Used from one thread.
///
/// However the process ends, the terminal is as it was before: ``restore()`` does it, `exit` does it, a crash does it.
/// It sets up the descriptors it is given and never makes them non-blocking.
package final class Terminal {
    package struct Options {
        package var environment = TerminalEnvironment.current
        package var input: Int32 = 0
        package var output: Int32 = 1
        /// Where standard error goes while the full screen is up, so that it does not tear it; nowhere else if absent.
        package var errorLogPath: String?
        /// Whether the mouse is reported from the start; see ``Terminal/mouseReports``.
        package var mouseReports = false
        /// Whether only the user's own sixteen colours will be used; ``Terminal/draw(_:styles:)`` changes it with the theme.
        package var usesPaletteOnly = false

        package init() {}
    }

    enum State {
        case fullScreen
        case suspended
        case restored
    }

    let options: Options
    let signals: SignalSource
    var screen: CursesScreen
    var state = State.fullScreen
    var decoder: InputDecoder
    var inputIsOpen = true
    /// The program was told to end.
    var isEnding = false
    var usesPaletteOnly: Bool
    /// What is on the screen; absent if that is not known.
    var shown: Grid?
    /// The look of what is on the screen.
    var shownStyles = StyleTable.plain
    var looks = LookCache()
    /// What came while suspending, to be reported by the next wait.
    var pendingEvents: [TerminalEvent] = []
    private let savedModes: termios
    private var errorRedirect: ErrorRedirect?

    /// How many cells there are now.
    package internal(set) var size: Size

    /// How colours are shown; see ``ColorDepth``.
    package var colorDepth: ColorDepth { screen.depth }

    /// Takes the terminal over: raw mode, the alternate screen, reports of pastes and of the focus; and the signals of a
    /// terminal program. A thread that runs already might take one of these with its default action: there should be none.
    package init(_ options: Options = Options()) throws(TerminalError) {
        if case .unavailable(let reason) = Self.canDoFullScreen(
            options.environment, input: options.input, output: options.output)
        {
            throw .unavailable(reason)
        }
        guard Terminfo.useUTF8Locale() else { throw .noUTF8Locale }
        var modes = termios()
        guard tcgetattr(options.output, &modes) == 0 else { throw .system(call: "tcgetattr", code: errno) }
        signals = try SignalSource()
        do throws(TerminalError) {
            screen = try Self.openScreen(options, paletteOnly: options.usesPaletteOnly)
        } catch {
            signals.close()
            throw error
        }
        self.options = options
        savedModes = modes
        usesPaletteOnly = options.usesPaletteOnly
        mouseReports = options.mouseReports
        decoder = InputDecoder(keys: Terminfo.keyTable())
        size = screen.size
        _ = csys_install_crash_handlers()
        writeRaw(TerminalModes.saveTitle)
        takeOver()
        measure()
    }

    deinit {
        restore()
    }

    /// Gives the terminal back for good, and the signals with it. May be called any number of times, in any state.
    package func restore() {
        guard state != .restored else { return }
        if state == .fullScreen { giveBack() }
        state = .restored
        screen.close()
        // Closing the screen sets modes of its own.
        setSavedModes()
        csys_disarm_terminal_restore()
        signals.close(isEnding: isEnding)
    }

    /// Gives the terminal back, stops as ^Z does, and takes it over again when continued. Draw everything afterwards.
    package func suspend() {
        guard state == .fullScreen else { return }
        giveBack()
        csys_stop_process_group()
        comeBack()
        // The SIGCONT that woke us is answered already.
        pendingEvents += signals.take().subtracting([SIGCONT, SIGTSTP]).sorted().compactMap(signal)
    }

    /// Whether the terminal reports presses, drags and the wheel. The terminal's own selection then needs Shift.
    package var mouseReports: Bool {
        didSet {
            guard mouseReports != oldValue, state == .fullScreen else { return }
            writeRaw(mouseReports ? TerminalModes.mouseOn : TerminalModes.mouseOff)
        }
    }

    // MARK: Taking over and giving back

    func comeBack() {
        screen.forgetContents()
        screen.flush(cursor: nil)
        shown = nil
        writeRaw(TerminalModes.saveTitle)
        takeOver()
        measure()
        state = .fullScreen
    }

    private func takeOver() {
        let ending = TerminalModes.emergencyBytes()
        var modes = savedModes
        _ = csys_arm_terminal_restore(options.output, &modes, ending, ending.count)
        if errorRedirect == nil, let path = options.errorLogPath { errorRedirect = ErrorRedirect(to: path) }
        // ncurses has the alternate screen in its buffer still; it must come before our modes, which belong to it.
        screen.flush(cursor: nil)
        writeRaw(TerminalModes.enter + (mouseReports ? TerminalModes.mouseOn : ""))
    }

    private func giveBack() {
        writeRaw(TerminalModes.leave)
        screen.leave()
        setSavedModes()
        csys_disarm_terminal_restore()
        errorRedirect?.undo()
        errorRedirect = nil
        state = .suspended
    }

    /// Replaces ncurses' screen by one with other colours, without anybody else noticing.
    func reopenScreen() {
        // Held back until the next frame, so that nobody sees what lies below.
        writeRaw(TerminalModes.beginFrame)
        screen.close()
        guard let other = try? Self.openScreen(options, paletteOnly: usesPaletteOnly) else {
            // It worked a moment ago: the terminal is gone.
            pendingEvents.append(end(.hangUp))
            restore()
            return
        }
        screen = other
        looks.clear()
        shown = nil
        takeOver()
        measure()
    }

    private func setSavedModes() {
        var modes = savedModes
        tcsetattr(options.output, TCSADRAIN, &modes)
    }

    /// Reads the window's size; true if it changed.
    @discardableResult
    func measure() -> Bool {
        var columns: UInt16 = 0
        var rows: UInt16 = 0
        guard csys_window_size(options.output, &columns, &rows) == 0, columns > 0, rows > 0 else { return false }
        let current = Size(columns: Int(columns), rows: Int(rows))
        if screen.size != current { screen.resize(to: current) }
        defer { size = current }
        return size != current
    }

    static func openScreen(_ options: Options, paletteOnly: Bool) throws(TerminalError) -> CursesScreen {
        let environment = options.environment
        let direct = paletteOnly ? nil : environment.directColorType
        // Not every terminal with true colour has an entry for it.
        for type in [direct, environment.type].compactMap({ $0 }) {
            guard Terminfo.look(up: type, output: options.output) == .usable else { continue }
            let screen = CursesScreen(
                type: type, input: options.input, output: options.output, refusesColor: environment.refusesColor)
            if let screen { return screen }
        }
        throw .screenFailed(type: environment.type)
    }

    func writeRaw(_ text: String) {
        TerminalModes.write(Array(text.utf8), to: options.output)
    }
}
