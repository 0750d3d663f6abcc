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
        /// Times that the last connection ended: a later one begins the five seconds anew.
        var absences = 0
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
        if isNews { announce(user) }
    }

    func disconnected(_ user: User) {
        let absence: Int? = people.withLock { people in
            people[user.id]?.connections -= 1
            guard people[user.id]?.connections == 0 else { return nil }
            people[user.id]?.absences += 1
            return people[user.id]?.absences
        }
        if let absence { timer.scheduleTask(in: Self.debounce) { [self] in confirm(absence, of: user) } }
    }

    private func confirm(_ absence: Int, of user: User) {
        let isGone = people.withLock { people in
            guard let status = people[user.id], status.connections == 0, status.absences == absence else { return false }
            people[user.id] = nil
            return true
        }
        if isGone { announce(user) }
    }

    /// Somebody new is told to everybody: they appear in the list of users.
    func registered(_ user: User) {
        delivery.tell(.presence(user.username, name: user.name, online: isOnline(user.id)), to: nil, except: nil)
    }

    /// When there is too much to do it is left out: presence is a courtesy, and lists carry it too.
    ///
    /// What is told is how it is then, in the order in which it became so: what was found out late takes nothing back.
    private func announce(_ user: User) {
        _ = workers.submit { [self] in
            do {
                let peers = try store.peers(of: user.id)
                people.withLock { people in
                    let online = people[user.id]?.announced ?? false
                    delivery.tell(.presence(user.username, name: user.name, online: online), to: peers, except: nil)
                }
            } catch {
                logger.error("presence not announced", metadata: ["error": "\(error)"])
            }
        }
    }
}
