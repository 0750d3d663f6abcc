import ChatProtocol
import NIOCore

/// Up: `file_begin` says from where, `file_append` moves chunk after chunk, `file_finish` announces. (Protocol: Files)
extension TransferJob {
    /// - Parameter known: as the file was when it was read through; changed since, it is not what was to be sent.
    func prepareUpload(_ path: String, _ known: SourceFacts?) {
        let reading = LoopAnswer<TransferFile.Reading>(on: setting.dialer.loop) { [weak self, turn] reading in
            if !turn.isGivenUp { self?.prepare(reading) }
        }
        onDisk { [turn] in
            try TransferFile.Source(path: path, known: known, turn) { reading($0) }
        } then: { [weak self] source in
            guard let self else { return }
            self.source = source
            know(source.facts) { [weak self] in self?.openLine() }
        }
    }

    /// The same nonce on every line, and after a restart: the server knows the upload again, finished or not.
    func begin(_ conversation: ConversationName) {
        guard let source else { return }
        let upload = BeginUpload(
            conversation: conversation, label: source.label, size: source.facts.size, sha256: source.facts.sha256,
            nonce: kept.nonce)
        ask(.fileBegin(upload)) { [weak self] (reply: UploadReply) in
            self?.append(reply.upload, from: reply.offset)
        }
    }

    private func append(_ upload: FileID, from offset: Int64) {
        guard let source, let line = connection else { return }
        progress(offset)
        guard offset < source.facts.size else { return announce(upload) }
        onDisk { [length = chunkSize.bytes] in
            let bytes = try TransferFile.read(source.descriptor, at: offset, length: length)
            guard bytes.readableBytes > 0 else { throw TransferFailure.changed(path: source.path) }
            return bytes
        } then: { [weak self] bytes in
            // Read for a line that broke meanwhile: the next one asks where to go on.
            guard let self, connection === line else { return }
            let chunk = AppendUpload(upload: upload, offset: offset, bytes: bytes)
            let asked = NIODeadline.now()
            ask(
                .fileAppend(chunk),
                refused: { [weak self] error in
                    guard error.code == .conflict, let right = error.offset, right != offset else { return false }
                    self?.append(upload, from: right)
                    return true
                }
            ) { [weak self] (reply: UploadReply) in
                guard let self else { return }
                hasMoved()
                chunkSize.wasAnswered(after: .now() - asked, of: setting.dialer.patience)
                append(upload, from: reply.offset)
            }
        }
    }

    private func announce(_ upload: FileID) {
        guard let source, let line = connection else { return }
        onDisk {
            try source.requireUnchanged()
        } then: { [weak self] in
            guard let self, connection === line else { return }
            ask(
                .fileFinish(FinishUpload(upload: upload, nonce: kept.nonce)),
                refused: { [weak self] error in
                    // A server that lost its power may hold less than it said, or something else.
                    guard let self, error.code == .conflict, let right = error.offset, !hasBegunAnew else { return false }
                    hasBegunAnew = true
                    append(upload, from: right)
                    return true
                }
            ) { [weak self] (_: FileReply) in
                self?.finish(path: nil)
            }
        }
    }
}
