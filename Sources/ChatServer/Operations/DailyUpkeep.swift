import ChatProtocol
import ChatStore
import Logging
import NIOCore
import Synchronization

/// Soon after the start, and every day, forgets what nobody has used for long: sessions, and uploads that were never
/// finished.
///
/// It goes by the wall clock, for which a machine that slept has slept. But a clock that has leapt may be wrong, and what
/// is forgotten does not come back: it is believed once it has gone on evenly for a while.
final class DailyUpkeep: Sendable {
    private struct Course {
        var last: Timestamp?
        /// Of the wall clock from the one that nobody sets, in milliseconds.
        var offset: Int64?
        var evenSince = NIODeadline.now()
    }

    /// Milliseconds from one second to the next that are no leap.
    private static let leap: Int64 = 10_000

    private let server: ServerContext
    private let course = Mutex(Course())

    init(_ server: ServerContext) { self.server = server }

    /// Called once a second.
    func tick() {
        let now = server.now()
        server.clock.set(now)
        guard isDue(now, .now()) else { return }
        Self.expire(server)
        _ = server.fileWorkers.submit { [server] in
            do { try server.files.discardUploads(untouchedSince: now.before(days: Upload.idleDays)) } catch {
                server.logger.error("abandoned uploads not removed", metadata: ["error": "\(error)"])
            }
        }
    }

    private func isDue(_ now: Timestamp, _ steady: NIODeadline) -> Bool {
        course.withLock { course in
            let offset = now.milliseconds - Int64(steady.uptimeNanoseconds / 1_000_000)
            if let before = course.offset, abs(offset - before) > Self.leap { course.evenSince = steady }
            course.offset = offset
            guard steady - course.evenSince >= .seconds(server.configuration.clockTrustSeconds) else { return false }
            if let last = course.last, last > now.before(days: 1) { return false }
            course.last = now
            return true
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
