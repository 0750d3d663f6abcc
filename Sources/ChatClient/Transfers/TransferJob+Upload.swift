import ChatProtocol
import NIOCore

/// Up: `file_begin` says from where, `file_append` moves chunk after chunk, `file_finish` announces. (Protocol: Files)
extension TransferJob {
    func prepareUpload(_ path: String) {
        onDisk {
            try TransferFile.Source(path: path)
        } then: { [weak self] source in
            guard let self else { return }
            self.source = source
            name(source.label.text, size: source.size)
            openLine()
        }
    }

    /// The same nonce on every line: the server knows the upload again, finished or not.
    func begin(_ conversation: ConversationName) {
        guard let source else { return }
        let upload = BeginUpload(
            conversation: conversation, label: source.label, size: source.size, sha256: source.sha256, nonce: nonce)
        ask(.fileBegin(upload)) { [weak self] (reply: UploadReply) in
            self?.append(reply.upload, from: reply.offset)
        }
    }

    private func append(_ upload: FileID, from offset: Int64) {
        guard case .upload(let path, _) = work, let source, let line = connection else { return }
        progress(offset)
        guard offset < source.size else { return announce(upload) }
        onDisk {
            try TransferFile.read(source.descriptor, at: offset)
        } then: { [weak self] bytes in
            // Read for a line that broke meanwhile: the next one asks where to go on.
            guard let self, connection === line else { return }
            guard bytes.readableBytes > 0 else { return fail(.changed(path: path)) }
            let chunk = AppendUpload(upload: upload, offset: offset, bytes: bytes)
            ask(
                .fileAppend(chunk),
                refused: { [weak self] error in
                    guard error.code == .conflict, let right = error.offset, right != offset else { return false }
                    self?.append(upload, from: right)
                    return true
                }
            ) { [weak self] (reply: UploadReply) in
                self?.append(upload, from: reply.offset)
            }
        }
    }

    private func announce(_ upload: FileID) {
        ask(.fileFinish(FinishUpload(upload: upload, nonce: nonce))) { [weak self] (_: FileReply) in
            self?.finish(path: nil)
        }
    }
}
