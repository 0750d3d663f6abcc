import ArgumentParser
import ChatProtocol
import ChatServer
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

@main
struct Obrold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "obrold",
        abstract: "The Obrol chat server.",
        discussion: """
            Without arguments it serves this machine alone, on 127.0.0.1:8889, and keeps everything in \
            \(Defaults.dataDirectory): accounts, messages, files. Any client of the protocol can talk to it, a person with \
            `nc 127.0.0.1 8889` included.

            It stops cleanly on SIGTERM or ctrl-C: it accepts nobody, finishes what it has taken, tells its clients, and \
            exits with 0. A failing disk ends it with 1; bad arguments with 64. Nothing that was acknowledged is lost, \
            however it ends.

            `obrold backup FILE` copies everything while the server runs, `obrold restore FILE` brings it back, and \
            `obrold check` looks whether the data is whole.
            """,
        version: "\(ServerIdentity.name) \(ServerIdentity.version)",
        subcommands: [Serve.self, BackupCommand.self, RestoreCommand.self, CheckCommand.self],
        defaultSubcommand: Serve.self)

    static func main() async {
        // Whatever it makes is for its owner alone, backups included.
        _ = umask(0o077)
        await main(nil)
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the server (the default).")

    @Option(help: ArgumentHelp("Folder for everything durable; made if it does not exist.", valueName: "dir"))
    var dataDir = Defaults.dataDirectory

    @Option(
        help: ArgumentHelp(
            "Where to accept connections; may be repeated. Port 0 lets the system choose.", valueName: "host:port"))
    var listen: [String] = ["127.0.0.1:\(defaultPort)"]

    @Flag(help: "Accept unencrypted connections from other machines. Only for networks that you trust.")
    var allowPlaintext = false

    @Option(help: ArgumentHelp("Who may make an account: open or closed.", valueName: "who"))
    var registration: Registration = .open

    @Option(
        help: ArgumentHelp(
            "Least length of a password. Default: 8 if other machines can connect, else 1. \(Bounds.passwordMinimum.inWords)",
            valueName: "bytes"))
    var passwordMinimum: Int?

    @Option(help: ArgumentHelp("Largest file that may be sent, in MiB. \(Bounds.fileSize.inWords)", valueName: "MiB"))
    var fileSize: Int64 = Limits.file / (1 << 20)

    @Option(
        help: ArgumentHelp("Refuse to let the database grow past this many MiB. \(Bounds.databaseSize.inWords)", valueName: "MiB")
    )
    var databaseSize: Int64?

    @Option(
        help: ArgumentHelp(
            "Unread events of one connection, in KiB, before it is cut. \(Bounds.backlog.inWords)", valueName: "KiB"))
    var backlog = Limits.eventBacklog / 1024

    @Option(
        help: ArgumentHelp("How long a connection may stay without a login. \(Bounds.loginSeconds.inWords)", valueName: "seconds")
    )
    var loginSeconds: Int64 = 600

    @Option(
        help: ArgumentHelp(
            "How long a client that went without a word keeps its connection. \(Bounds.vanishedSeconds.inWords)",
            valueName: "seconds"))
    var vanishedSeconds = 120

    @Option(
        help: ArgumentHelp(
            "Connections that one address may have at once. \(Bounds.connectionsPerAddress.inWords)", valueName: "count"))
    var connectionsPerAddress = 16_384

    @Option(
        help: ArgumentHelp(
            "Requests a second of one account after which it is slowed; 0 is without limit. \(Bounds.requestsPerSecond.inWords)",
            valueName: "count"))
    var requestsPerSecond = 20_000

    @Option(help: ArgumentHelp("Threads that serve connections. \(Bounds.threads.inWords)", valueName: "count"))
    var threads = 1

    @Option(help: ArgumentHelp("Log: trace, debug, info, notice, warning, error or critical.", valueName: "level"))
    var logLevel = LogLevel.notice

    enum LogLevel: String, ExpressibleByArgument {
        case trace, debug, info, notice, warning, error, critical
    }

    enum Registration: String, ExpressibleByArgument {
        case open, closed
    }

    func validate() throws {
        _ = try listen.map(address)
        try Bounds.passwordMinimum.check("--password-minimum", passwordMinimum)
        try Bounds.fileSize.check("--file-size", fileSize)
        try Bounds.databaseSize.check("--database-size", databaseSize)
        try Bounds.backlog.check("--backlog", backlog)
        try Bounds.loginSeconds.check("--login-seconds", loginSeconds)
        try Bounds.vanishedSeconds.check("--vanished-seconds", vanishedSeconds)
        try Bounds.connectionsPerAddress.check("--connections-per-address", connectionsPerAddress)
        try Bounds.requestsPerSecond.check("--requests-per-second", requestsPerSecond)
        try Bounds.threads.check("--threads", threads)
    }

    func run() async throws {
        let level = Logger.Level(rawValue: logLevel.rawValue) ?? .notice
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let logger = Logger(label: "obrold")
        OpenFiles.allowAll()
        ShortTurns.wish()
        var configuration = ServerConfiguration(dataDirectory: dataDir, listen: try listen.map(address))
        configuration.allowPlaintext = allowPlaintext
        configuration.registration = registration == .open ? .open : .closed
        configuration.passwordMinimum = passwordMinimum
        configuration.fileSize = fileSize << 20
        configuration.databaseBytes = databaseSize.map { $0 << 20 }
        configuration.eventBacklog = backlog << 10
        configuration.connectionsPerAddress = connectionsPerAddress
        configuration.requestsPerSecond = requestsPerSecond
        configuration.loginSeconds = loginSeconds
        configuration.vanishedSeconds = vanishedSeconds
        configuration.eventLoops = threads

        let server: Server
        do {
            server = try Server(configuration: configuration, logger: logger) { addresses in
                let places = addresses.map(\.description).joined(separator: ", ")
                Console.say("\(ServerIdentity.name) \(ServerIdentity.version) listening on \(places), data in \(dataDir)")
            }
        } catch {
            Console.complain("\(error)")
            throw ExitCode.failure
        }
        let services = ServiceGroup(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        do { try await services.run() } catch {
            Console.complain("\(error)")
            throw ExitCode.failure
        }
    }

    private func address(_ text: String) throws -> ServerConfiguration.Address {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
        else { throw ValidationError("\"\(text)\" is not of the form HOST:PORT.") }
        let host = text[..<colon].trimmingPrefix("[")
        return ServerConfiguration.Address(host: host.hasSuffix("]") ? String(host.dropLast()) : String(host), port: port)
    }
}
