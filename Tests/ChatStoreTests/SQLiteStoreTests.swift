import ChatProtocol
import ChatStore
import ChatTesting
import Foundation
import Synchronization
import Testing

/// A store in a folder that goes away with the test.
private func withStore(
    maximumBytes: Int64? = nil, now: @escaping @Sendable () -> Timestamp = { Timestamp(milliseconds: 1_764_000_000_000) },
    _ body: (SQLiteStore, String) throws -> Void
) throws {
    let directory = try TemporaryFolder.make("obrol-store")
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let store = try SQLiteStore(directory: directory, maximumBytes: maximumBytes, now: now)
    try body(store, directory)
    try store.close()
}

@Suite("The SQLite store")
struct SQLiteStoreTests {
    @Test("conforms", arguments: StoreConformance.checks)
    func conforms(check: StoreConformance.Check) throws {
        try withStore { store, _ in try StoreConformance.run(check, on: store) }
    }

    @Test("syncs every commit")
    func syncs() throws {
        try withStore { store, _ in
            let level = try store.synchronousLevel()
            #expect(level == 2, "2 is FULL")
        }
    }

    @Test("has one owner: a second server is told so")
    func oneOwner() throws {
        try withStore { _, directory in
            #expect(throws: StoreOpenError.self) { try SQLiteStore(directory: directory, now: { Timestamp(milliseconds: 0) }) }
        }
    }

    @Test("keeps its identity and everything else over a restart; another store has another")
    func restart() throws {
        let directory = try TemporaryFolder.make("obrol-store")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let clock: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1) }
        let user = NewUser(username: try Username("alam"), name: try DisplayName("Alam"), nationality: "", passwordHash: "h")
        let store = try SQLiteStore(directory: directory, now: clock)
        _ = try store.commit([.register(user)])
        try store.close()
        // Whoever still knows the closed one does not keep the folder from the next.
        let again = try withExtendedLifetime(store) { try SQLiteStore(directory: directory, now: clock) }
        #expect(again.epoch == store.epoch)
        #expect(try again.credentials(Username("alam"))?.user.name == "Alam")
        try again.close()
        try withStore { other, _ in #expect(other.epoch != store.epoch) }
    }

    @Test("time in the log never runs backwards, whatever the clock does")
    func clockStepsBack() throws {
        let clock = Mutex<Int64>(1_000_000)
        try withStore(now: { Timestamp(milliseconds: clock.withLock { $0 }) }) { store, _ in
            let alam = try caller("alam", in: store)
            for time in [1_000_000, 500_000, 1_000_001] as [Int64] {
                clock.withLock { $0 = time }
                _ = try store.commit([post("x", from: alam)])
            }
            let page = try store.history(
                History(conversation: .direct(alam.user.username), anchor: .before(.maximum)), for: alam.user)
            #expect(page.entries.map(\.time.milliseconds) == [1_000_000, 1_000_000, 1_000_001])
        }
    }

    @Test("a batch that does not fit is refused whole, and seqs go on without a gap")
    func full() throws {
        try withStore(maximumBytes: 300_000) { store, _ in
            let alam = try caller("alam", in: store)
            let large = String(repeating: "x", count: 16_000)
            var stored = 0
            while try store.commit([post(large, from: alam)])[0].isStored { stored += 1 }
            #expect(stored > 0)
            let batch = try store.commit([post(large, from: alam), post(large, from: alam)])
            #expect(batch.allSatisfy { !$0.isStored })
            let page = try store.history(
                History(conversation: .direct(alam.user.username), anchor: .after(.zero, at: nil), limit: 500), for: alam.user)
            #expect(page.entries.map(\.seq.value) == Array(1...Int64(stored)))
        }
    }

    @Test("remembers use of a session once a day, and forgets one that nobody has used for ninety")
    func sessionsEnd() throws {
        let day: Int64 = 24 * 3600 * 1000
        let clock = Mutex<Int64>(0)
        try withStore(now: { Timestamp(milliseconds: clock.withLock { $0 }) }) { store, _ in
            let alam = try caller("alam", in: store)
            let token = TokenHash(bytes: Array(repeating: 1, count: 32))
            func use(at time: Int64) throws -> Int64? {
                clock.withLock { $0 = time }
                _ = try store.commit([.touchSession(alam.session), .touchSession(alam.session)])
                return store.session(token)?.lastUsed.milliseconds
            }
            #expect(try use(at: day) == 0)
            #expect(try use(at: day + 1) == day + 1)
            #expect(try use(at: 2 * day) == day + 1)
            func expired(at time: Int64) throws -> [SessionID] {
                clock.withLock { $0 = time }
                guard case .expired(let expired) = try store.commit([.expire])[0].get() else { return [] }
                #expect(expired.isAll)
                return expired.sessions
            }
            #expect(try expired(at: 91 * day + 1) == [])
            #expect(try store.commit([post("x", from: alam)])[0].isStored)
            #expect(try expired(at: 91 * day + 2) == [alam.session])
            #expect(try !store.commit([post("x", from: alam)])[0].isStored)
            #expect(try expired(at: 91 * day + 3) == [])
        }
    }

    @Test("keeps its log of changes short though nobody ever pauses")
    func shortLog() throws {
        try withStore { store, directory in
            let alam = try caller("alam", in: store)
            let batch = try (0..<10).map { _ in try post(String(repeating: "x", count: 16_000), from: alam) }
            let due = DispatchSemaphore(value: 0)
            let isOver = Atomic(false)
            let checkpoints = Atomic(0)
            let ended = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                defer { ended.signal() }
                while true {
                    due.wait()
                    if isOver.load(ordering: .relaxed) { return }
                    do { try store.checkpoint() } catch { Issue.record("\(error)") }
                    checkpoints.add(1, ordering: .relaxed)
                }
            }
            // 64 MiB of changes.
            for _ in 0..<400 {
                #expect(try store.commit(batch).allSatisfy { $0.isStored })
                if store.wantsCheckpoint { due.signal() }
            }
            isOver.store(true, ordering: .relaxed)
            due.signal()
            ended.wait()
            #expect(checkpoints.load(ordering: .relaxed) > 0)
            let size = try FileManager.default.attributesOfItem(atPath: directory + "/obrol.sqlite-wal")[.size] as? Int
            #expect(try #require(size) < 32 << 20)
        }
    }

    @Test("leaves no log of changes behind when it is closed, though people have read meanwhile")
    func noLogAfterwards() throws {
        let directory = try TemporaryFolder.make("obrol-store")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let clock: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1) }
        let store = try SQLiteStore(directory: directory, now: clock)
        let alam = try caller("alam", in: store)
        #expect(try store.commit([post("x", from: alam)])[0].isStored)
        #expect(try store.users(ListPage()).rows.count == 1)
        try store.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == ["lock", "obrol.sqlite"])
        let again = try SQLiteStore(directory: directory, now: clock)
        let page = try again.history(
            History(conversation: .direct(alam.user.username), anchor: .before(.maximum)), for: alam.user)
        #expect(page.entries.map(\.text) == ["x"])
        try again.close()
    }

    private func caller(_ name: String, in store: SQLiteStore) throws -> Caller {
        let new = NewUser(username: try Username(name), name: try DisplayName(name), nationality: "", passwordHash: "h")
        guard case .registered(let user) = try store.commit([.register(new)])[0].get(),
            case .sessionOpened(let session) = try store.commit([
                .openSession(NewSession(user: user, token: TokenHash(bytes: Array(repeating: 1, count: 32)), device: ""))
            ])[0].get()
        else { throw TestFailure("no session") }
        return Caller(user: user, session: session.id)
    }

    private func post(_ text: String, from caller: Caller) throws -> Change {
        .post(Post(caller: caller, target: .conversation(.direct(caller.user.username)), text: try MessageText(text)))
    }
}

extension Result where Failure == ProtocolError {
    fileprivate var isStored: Bool { if case .success = self { true } else { false } }
}

@Suite("The committer")
struct CommitterTests {
    @Test("answers in order, and everything that it took before it finished")
    func inOrder() throws {
        try withStore { store, _ in
            let answers = Mutex<[Int]>([])
            let committer = Committer<Int>(
                store: store, deliver: { batch in answers.withLock { $0 += batch.origins } }, checkpointDue: {},
                failed: { Issue.record("\($0)") })
            committer.start()
            for number in 0..<5000 { #expect(committer.submit(.touchSession(SessionID(1)), from: number)) }
            committer.finish()
            #expect(answers.withLock { $0 } == Array(0..<5000))
            #expect(!committer.submit(.touchSession(SessionID(1)), from: 0))
        }
    }
}
