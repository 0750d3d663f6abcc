import ChatProtocol
import Dispatch
import NIOCore

/// One file on its way, on a connection of its own, so that chat never waits for it.
///
/// Lives on the event loop; the disk is used on a queue of its own. A line that breaks is opened again, and the
/// transfer goes on from what the other side holds. The steps of each direction have a file of their own.
final class TransferJob {
    /// What a job needs of its surroundings.
    struct Setting {
        let dialer: Dialer
        let keeping: TransferKeeping
        /// Told at every step.
        let tell: (Transfer) -> Void
        /// It does nothing any more: it has come to its end, or may be tried again. Told once more when nothing is left of
        /// one that was cancelled.
        let stopped: (TransferJob) -> Void
    }

    /// Bytes after which progress is written down: a program that is killed shows about as much when it is back.
    private static let noted: Int64 = 16 * 1024 * 1024

    let setting: Setting
    /// Whether nothing is left of it here but what it became.
    private(set) var isTidy = false
    /// Begun by an earlier run of the program.
    let isRestored: Bool
    private(set) var kept: KeptTransfer
    private(set) var transfer: Transfer

    private let disk = SerialWork(on: .own)
    private(set) var connection: ServerConnection?
    private(set) var backoff = Backoff()
    private var attempt: Scheduled<Void>?
    /// While it is at work.
    private var token: SessionToken?
    /// Given up when it stops: what was asked for is not answered any more, and the disk need not go on.
    private(set) var turn = WorkTicket()

    /// Made once in a turn, kept over broken lines.
    var source: TransferFile.Source?
    var part: DownloadFolder.Part?
    /// Whether what was there turned out to be damaged: that is put up with once.
    var hasBegunAnew = false
    /// Of an upload, learnt from its lines so far.
    var chunkSize = ChunkSize()

    init(_ kept: KeptTransfer, as id: Transfer.ID, isRestored: Bool = false, _ setting: Setting) {
        self.kept = kept
        self.isRestored = isRestored
        self.setting = setting
        transfer = kept.shown(as: id)
    }

    func start(_ token: SessionToken) {
        guard !isAtWork, !kept.isOver else { return }
        self.token = token
        turn = WorkTicket()
        hasBegunAnew = false
        transfer.state = if case .upload(_, _, nil) = kept.work { .preparing(read: 0) } else { .running }
        tell()
        switch kept.work {
        case .upload(let path, _, let source): prepareUpload(path, source)
        case .download(let file, _, let part): prepareDownload(file, part)
        }
    }

    var isAtWork: Bool { token != nil }

    private func isAtWork(in turn: WorkTicket) -> Bool { !turn.isGivenUp }

    // MARK: The line

    /// Opens a line and goes on with the first step.
    func openLine() {
        guard isAtWork else { return }
        let turn = turn
        setting.dialer.dial { [weak self] result in
            guard let self, isAtWork(in: turn) else {
                if case .success(let connection) = result { connection.close() }
                return
            }
            switch result {
            case .success(let connection):
                self.connection = connection
                connection.listen(ServerConnection.Listener(closed: { [weak self] in self?.lineClosed($0) }))
                switch kept.work {
                case .upload(_, let conversation, _): begin(conversation)
                case .download(let file, _, _): readNext(file)
                }
            case .failure: lineBroke()
            }
        }
    }

    private func lineClosed(_ end: ConnectionEnd) {
        if end == .noAnswer { chunkSize.wentUnanswered() }
        lineBroke()
    }

    private func lineBroke(atLeast delay: Duration = .zero) {
        connection?.close()
        connection = nil
        guard isAtWork else { return }
        let turn = turn
        attempt = setting.dialer.loop.after(max(delay, backoff.next())) { [weak self] in
            if let self, isAtWork(in: turn) { openLine() }
        }
    }

    /// Asks the server; refusals that will not last are waited out, others end the transfer unless `refused` takes them.
    func ask<Body: ReplyBody>(
        _ command: Command, refused: @escaping (ProtocolError) -> Bool = { _ in false }, then answer: @escaping (Body) -> Void
    ) {
        guard let token, let connection else { return }
        let turn = turn
        connection.request(command, session: token) { [weak self] result in
            guard let self, isAtWork(in: turn) else { return }
            switch result.body(Body.self) {
            case .success(let body): answer(body)
            // Of a session that has ended the chat's own line hears, and all transfers rest.
            case .failure(.refused(let error)) where error.isTransient || error.code == .sessionInvalid:
                if error.isTransient {
                    transfer.refusal = error
                    tell()
                }
                lineBroke(atLeast: .seconds(error.retryAfter ?? 1))
            case .failure(.refused(let error)):
                if !refused(error) { fail(TransferFailure(error), refusal: error) }
            case .failure(.connectionLost): break
            }
        }
    }

    /// Uses the disk and comes back to the loop.
    func onDisk<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value, then answer: @escaping (Value) -> Void) {
        let turn = turn
        let path = path
        let done = LoopAnswer<Result<Value, any Error>>(on: setting.dialer.loop) { [weak self] result in
            guard let self, isAtWork(in: turn) else { return }
            switch result {
            case .success(let value): answer(value)
            case .failure(let error): fail(TransferFailure(error, path: path))
            }
        }
        disk.submit {
            guard !turn.isGivenUp else { return }
            let result = Result { try work() }
            // By then the loop may have ended.
            if !turn.isGivenUp { done(result) }
        }
    }

    /// What it reads from or writes to.
    private var path: String {
        switch kept.work {
        case .upload(let path, _, _): path
        case .download(_, _, let part): part
        }
    }

    // MARK: How it stands

    /// The file that goes up is being read through.
    func prepare(_ reading: TransferFile.Reading) {
        transfer.size = reading.size
        transfer.state = .preparing(read: reading.done)
        tell()
    }

    /// The file that goes up was read through.
    func know(_ source: SourceFacts, then answer: @escaping () -> Void) {
        guard case .upload(let path, let conversation, _) = kept.work else { return }
        kept.work = .upload(path: path, conversation, source)
        transfer.size = source.size
        transfer.state = .running
        tell()
        let turn = turn
        setting.keeping.save(kept) { [weak self] in
            if let self, isAtWork(in: turn) { answer() }
        }
    }

    /// Bytes have passed on this line: so they may on the next.
    func hasMoved() {
        backoff.reset()
        transfer.refusal = nil
    }

    func progress(_ done: Int64) {
        transfer.done = done
        if abs(done - kept.done) >= Self.noted {
            kept.done = done
            setting.keeping.save(kept)
        }
        tell()
    }

    /// Everything is where it should be.
    func finish(path: String?) {
        transfer.done = transfer.size
        tidy { [self] _ in end(.done(path: path)) }
    }

    /// It may be tried again, and goes on from where it is.
    /// - Parameter refusal: the server's, after which it is not tried again by itself.
    func fail(_ failure: TransferFailure, refusal: ProtocolError? = nil) {
        guard isAtWork else { return }
        stop()
        kept.done = transfer.done
        kept.refusal = refusal
        if failure == .damaged || !hasBegun {
            forget()
        } else {
            setting.keeping.save(kept)
        }
        end(.failed(failure))
    }

    /// Whether there is anything to go on with. A file that could not even be opened was a slip of the finger.
    private var hasBegun: Bool {
        switch kept.work {
        case .upload(_, _, let source): source != nil
        case .download: true
        }
    }

    /// Holds it until it is tried again, also in later runs of the program.
    func pause() {
        switch transfer.state {
        case .waiting, .preparing, .running: break
        case .paused, .done, .failed, .cancelled: return
        }
        // It has come to its end, and its traces are being removed.
        guard !kept.isOver else { return }
        stop()
        kept.done = transfer.done
        kept.isPaused = true
        setting.keeping.save(kept)
        end(.paused)
    }

    /// After it was paused, failed or was cancelled: waits to be started again.
    func retry(then answer: @escaping () -> Void) {
        switch transfer.state {
        case .failed(.changed):
            guard case .upload(let path, let conversation, _) = kept.work else { break }
            // As it is now it is another file, and another upload.
            setting.keeping.forget(kept.nonce)
            kept = KeptTransfer(.upload(path: path, conversation, nil))
            transfer.done = 0
        case .paused, .failed, .cancelled: break
        case .waiting, .preparing, .running, .done: return
        }
        kept.refusal = nil
        kept.isPaused = false
        kept.isOver = false
        isTidy = false
        transfer.state = .waiting
        tell()
        setting.keeping.save(kept, then: answer)
    }

    /// It is so at once; what is left of it goes when the disk lets it.
    func cancel() {
        guard !kept.isOver else { return }
        transfer.state = .cancelled
        tell()
        tidy { [self] placed in
            // Cancelled just when it was put in its place: there it is.
            if let placed { end(.done(path: placed)) } else { setting.stopped(self) }
        }
        setting.stopped(self)
    }

    /// The account is left or the program ends. What can be kept goes on the next time.
    func rest() {
        // Nobody waits any more for its end to be written down first.
        guard !kept.isOver else { return isTidy ? () : removePart() }
        stop()
        guard setting.keeping.isLasting else { return forget() }
        kept.done = transfer.done
        if case .failed = transfer.state { return }
        setting.keeping.save(kept)
    }

    /// Blocks until the disk has done what it was asked for, or it is too late.
    func waitForDisk(until deadline: DispatchTime) { disk.wait(until: deadline) }

    private func stop() {
        token = nil
        transfer.refusal = nil
        turn.giveUp()
        attempt?.cancel()
        connection?.close()
        connection = nil
        guard source != nil || part != nil else { return }
        // Closing a file may take as long as writing it.
        disk.submit { [source, part] in withExtendedLifetime((source, part)) {} }
        source = nil
        part = nil
    }

    /// Removes all traces, in an order that lets the next run of the program go on removing, and answers, unless it is
    /// begun again meanwhile.
    private func tidy(then answer: @escaping (_ placed: String?) -> Void) {
        let opened = part
        stop()
        kept.isOver = true
        let forget = { [self] (placed: String?) in
            guard kept.isOver else { return }
            setting.keeping.forget(kept.nonce) { [self] in
                guard kept.isOver else { return }
                isTidy = true
                answer(placed)
            }
        }
        guard let part = kept.part else { return forget(nil) }
        setting.keeping.save(kept) { [self] in
            let removed = LoopAnswer<String?>(on: setting.dialer.loop) { forget($0) }
            disk.submit {
                DownloadFolder.remove(part: part)
                removed(opened?.placedPath)
            }
        }
    }

    /// Removes all traces of one that nothing is known of any more.
    private func forget() {
        setting.keeping.forget(kept.nonce)
        removePart()
    }

    private func removePart() {
        if let part = kept.part { disk.submit { DownloadFolder.remove(part: part) } }
    }

    private func end(_ state: Transfer.State) {
        transfer.state = state
        tell()
        setting.stopped(self)
    }

    func tell() { setting.tell(transfer) }
}
