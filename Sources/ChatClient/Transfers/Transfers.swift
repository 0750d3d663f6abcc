import ChatProtocol
import Dispatch
import NIOCore

/// The files on their way: a few at once, the others in line; and those that rest, which may be tried again.
///
/// Lives on the event loop. Faces count the ids of what they ask for from 1 up; what an earlier run of the program left
/// gets the ids below zero.
final class Transfers {
    private static let atOnce = 2

    private let dialer: Dialer
    private let folder: DownloadFolder
    private let tell: (Transfer) -> Void
    /// In the order in which they were asked for. They are here until they are done.
    private var jobs: [TransferJob] = []
    /// Those that are written down: only they may begin.
    private var ready: Set<Transfer.ID> = []
    private var isPaused = true
    private var whenTidy: (() -> Void)?

    /// Whose files they are; nil while nobody is signed in.
    private var token: SessionToken?
    private var keeping = TransferKeeping()

    /// - Parameter folder: where downloads land.
    init(dialer: Dialer, folder: String, tell: @escaping (Transfer) -> Void) {
        self.dialer = dialer
        self.folder = DownloadFolder(path: folder)
        self.tell = tell
    }

    // MARK: The account

    /// Somebody signed in; what he left unfinished goes on as soon as there is a line.
    func enter(_ token: SessionToken, _ keeping: TransferKeeping, unfinished: [(place: Int, kept: KeptTransfer)]) {
        self.token = token
        self.keeping = keeping
        for (place, kept) in unfinished {
            let job = TransferJob(kept, as: -place, isRestored: true, setting)
            jobs.append(job)
            ready.insert(-place)
            job.tell()
        }
    }

    /// The account is left: what is kept waits for its return.
    func leave() {
        isPaused = true
        token = nil
        whenTidy = nil
        let left = jobs
        jobs = []
        ready = []
        for job in left { job.rest() }
        keeping = TransferKeeping()
    }

    /// The program ends. Disks are waited for, so that no part is left that nobody knows of, but for a second at most:
    /// they may never answer.
    func close() {
        let left = jobs
        leave()
        let deadline = DispatchTime.now() + .seconds(1)
        for job in left { job.waitForDisk(until: deadline) }
    }

    private var setting: TransferJob.Setting {
        TransferJob.Setting(dialer: dialer, keeping: keeping, tell: tell) { [weak self] in self?.stopped($0) }
    }

    // MARK: What is asked for

    func upload(_ id: Transfer.ID, path: String, to conversation: ConversationName) {
        add(KeptTransfer(.upload(path: TransferFile.absolute(path), conversation, nil)), as: id)
    }

    func download(_ id: Transfer.ID, _ file: SharedFile, of conversation: ConversationName? = nil) {
        var generator = SystemRandomNumberGenerator()
        let nonce = Nonce(using: &generator)
        let part = folder.part(of: file.label, nonce)
        add(KeptTransfer(.download(file, conversation, part: part), nonce: nonce), as: id)
    }

    /// One that cannot begin.
    func refuse(_ id: Transfer.ID, name: String = "", _ failure: TransferFailure) {
        tell(Transfer(id: id, direction: .down, name: name, conversation: nil, size: 0, done: 0, state: .failed(failure)))
    }

    func retry(_ id: Transfer.ID) {
        guard let job = job(id) else { return }
        job.retry { [weak self] in self?.makeReady(job) }
    }

    func pause(_ id: Transfer.ID) { job(id)?.pause() }

    /// Also forgets one that failed.
    func cancel(_ id: Transfer.ID) { job(id)?.cancel() }

    /// Calls back when nothing is left of any, but after a second at the latest: disks may never answer. What is left then
    /// goes when the account comes back.
    func cancelAll(then answer: @escaping () -> Void) {
        isPaused = true
        let deadline = dialer.loop.after(.seconds(1)) { [weak self] in self?.allAreTidy() }
        whenTidy = {
            deadline.cancel()
            answer()
        }
        for job in jobs { job.cancel() }
        if jobs.allSatisfy(\.isTidy) { allAreTidy() }
    }

    private func allAreTidy() {
        let answer = whenTidy
        whenTidy = nil
        answer?()
    }

    /// Nothing new begins while the client is offline; what runs looks after its own line.
    func pause() { isPaused = true }

    func carryOn() {
        isPaused = false
        startNext()
    }

    // MARK: One after the other

    private func job(_ id: Transfer.ID) -> TransferJob? { jobs.first { $0.transfer.id == id } }

    private func add(_ kept: KeptTransfer, as id: Transfer.ID) {
        let job = TransferJob(kept, as: id, setting)
        jobs.append(job)
        job.tell()
        keeping.save(kept) { [weak self] in self?.makeReady(job) }
    }

    private func makeReady(_ job: TransferJob) {
        guard jobs.contains(where: { $0 === job }) else { return }
        ready.insert(job.transfer.id)
        startNext()
    }

    private func startNext() {
        guard !isPaused, let token else { return }
        for job in jobs where job.transfer.state == .waiting && ready.contains(job.transfer.id) {
            let running = jobs.filter(\.isAtWork)
            guard running.count < Self.atOnce else { return }
            // One place stays free for what is asked for now.
            if job.isRestored, running.contains(where: \.isRestored) { continue }
            ready.remove(job.transfer.id)
            job.start(token)
        }
    }

    private func stopped(_ job: TransferJob) {
        if case .done = job.transfer.state { jobs.removeAll { $0 === job } }
        startNext()
        if jobs.allSatisfy(\.isTidy) { allAreTidy() }
    }
}
