package import ChatClient
import ChatProtocol
package import ChatTerminal
package import ChatText
package import TerminalText

/// What the program knows when it starts.
package struct Launch: Hashable, Sendable {
    package var server: ServerAddress
    package var size: Size
    package var language: Language
    package var clock: WallClock
    /// Those that were used with this server here.
    package var accounts: [KnownAccount]
    /// Who the person said to be.
    package var username: String?
    /// A guess for the form.
    package var nationality: String
    /// The user's own folder, for paths that begin with `~`.
    package var home: String
    /// Where relative paths begin.
    package var workingDirectory: String
    /// The theme that is on.
    package var theme: String
    /// Where themes are looked for.
    package var themeFolders: [String]
    /// What was wrong with the theme and the settings.
    package var fileProblems: [FileProblem]
    /// Where standard error goes.
    package var logPath: String

    package init(
        server: ServerAddress, size: Size, language: Language = .english, clock: WallClock = WallClock(),
        accounts: [KnownAccount] = [], username: String? = nil, nationality: String = "", home: String = "",
        workingDirectory: String = "/", theme: String = "", themeFolders: [String] = [], fileProblems: [FileProblem] = [],
        logPath: String = ""
    ) {
        self.server = server
        self.size = size
        self.language = language
        self.clock = clock
        self.accounts = accounts
        self.username = username
        self.nationality = nationality
        self.home = home
        self.workingDirectory = workingDirectory
        self.theme = theme
        self.themeFolders = themeFolders
        self.fileProblems = fileProblems
        self.logPath = logPath
    }

    /// The account to go on with without asking: the one that was named, or the only one, if it is free.
    package var accountToResume: KnownAccount? {
        let candidates = username.map { name in accounts.filter { $0.username.folded == name.lowercased() } } ?? accounts
        guard candidates.count == 1, let only = candidates.first, only.hasSession else { return nil }
        return username != nil || !only.inUse ? only : nil
    }
}
