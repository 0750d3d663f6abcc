import ChatProtocol
import ChatStore
import Logging
import NIOCore
import Synchronization

/// Who is connected, and telling those who should know. (Protocol: People)
///
/// Somebody who comes is announced at once; somebody who goes, only after five seconds away, so that a lost line that
/// comes back is not told to anybody.
final class Presence: Sendable {
    private struct Status {
        var user: User
        var connections = 0
        /// What others were told.
        var announced = false
    }

    private static let debounce = TimeAmount.seconds(5)

    private let people = Mutex<[UserID: Status]>([:])
    private let store: any Store
    private let delivery: any Delivery
    private let workers: WorkerPool
    private let timer: any EventLoop
    private let logger: Logger

    init(store: any Store, delivery: any Delivery, workers: WorkerPool, timer: any EventLoop, logger: Logger) {
        self.logger = logger
        self.store = store
        self.delivery = delivery
        self.workers = workers
        self.timer = timer
    }

    func isOnline(_ user: UserID) -> Bool { people.withLock { ($0[user]?.connections ?? 0) > 0 } }

    func connected(_ user: User) {
        let isNews = people.withLock { people in
            var status = people[user.id] ?? Status(user: user)
            status.connections += 1
            let isNews = !status.announced
            status.announced = true
            people[user.id] = status
            return isNews
        }
        if isNews { announce(user, online: true) }
    }

    func disconnected(_ user: User) {
        let isLast = people.withLock { people in
            people[user.id]?.connections -= 1
            return people[user.id]?.connections == 0
        }
        if isLast { timer.scheduleTask(in: Self.debounce) { [self] in confirmAbsence(of: user) } }
    }

    private func confirmAbsence(of user: User) {
        let isGone = people.withLock { people in
            guard let status = people[user.id], status.connections == 0, status.announced else { return false }
            people[user.id] = nil
            return true
        }
        if isGone { announce(user, online: false) }
    }

    /// Somebody new is told to everybody: they appear in the list of users.
    func registered(_ user: User) {
        delivery.tell(.presence(user.username, name: user.name, online: isOnline(user.id)), to: nil, except: nil)
    }

    /// When there is too much to do it is left out: presence is a courtesy, and lists carry it too.
    private func announce(_ user: User, online: Bool) {
        _ = workers.submit { [self] in
            do {
                let peers = try store.peers(of: user.id)
                delivery.tell(.presence(user.username, name: user.name, online: online), to: peers, except: nil)
            } catch {
                logger.error("presence not announced", metadata: ["error": "\(error)"])
            }
        }
    }
}
