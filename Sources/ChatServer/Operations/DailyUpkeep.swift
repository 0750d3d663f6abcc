import ChatProtocol
import ChatStore
import Logging
import Synchronization

/// At the start, and every day, forgets what nobody has used for long: sessions, and uploads that were never finished.
final class DailyUpkeep: Sendable {
    private let server: ServerContext
    private let last = Mutex<Timestamp?>(nil)

    init(_ server: ServerContext) { self.server = server }

    /// Called once a second. It goes by the wall clock, for which a machine that slept has slept.
    func tick() {
        let now = server.now()
        server.clock.set(now)
        let isDue = last.withLock { last in
            if let last, last > now.before(days: 1) { return false }
            last = now
            return true
        }
        guard isDue else { return }
        Self.expire(server)
        _ = server.fileWorkers.submit { [server] in
            do { try server.files.discardUploads(untouchedSince: now.before(days: Upload.idleDays)) } catch {
                server.logger.error("abandoned uploads not removed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// What cannot be done today, as on a full disk, is done tomorrow.
    private static func expire(_ server: ServerContext) {
        let answer = Origin.Answer.call { result in
            guard case .success(.expired(let expired)) = result else { return }
            if !expired.sessions.isEmpty { server.delivery.end(Set(expired.sessions), reason: "expired", except: nil) }
            _ = server.fileWorkers.submit {
                for upload in expired.uploads { server.files.discard(upload: upload) }
            }
            if !expired.isAll { expire(server) }
        }
        _ = server.committer.submit(.expire, from: Origin(loop: 0, connection: .nobody, answer: answer))
    }
}
