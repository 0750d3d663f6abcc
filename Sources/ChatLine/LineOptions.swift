package import ChatClient
package import ChatText
import Foundation

/// How the line client is started.
package struct LineOptions: Sendable {
    package var server: ServerAddress
    /// Who is to be signed in at once: by a session that an earlier run left, else by asking for the password.
    package var username: String?
    package var paths: ClientPaths
    package var language: Language
    /// Seconds that an answer may take before a script is told that there is none.
    package var patience: Int

    package static let usualPatience = 30
    /// A day is longer than anybody waits.
    package static let patienceBounds = 1...86_400

    package init(
        server: ServerAddress = .local, username: String? = nil, paths: ClientPaths = ClientPaths(),
        language: Language = Language(environment: ProcessInfo.processInfo.environment), patience: Int = LineOptions.usualPatience
    ) {
        self.server = server
        self.username = username
        self.paths = paths
        self.language = language
        self.patience = patience
    }
}

/// What the program's end says to whoever started it. From a terminal it is always success.
package enum ExitStatus: Int32, Sendable {
    case success = 0
    /// Something was refused, or was not there.
    case refused = 1
    /// A line made no sense, or the input ended amid a question.
    case misunderstood = 2
    /// No server was reached, or it stopped answering: what was asked for last was not done.
    case noServer = 3
    /// Nobody reads the output any more.
    case outputClosed = 4
    /// A message or a file was not confirmed: it may have arrived, and else it goes out by itself later.
    case unconfirmed = 5
}

/// Why a command did not do what it was asked for.
struct LineFailure: Error {
    var status: ExitStatus
    /// For a person; cleaned already.
    var words: String
}
