// ChatTUI: the full-screen client.
//
// - `Model/`    what is on the screen and how it behaves by itself: lists, the timeline, forms, overlays; pure
// - `Editor/`   text being written; pure
// - `Keys/`     the one table of keys, and what each does
// - `Update/`   `State` and `update`: everything that happens becomes a new state and effects; pure
// - `Layout/`, `Panes/`   from a state to a grid of cells with roles; pure
// - `Theme/`    what roles look like, from files
// - `Shell/`    the one thread that reads the terminal and the mailbox, and does what effects say
//
// To add something a key does: a case of `Action` with its help, a line in `KeyMap+Standard`, and its answer in the
// `State+…` file of the place where it is struck. To add a pane or an overlay: its model, a drawing, its keys.

package import ChatClient
import ChatProtocol
package import ChatTerminal
import ChatText
import Foundation
import Logging

/// The full-screen client as a program runs it.
package enum FullScreen {
    package struct Options: Sendable {
        package var server: ServerAddress
        /// Who the person said to be on the command line.
        package var username: String?
        package var themeName: String?
        package var environment: [String: String]

        package init(
            server: ServerAddress, username: String? = nil, themeName: String? = nil,
            environment: [String: String] = ProcessInfo.processInfo.environment
        ) {
            self.server = server
            self.username = username
            self.themeName = themeName
            self.environment = environment
        }
    }

    /// Runs until the person quits. Blocks the thread, which becomes the UI thread; no other may have been started yet.
    /// - Throws: if the terminal cannot be taken over; then it is as it was.
    package static func run(_ options: Options) throws(TerminalError) -> FullScreenEnding {
        guard let wake = WakePipe() else { throw .system(call: "pipe", code: errno) }
        let paths = ClientPaths(environment: options.environment)
        let language = Language(environment: options.environment)
        let settings = Settings.load(from: paths.configuration)
        let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let themes = ThemeLibrary(environment: options.environment, executable: executable)
        let theme = loadTheme(options, settings, from: themes)
        let problems = settings.problems + theme.problems
        let launch = Launch(
            server: options.server, size: Size(columns: 0, rows: 0), language: language,
            clock: SystemClock.wallClock,
            accounts: paths.knownAccounts(of: options.server), username: options.username,
            nationality: Nationality.guess(environment: options.environment), home: options.environment["HOME"] ?? "",
            workingDirectory: FileManager.default.currentDirectoryPath,
            theme: theme.name, themeFolders: themes.folders, fileProblems: problems, logPath: logPath(paths))
        let terminal = try openTerminal(paths: paths, theme: theme)
        // Whatever happens from here on, the terminal is given back.
        defer { terminal.restore() }
        for problem in problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
        let mailbox = Mailbox { wake.wake() }
        let client = Client(server: options.server, mailbox: mailbox, paths: paths, logger: Logger(label: "obrol"))
        var sized = launch
        sized.size = terminal.size
        let state = State(sized, now: SystemClock.now)
        let loop = ScreenLoop(
            terminal: terminal, client: client, mailbox: mailbox, wake: wake,
            files: FileDesk(pastes: PastedFiles(folder: paths.data + "/pasted")) { wake.wake() }, themes: themes,
            styles: theme.styles,
            alertForm: AlertForm(
                options.environment["OBROL_NOTIFY"] ?? settings.notify, environment: options.environment),
            state: state)
        let ending = loop.run(resuming: sized.accountToResume?.username)
        // The screen goes first: what is still to be written does not need it, and can be broken off by ^C.
        terminal.restore()
        client.shutDown()
        return ending
    }

    /// What was asked for now comes before what was chosen once.
    private static func loadTheme(_ options: Options, _ settings: Settings, from themes: ThemeLibrary) -> Theme {
        let wanted = [options.themeName, options.environment["OBROL_THEME"], settings.theme].compactMap { $0 }
        let name = wanted.first { !$0.isEmpty }
        var theme = themes.load(name ?? ThemeLibrary.defaultName)
        // Nobody asked for the theme that is missing: there is nothing to complain about.
        if name == nil, theme.name == Theme.builtIn.name { theme.problems = [] }
        return theme
    }

    private static func logPath(_ paths: ClientPaths) -> String { paths.state + "/obrol.log" }

    private static func openTerminal(paths: ClientPaths, theme: Theme) throws(TerminalError) -> Terminal {
        try? FileManager.default.createDirectory(
            atPath: paths.state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var options = Terminal.Options()
        options.errorLogPath = logPath(paths)
        options.mouseReports = true
        options.usesPaletteOnly = theme.styles.usesPaletteOnly
        return try Terminal(options)
    }
}
