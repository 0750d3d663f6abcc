import ArgumentParser
import ChatClient
import ChatLine
import ChatProtocol

@main
struct ObrolLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "obrol-line",
        abstract: "Chat line by line: in pipes, with a screen reader, on any terminal.",
        discussion: """
            Without HOST it talks to the server on this machine (127.0.0.1:8889). Type "help" for the commands.

            From a pipe it prints no prompts; each line of the input is a command or the answer to the question that \
            the command asks, as in: printf 'login\\nalam\\nsecret\\ninbox\\n' | obrol-line

            After "join room" each line is said in the room, whatever it says, but for blank ones and for commands, which \
            begin with a slash there, or with a $ to move files: /leave, /help, $ send, … A line that is to begin with a \
            slash is written with two. As in: printf 'login\\nalam\\nsecret\\njoin room x\\nhello\\n/leave\\n' | obrol-line

            If the room cannot be joined, the lines for it are neither said elsewhere nor read as commands: each is refused, \
            until another room is joined or "/leave" comes.

            Its exit status is then 0 only if everything succeeded; else the greatest of: 1 something was refused or \
            not there, 2 a line made no sense or the input ended amid a question, 3 no server answered, 4 nobody reads \
            the output, 5 a message or a file was not confirmed; 64 if it was started wrongly.

            It stops at 3 and at 5. After 3 a message that was not confirmed is not sent later either: send it again. After \
            5 some may have arrived and been confirmed to nobody; they are kept, and what has not arrived goes out by \
            itself when the user signs in again: do not send it again. The last words on standard error count both.
            """,
        version: "obrol-line \(Release.version)")

    @Argument(help: ArgumentHelp("The server: HOST, HOST:PORT or [IPv6]:PORT.", valueName: "host[:port]"))
    var server: String?

    @Option(help: "Sign in as this user at once.")
    var user: String?

    @Option(
        help: ArgumentHelp(
            "How long the server may take to answer; a file may stand still five times as long.", valueName: "seconds"))
    var patience = LineOptions.usualPatience

    func validate() throws {
        let bounds = LineOptions.patienceBounds
        guard bounds.contains(patience) else {
            throw ValidationError("--patience takes \(bounds.lowerBound) to \(bounds.upperBound) seconds.")
        }
        if let server, ServerAddress(server) == nil {
            throw ValidationError("\"\(server)\" is no HOST, HOST:PORT or [IPv6]:PORT.")
        }
    }

    func run() throws {
        let address = server.flatMap { ServerAddress($0) } ?? .local
        let status = LineClient.run(LineOptions(server: address, username: user, patience: patience))
        if status != 0 { throw ExitCode(status) }
    }
}
