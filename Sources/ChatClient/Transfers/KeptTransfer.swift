import ChatProtocol

/// An unfinished transfer, as it outlives the program.
struct KeptTransfer: Hashable, Sendable {
    enum Work: Hashable, Sendable {
        /// The path is absolute. The source is known as soon as the file was read through.
        case upload(path: String, ConversationName, SourceFacts?)
        /// `part` is the path of the hidden file that takes what comes.
        case download(SharedFile, ConversationName?, part: String)
    }

    /// For an upload also what the server knows it by.
    let nonce: Nonce
    var work: Work
    /// Bytes that were done when this was written down.
    var done: Int64 = 0
    /// The server's refusal: it is not tried again by itself.
    var refusal: ProtocolError?
    /// Held by the person: it does not go on by itself.
    var isPaused = false
    /// Whether only its traces remain to be removed, since it was cancelled or the file lies in its place.
    var isOver = false

    init(_ work: Work) {
        var generator = SystemRandomNumberGenerator()
        self.init(work, nonce: Nonce(using: &generator))
    }

    init(_ work: Work, nonce: Nonce) {
        self.work = work
        self.nonce = nonce
    }

    var part: String? {
        if case .download(_, _, let part) = work { part } else { nil }
    }

    /// What a face is to see of it.
    func shown(as id: Transfer.ID) -> Transfer {
        let state = refusal.map { Transfer.State.failed(TransferFailure($0)) } ?? (isPaused ? .paused : .waiting)
        switch work {
        case .upload(let path, let conversation, let source):
            return Transfer(
                id: id, direction: .up, name: TransferFile.name(path),
                conversation: conversation, size: source?.size ?? 0, done: done, state: state)
        case .download(let file, let conversation, _):
            return Transfer(
                id: id, direction: .down, name: file.label.text, conversation: conversation, size: file.size,
                done: min(done, file.size), state: state)
        }
    }
}
