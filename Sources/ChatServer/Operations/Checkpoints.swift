import ChatStore
import Logging

/// Moves the log of changes into the main file, off the path of messages: once a second, and when much has been written.
final class Checkpoints: Sendable {
    private let store: any Store
    private let logger: Logger
    /// One at it, and at most one that waits.
    private let worker = WorkerPool(threads: 1, limit: 1)

    init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Does nothing if one waits already.
    func makeOne() {
        _ = worker.submit { [store, logger] in
            do { try store.checkpoint() } catch {
                logger.error("checkpoint failed", metadata: ["error": "\(error)"])
            }
        }
    }

    func stop() async throws { try await worker.stop() }
}
