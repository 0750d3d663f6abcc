public import ChatProtocol
public import ChatServer
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// A real server in this process: a free port on loopback, a data folder of its own, everything durable.
public final class TestServer: Sendable {
    public let port: Int
    public let dataDirectory: String
    private let services: ServiceGroup
    private let running: Task<Void, any Error>
    private let ownsDirectory: Bool

    /// - Parameters:
    ///   - dataDirectory: of an earlier server, to start it again; a fresh one otherwise.
    ///   - port: of an earlier server; a free one otherwise.
    ///   - now: the wall clock.
    ///   - configure: changes limits before the start.
    public static func start(
        dataDirectory: String? = nil, port: Int = 0, now: @escaping @Sendable () -> Timestamp = Server.wallClock,
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> TestServer {
        let directory = try dataDirectory ?? TemporaryFolder.make("obrol-server")
        var configuration = ServerConfiguration(dataDirectory: directory, listen: [.init(host: "127.0.0.1", port: port)])
        configure(&configuration)
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let (bound, announce) = AsyncStream.makeStream(of: Int.self)
        let told: @Sendable ([ServerConfiguration.Address]) -> Void = { addresses in
            announce.yield(addresses.first?.port ?? 0)
            announce.finish()
        }
        let server = try Server(configuration: configuration, logger: logger, bound: told, now: now)
        let services = ServiceGroup(services: [server], logger: logger)
        let running = Task {
            defer { announce.finish() }
            try await services.run()
        }
        for await port in bound {
            return TestServer(
                port: port, dataDirectory: directory, services: services, running: running, ownsDirectory: dataDirectory == nil)
        }
        try await running.value
        throw TestFailure("The server ended before it listened.")
    }

    /// One whose database may hardly grow: see `WireClient.fillDatabase(as:)`.
    public static func startSmall(dataDirectory: String) async throws -> TestServer {
        try await start(dataDirectory: dataDirectory, configure: { $0.databaseBytes = 300_000 })
    }

    private init(port: Int, dataDirectory: String, services: ServiceGroup, running: Task<Void, any Error>, ownsDirectory: Bool) {
        self.port = port
        self.dataDirectory = dataDirectory
        self.services = services
        self.running = running
        self.ownsDirectory = ownsDirectory
    }

    /// Drains and ends the server; its data stays until `removeData`.
    public func stop() async throws {
        await services.triggerGracefulShutdown()
        try await running.value
    }

    public func removeData() throws { try FileManager.default.removeItem(atPath: dataDirectory) }

    /// Runs a test against a fresh server and leaves nothing behind, whatever the test does.
    public static func with(
        configure: (inout ServerConfiguration) -> Void = { _ in }, _ body: (TestServer) async throws -> Void
    ) async throws {
        let server = try await start(configure: configure)
        // What a server left that did not stop as it should is of no use to anybody either.
        defer { try? server.removeData() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await server.stop()
        try result.get()
    }
}

/// Why a test cannot go on.
public struct TestFailure: Error, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

public enum TemporaryFolder {
    /// A new folder that only this test knows.
    public static func make(_ name: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
