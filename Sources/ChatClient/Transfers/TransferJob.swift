import ChatProtocol
import NIOCore

/// One file on its way, on a connection of its own, so that chat never waits for it.
///
/// Lives on the event loop; the disk is used on a queue of its own. A line that breaks is opened again, and the
/// transfer goes on from what the other side holds.
final class TransferJob {
    /// What is done on a line that stands. Each has its steps in a file of its own.
    enum Work {
        case upload(path: String, ConversationName)
        case download(SharedFile, DownloadFolder)
    }

    /// What a job needs of its surroundings.
    struct Setting {
        let dialer: Dialer
        let token: SessionToken
        /// Told at every step.
        let progress: (Transfer) -> Void
        /// The last that is heard.
        let ended: () -> Void
    }

    let work: Work
    private(set) var transfer: Transfer
    private var setting: Setting?
    private let disk = SerialWork()
    private(set) var connection: ServerConnection?
    private var backoff = Backoff()
    private var attempt: Scheduled<Void>?

    /// Made once, kept over broken lines.
    var source: TransferFile.Source?
    var nonce: Nonce
    var part: DownloadFolder.Part?

    init(_ work: Work, _ transfer: Transfer) {
        self.work = work
        self.transfer = transfer
        var generator = SystemRandomNumberGenerator()
        nonce = Nonce(using: &generator)
    }

    var isOver: Bool {
        switch transfer.state {
        case .waiting, .running: false
        case .done, .failed, .cancelled: true
        }
    }

    func start(_ setting: Setting) {
        self.setting = setting
        transfer.state = .running
        tell()
        switch work {
        case .upload(let path, _): prepareUpload(path)
        case .download(let file, let folder): prepareDownload(file, folder)
        }
    }

    /// What it reads from or writes to.
    private var path: String {
        switch work {
        case .upload(let path, _): path
        case .download(_, let folder): folder.path
        }
    }

    // MARK: The line

    /// Opens a line and goes on with the first step.
    func openLine() {
        guard let setting, !isOver else { return }
        setting.dialer.dial { [weak self] result in
            guard let self, !isOver else {
                if case .success(let connection) = result { connection.close() }
                return
            }
            switch result {
            case .success(let connection):
                self.connection = connection
                connection.listener.closed = { [weak self] _ in self?.lineBroke() }
                switch work {
                case .upload(_, let conversation): begin(conversation)
                case .download(let file, _): readNext(file)
                }
            case .failure: lineBroke()
            }
        }
    }

    private func lineBroke(atLeast delay: Duration = .zero) {
        connection?.close()
        connection = nil
        guard let setting, !isOver else { return }
        attempt = setting.dialer.loop.after(max(delay, backoff.next())) { [weak self] in self?.openLine() }
    }

    /// Asks the server; refusals that will not last are waited out, others end the transfer unless `refused` takes them.
    func ask<Body: ReplyBody>(
        _ command: Command, refused: @escaping (ProtocolError) -> Bool = { _ in false }, then answer: @escaping (Body) -> Void
    ) {
        guard let setting, let connection else { return }
        connection.request(command, session: setting.token) { [weak self] result in
            guard let self, !isOver else { return }
            switch result.body(Body.self) {
            case .success(let body):
                backoff.reset()
                answer(body)
            case .failure(.refused(let error)) where error.isTransient:
                lineBroke(atLeast: .seconds(error.retryAfter ?? 1))
            case .failure(.refused(let error)):
                if !refused(error) { fail(TransferFailure(error)) }
            case .failure(.connectionLost): break
            }
        }
    }

    /// Uses the disk and comes back to the loop.
    func onDisk<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value, then answer: @escaping (Value) -> Void) {
        guard let setting else { return }
        let done = LoopAnswer<Result<Value, any Error>>(on: setting.dialer.loop) { [weak self] result in
            guard let self, !isOver else { return }
            switch result {
            case .success(let value): answer(value)
            case .failure(let error): fail(TransferFailure(error, path: path))
            }
        }
        disk.submit { done(Result { try work() }) }
    }

    // MARK: How it stands

    func name(_ name: String, size: Int64) {
        transfer.name = name
        transfer.size = size
        tell()
    }

    func progress(_ done: Int64) {
        transfer.done = done
        tell()
    }

    func finish(path: String?) {
        transfer.done = transfer.size
        end(.done(path: path))
    }

    func fail(_ failure: TransferFailure) { end(.failed(failure)) }

    func cancel() { end(.cancelled) }

    private func end(_ state: Transfer.State) {
        guard !isOver else { return }
        transfer.state = state
        attempt?.cancel()
        connection?.close()
        connection = nil
        source = nil
        part = nil
        tell()
        let ended = setting?.ended
        setting = nil
        ended?()
    }

    private func tell() { setting?.progress(transfer) }
}
