import ArgumentParser
import ChatClient
import ChatLine
import ChatProtocol
import ChatTUI
import ChatTerminal
import ChatText
import Foundation

@main
struct Obrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "obrol",
        abstract: "Chat in the terminal.",
        discussion: """
            Without HOST it talks to the server on this machine (127.0.0.1:8889). The first screen asks who you are; \
            in the program F1 lists all keys and commands.

            OBROL_READER=1 starts the line client, OBROL_LANG=id or en sets the language, OBROL_THEME names a theme and \
            OBROL_THEMES a folder of them, OBROL_NOTIFY=auto, bell, osc9, osc777 or none says how messages are told of, \
            NO_COLOR=1 turns colours off.
            """,
        version: "obrol \(Release.version)")

    @Argument(help: ArgumentHelp("The server: HOST, HOST:PORT or [IPv6]:PORT.", valueName: "host[:port]"))
    var server: String?

    @Option(help: "Sign in as this user.")
    var user: String?

    @Option(help: "Use this theme: obrol-dark, obrol-light, catppuccin-mocha, gruvbox-dark, terminal16, mono, or your own.")
    var theme: String?

    @Flag(help: "Start the line client, which suits screen readers.")
    var reader = false

    func validate() throws {
        if let server, ServerAddress(server) == nil {
            throw ValidationError("\"\(server)\" is no HOST, HOST:PORT or [IPv6]:PORT.")
        }
    }

    func run() throws {
        let address = server.flatMap { ServerAddress($0) } ?? .local
        let environment = ProcessInfo.processInfo.environment
        let wantsReader = environment["OBROL_READER"].map { !$0.isEmpty && $0 != "0" } ?? false
        if reader || wantsReader { return try startLineClient(address) }
        if case .unavailable = Terminal.canDoFullScreen() {
            FileHandle.standardError.write(Data((Sentence.fallbackToLine[Language(environment: environment)] + "\n").utf8))
            return try startLineClient(address)
        }
        let options = FullScreen.Options(server: address, username: user, themeName: theme, environment: environment)
        switch try FullScreen.run(options) {
        case .quit: return
        case .lineClient: try startLineClient(address)
        }
    }

    /// In this process, and with what was asked of this one.
    private func startLineClient(_ address: ServerAddress) throws {
        let status = LineClient.run(LineOptions(server: address, username: user))
        if status != 0 { throw ExitCode(status) }
    }
}
