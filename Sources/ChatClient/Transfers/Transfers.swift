import ChatProtocol
import NIOCore

/// The files on their way: a few at once, the others in line.
///
/// Lives on the event loop.
final class Transfers {
    private static let atOnce = 2

    private let dialer: Dialer
    private let folder: DownloadFolder
    private let tell: (Transfer) -> Void
    private var waiting: [TransferJob] = []
    private var running: [TransferJob] = []
    private var isPaused = true

    /// Whose files they are; nil while nobody is signed in.
    var token: SessionToken?

    /// - Parameter folder: where downloads land.
    init(dialer: Dialer, folder: String, tell: @escaping (Transfer) -> Void) {
        self.dialer = dialer
        self.folder = DownloadFolder(path: folder)
        self.tell = tell
    }

    func upload(_ id: Transfer.ID, path: String, to conversation: ConversationName) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        add(
            TransferJob(
                .upload(path: path, conversation),
                Transfer(id: id, direction: .up, name: name, conversation: conversation, size: 0, done: 0, state: .waiting)))
    }

    func download(_ id: Transfer.ID, _ file: SharedFile, of conversation: ConversationName? = nil) {
        add(
            TransferJob(
                .download(file, folder),
                Transfer(
                    id: id, direction: .down, name: file.label.text, conversation: conversation, size: file.size, done: 0,
                    state: .waiting)))
    }

    /// One that cannot begin.
    func refuse(_ id: Transfer.ID, name: String = "", _ failure: TransferFailure) {
        tell(Transfer(id: id, direction: .down, name: name, conversation: nil, size: 0, done: 0, state: .failed(failure)))
    }

    func cancel(_ id: Transfer.ID) {
        for job in waiting + running where job.transfer.id == id {
            waiting.removeAll { $0 === job }
            job.cancel()
            tell(job.transfer)
        }
    }

    func cancelAll() {
        for job in waiting + running { cancel(job.transfer.id) }
    }

    /// Nothing new begins while the client is offline; what runs looks after its own line.
    func pause() { isPaused = true }

    func carryOn() {
        isPaused = false
        startNext()
    }

    /// The program ends.
    func close() {
        isPaused = true
        cancelAll()
    }

    private func add(_ job: TransferJob) {
        waiting.append(job)
        tell(job.transfer)
        startNext()
    }

    private func startNext() {
        guard !isPaused, let token else { return }
        while running.count < Self.atOnce, !waiting.isEmpty {
            let job = waiting.removeFirst()
            running.append(job)
            job.start(
                TransferJob.Setting(
                    dialer: dialer, token: token, progress: tell,
                    ended: { [weak self, weak job] in
                        guard let self else { return }
                        running.removeAll { $0 === job }
                        startNext()
                    }))
        }
    }
}
