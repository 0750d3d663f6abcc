import ChatProtocol
import ChatStore
import NIOCore

// MARK: file_send, room_send_file, file_get, room_get_file, file_list, file_info

extension Connection {
    func sendFile(_ fields: SendFile, _ scope: RequestScope, _ caller: Caller) throws(ProtocolError) {
        try requireSize(Int64(fields.content.readableBytes))
        let target = fields.conversation.map(Post.Target.conversation) ?? .currentRoom
        let files = server.files
        work(on: server.fileWorkers, scope) {
            try files.store(fields.content)
        } then: { [self] stored in
            let share = FileShare(
                caller: caller, source: .whole(target, fields.label), content: stored.content,
                size: Int64(fields.content.readableBytes), sha256: stored.sha256, nonce: nil)
            commitShare(share, scope) { files.discard(stored.content) }
        }
    }

    private func requireSize(_ size: Int64) throws(ProtocolError) {
        guard size <= server.configuration.fileSize else {
            throw ProtocolError(.tooLarge, "A file on this server is at most \(server.configuration.fileSize) bytes long.")
        }
    }

    /// - Parameter undo: removes the content if it is not shared after all.
    private func commitShare(_ share: FileShare, _ scope: RequestScope, undo: @escaping @Sendable () -> Void) {
        let workers = server.fileWorkers
        commitWithRefusal(.shareFile(share), scope) { [self] result in
            switch result {
            case .success(.shared(let posted, let file)):
                reply(FileReply(file, posted, reader: share.caller.user.id), id: scope.id)
            case .success:
                reply(ProtocolError(.internal, "The server lost track of this request."), id: scope.id)
            case .failure(let error):
                // A refusal is certain, and so is a full disk; whether any other `internal` stored it is not known.
                if error.code != .internal || error == .diskFull { _ = workers.submit(undo) }
                reply(error, id: scope.id)
            }
        }
    }

    func getFile(_ query: FileQuery, _ scope: RequestScope, _ caller: Caller) {
        let server = self.server
        work(on: server.fileWorkers, scope) {
            let found = try server.store.file(query, for: caller)
            guard found.file.size <= Int64(Limits.fileInReply) else {
                throw ProtocolError(.tooLarge, "This file is too large for one reply: read it in parts with file_read.")
            }
            let content = try server.files.read(found.content, offset: 0, length: Int(found.file.size))
            return Reply.success(
                FileGetReply(label: found.file.label, content: content), id: scope.id, framing: scope.framing)
        } then: { [self] reply in
            write(reply: reply)
            releaseEvents()
        }
    }

    func listFiles(_ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        read(scope) { try store.filesReceived(by: caller.user) }
    }

    func fileInfo(_ file: FileID, _ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        read(scope) {
            let found = try store.file(.id(file), for: caller)
            return FileReply(
                file: found.file, conversation: found.conversation, seq: found.seq, time: found.time, from: found.from)
        }
    }
}

// MARK: file_begin, file_append, file_finish, file_read

extension Connection {
    func beginUpload(_ fields: BeginUpload, _ scope: RequestScope, _ caller: Caller) throws(ProtocolError) {
        try requireSize(fields.size)
        let files = server.files
        commit(.beginUpload(NewUpload(caller: caller, id: .random(), begin: fields)), scope) {
            [self] outcome throws(ProtocolError) in
            guard case .upload(let upload) = outcome else { return }
            if upload.content != nil { return reply(UploadReply(upload: upload.id, offset: upload.size), id: scope.id) }
            work(on: server.fileWorkers, scope) {
                files.length(upload: upload.id)
            } then: { [self] length in
                reply(UploadReply(upload: upload.id, offset: length), id: scope.id)
            }
        }
    }

    func appendUpload(_ fields: AppendUpload, _ scope: RequestScope, _ caller: Caller) {
        let server = self.server
        work(on: server.fileWorkers, scope) {
            let upload = try server.store.upload(fields.upload, of: caller.user)
            guard upload.content == nil else {
                throw ProtocolError(.conflict, "The server has this content already: finish the upload.", offset: upload.size)
            }
            return try server.files.append(fields.bytes, to: upload.id, at: fields.offset, size: upload.size)
        } then: { [self] length in
            reply(UploadReply(upload: fields.upload, offset: length), id: scope.id)
        }
    }

    func finishUpload(_ fields: FinishUpload, _ scope: RequestScope, _ caller: Caller) {
        let server = self.server
        work(on: server.fileWorkers, scope) {
            let upload = try server.store.upload(fields.upload, of: caller.user)
            let content = try upload.content ?? server.files.finish(upload: upload.id, size: upload.size, sha256: upload.sha256)
            return FileShare(
                caller: caller, source: .upload(upload.id), content: content, size: upload.size, sha256: upload.sha256,
                nonce: fields.nonce)
        } then: { [self] share in
            // What is refused stays: a later attempt to finish finds it.
            commitShare(share, scope) {}
        }
    }

    func readFile(_ fields: ReadFile, _ scope: RequestScope, _ caller: Caller) {
        let server = self.server
        work(on: server.fileWorkers, scope) {
            let found = try server.store.file(.id(fields.file), for: caller)
            guard scope.framing == .lines else {
                throw ProtocolError(.badRequest, "Raw bytes cannot follow a reply in blocks: use file_get.")
            }
            let bytes = try server.files.read(found.content, offset: fields.offset, length: fields.length)
            let body = FileReadReply(size: found.file.size, sha256: found.file.sha256, bytes: bytes)
            return Reply.success(body, id: scope.id, framing: scope.framing)
        } then: { [self] reply in
            write(reply: reply)
            releaseEvents()
        }
    }
}

extension FileReply {
    fileprivate init(_ file: SharedFile, _ posted: Posted, reader: UserID) {
        self.init(
            file: file, message: file.label.text, conversation: posted.entry.place.name(for: reader), seq: posted.entry.seq,
            time: posted.entry.time, duplicate: posted.duplicate)
    }
}
