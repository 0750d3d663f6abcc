public import ChatProtocol
import ChatStore
import Foundation
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// A server: opens its store, listens, and drains when it is told to stop.
public final class Server: Service {
    private let context: ServerContext
    private let group: MultiThreadedEventLoopGroup
    private let loops: [ServerLoop]
    private let connections = ConnectionCounts()
    private let checkpoints: Checkpoints
    private let bound: @Sendable ([ServerConfiguration.Address]) -> Void
    private let ending: Ending

    /// Opens the store; listens only in `run`.
    /// - Parameters:
    ///   - bound: told the addresses, with the ports that the system chose, once connections are accepted.
    ///   - now: the wall clock.
    /// - Throws: `ConfigurationError`, `StoreOpenError`, `ProtocolError`: each says what to do.
    public init(
        configuration: ServerConfiguration, logger: Logger,
        bound: @escaping @Sendable ([ServerConfiguration.Address]) -> Void = { _ in },
        now: @escaping @Sendable () -> Timestamp = Server.wallClock
    ) throws {
        try configuration.validate()
        let passwords = try PasswordHashing()
        let store = try SQLiteStore(
            directory: configuration.dataDirectory, maximumBytes: configuration.databaseBytes, now: now)
        let files = try FileStorage(directory: configuration.dataDirectory)

        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.eventLoops))
        loops = try Self.loops(of: group, requestsPerSecond: configuration.requestsPerSecond)
        ending = Ending()
        self.bound = bound

        let delivery = LocalDelivery(loops)
        let readers = WorkerPool(threads: 2, limit: 10_000)
        checkpoints = Checkpoints(store: store, logger: logger)
        let committer = CommitLine(
            store: store, deliver: { delivery.deliver($0) }, checkpointDue: { [checkpoints] in checkpoints.makeOne() },
            failed: { [ending] in ending.raise(.failed($0)) })
        context = ServerContext(
            configuration: configuration, store: store, files: files, committer: committer, delivery: delivery,
            presence: Presence(
                store: store, delivery: delivery, workers: readers, timer: loops[0].eventLoop, logger: logger),
            passwords: passwords, logins: LoginLimiter(limit: configuration.failedLoginsPerMinute),
            bodies: BodyBudget(limit: configuration.bodiesInProgress), readers: readers,
            hashers: SharedWorkerPool(threads: 1, limit: configuration.passwordsWaiting),
            fileWorkers: WorkerPool(threads: 2, limit: 1_000, isPatient: true), logger: logger,
            now: now, clock: CoarseClock(now()))
        committer.start()
    }

    public static let wallClock: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    private static func loops(of group: MultiThreadedEventLoopGroup, requestsPerSecond: Int) throws -> [ServerLoop] {
        try group.makeIterator().enumerated().map { index, eventLoop in
            let directory = try eventLoop.submit {
                let allowance = RequestAllowance(perSecond: requestsPerSecond)
                return NIOLoopBound(
                    LoopDirectory(index: index, eventLoop: eventLoop, allowance: allowance), eventLoop: eventLoop)
            }.wait()
            return ServerLoop(eventLoop: eventLoop, directory: directory)
        }
    }

    // MARK: Running

    /// Serves until it is told to stop, then drains.
    /// - Throws: `StoreFailure` if the disk failed, or what an address could not be listened on for.
    public func run() async throws {
        var listeners: [any Channel] = []
        let reason: Ending.Reason
        do {
            for address in context.configuration.listen { listeners.append(try await listen(on: address)) }
            let addresses = listeners.compactMap { channel in
                channel.localAddress.flatMap { address in
                    address.ipAddress.map { ServerConfiguration.Address(host: $0, port: address.port ?? 0) }
                }
            }
            for address in addresses { context.logger.notice("listening", metadata: ["address": "\(address)"]) }
            bound(addresses)
            let upkeep = DailyUpkeep(context)
            let tick = loops[0].eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [checkpoints] _ in
                checkpoints.makeOne()
                upkeep.tick()
            }
            reason = await withGracefulShutdownHandler {
                await ending.wait()
            } onGracefulShutdown: { [ending] in
                ending.raise(.asked)
            }
            tick.cancel()
        } catch {
            try await stop(listeners, patience: .zero)
            throw error
        }
        context.logger.notice("draining")
        try await stop(listeners, patience: patience(reason))
        context.logger.notice("stopped")
        if case .failed(let failure) = reason { throw failure }
    }

    private func listen(on address: ServerConfiguration.Address) async throws -> any Channel {
        do {
            let bootstrap = ServerBootstrap(group: group)
            // A connection that takes nothing is looked at past this: its backlog may be no more.
            let unsent = min(Limits.unsentReplies, context.configuration.eventBacklog)
            return try await noticingTheVanished(bootstrap, within: context.configuration.vanishedSeconds)
                .serverChannelInitializer { [logger = context.logger] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptTrouble(logger: logger))
                    }
                }
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: .init(low: unsent / 4, high: unsent))
                .childChannelInitializer { [self] channel in accept(channel) }
                .bind(host: address.host, port: address.port).get()
        } catch {
            throw ConfigurationError(
                "\(address) cannot be listened on: \(error). Is another server running there?")
        }
    }

    private func accept(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop }) else {
                throw ChannelError.inappropriateOperationForState
            }
            let host = channel.remoteAddress?.ipAddress ?? ""
            let holder = AddressHolder(host)
            guard let id = connections.open(holder, limit: context.configuration.connectionsPerAddress) else {
                context.logger.notice("too many connections", metadata: ["address": "\(host)"])
                throw ProtocolError.overloaded
            }
            channel.closeFuture.whenComplete { [connections] _ in connections.close(holder) }
            let connection = Connection(id: id, server: context, directory: loop.directory.value)
            try channel.pipeline.syncOperations.addHandler(connection)
        }
    }

    // MARK: Stopping

    /// How long connections may take for their last answers. When the disk failed, most wait for an answer that never comes.
    private func patience(_ reason: Ending.Reason) -> TimeAmount {
        switch reason {
        case .asked: .seconds(context.configuration.drainSeconds)
        case .failed: .milliseconds(500)
        }
    }

    /// Accepts nobody, takes no request, answers what was taken, tells clients when to come back, and closes.
    private func stop(_ listeners: [any Channel], patience: TimeAmount) async throws {
        for listener in listeners { try await listener.close().get() }
        for loop in loops {
            try await loop.eventLoop.submit {
                for connection in loop.directory.value.all {
                    connection.drain(returnAfter: Int64.random(in: 500...3000))
                }
            }.get()
        }
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [context] in
                context.committer.finish()
                continuation.resume()
            }
        }
        try await closeConnections(patience)
        try await context.readers.stop()
        try await context.hashers.stop()
        try await context.fileWorkers.stop()
        try await checkpoints.stop()
        try await group.shutdownGracefully()
        do { try context.store.checkpoint() } catch let error as ProtocolError where error == .diskFull {
            // It stays in the log of changes, where the next start finds it.
            context.logger.warning("stopping on a full disk")
        }
        try context.store.close()
    }

    /// Waits for connections to take their last answers, but not for ever.
    private func closeConnections(_ patience: TimeAmount) async throws {
        let deadline = NIODeadline.now() + patience
        for loop in loops {
            let closed = try await loop.eventLoop.submit {
                let connections = loop.directory.value.all
                let all = EventLoopFuture.andAllComplete(connections.compactMap(\.closeFuture), on: loop.eventLoop)
                let late = loop.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
                    for connection in connections { connection.closeNow() }
                }
                return all.always { _ in late.cancel() }
            }.get()
            try await closed.get()
        }
    }
}

/// Why a server ends; whoever says so first is heard.
final class Ending: Sendable {
    enum Reason: Sendable {
        case asked
        case failed(StoreFailure)
    }

    private let (stream, continuation) = AsyncStream.makeStream(of: Reason.self, bufferingPolicy: .bufferingOldest(1))

    func raise(_ reason: Reason) {
        continuation.yield(reason)
        continuation.finish()
    }

    func wait() async -> Reason {
        for await reason in stream { return reason }
        return .asked
    }
}

/// Names connections and bounds how many one address has.
final class ConnectionCounts: Sendable {
    private let counts = Mutex<(next: UInt64, open: [AddressHolder: Int])>((1, [:]))

    /// Nil if the address has as many as it may.
    func open(_ holder: AddressHolder, limit: Int) -> ConnectionID? {
        counts.withLock { counts in
            guard counts.open[holder, default: 0] < limit else { return nil }
            counts.open[holder, default: 0] += 1
            counts.next += 1
            return ConnectionID(value: counts.next)
        }
    }

    func close(_ holder: AddressHolder) {
        counts.withLock { counts in
            counts.open[holder, default: 1] -= 1
            if counts.open[holder] == 0 { counts.open[holder] = nil }
        }
    }
}
