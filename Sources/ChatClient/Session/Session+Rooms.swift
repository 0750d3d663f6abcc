import ChatProtocol

/// Coming into rooms and going, and the files that lie in conversations.
extension Session {
    func join(_ active: ActiveAccount, _ room: RoomName) {
        request(.roomJoin(room), subject: .join(room)) { [weak self] (reply: RoomJoinReply) in
            // What a member sees, and what of it he has read, is the server's to say.
            self?.refreshConversations(active) { [weak self] gaps in
                let joined = ConversationName.room(reply.room)
                guard let self, let gap = gaps.first(where: { $0.conversation == joined }) else {
                    self?.post(.joined(reply.room))
                    return
                }
                fill(active, gap) { [weak self] in self?.post(.joined(reply.room)) }
            }
        }
    }

    func leave(_ active: ActiveAccount, _ room: RoomName) {
        request(.roomLeave(room), subject: .leave(room)) { [weak self] (_: RoomLeaveReply) in
            guard let self else { return }
            let conversation = ConversationName.room(room)
            active.book.setJoined(false, conversation)
            if let standing = active.book[conversation] {
                inCache(active) { try $0.save(standing.state, unsentRead: standing.unsentRead) }
                post(.changed(standing.state))
            }
            // One's own leaving is the last that one sees of the room, and comes neither as an event nor in the reply.
            closeGap(active, conversation)
            post(.left(room))
        }
    }

    // MARK: Files by name

    func downloadNewest(_ active: ActiveAccount, _ label: FileLabel, in conversation: ConversationName?, _ id: Transfer.ID) {
        if let conversation {
            return findFile(active, label, in: conversation, before: .maximum, pages: 4) { [weak self] file in
                self?.start(file, label, conversation, id)
            }
        }
        guard isBound, let connection else { return transfers.refuse(id, name: label.text, .notConnected) }
        connection.request(.fileList) { [weak self] result in
            guard let self, self.active === active else { return }
            switch result.body(FileListReply.self) {
            case .success(let reply):
                let named = reply.files.filter { $0.file.label == label }
                let newest = named.max { ($0.time?.milliseconds ?? 0) < ($1.time?.milliseconds ?? 0) }
                start(newest?.file, label, newest?.conversation, id)
            case .failure(.refused(let error)): transfers.refuse(id, name: label.text, TransferFailure(error))
            case .failure(.connectionLost): transfers.refuse(id, name: label.text, .notConnected)
            }
        }
    }

    private func start(_ file: SharedFile?, _ label: FileLabel, _ conversation: ConversationName?, _ id: Transfer.ID) {
        if let file {
            transfers.download(id, file, of: conversation)
        } else {
            transfers.refuse(id, name: label.text, .noFileOfThatName)
        }
    }

    /// In the cache, then further and further back in the server's log.
    private func findFile(
        _ active: ActiveAccount, _ label: FileLabel, in conversation: ConversationName, before seq: Seq, pages: Int,
        then answer: @escaping (SharedFile?) -> Void
    ) {
        inCache(active) { rows in
            (file: try rows.newestFile(named: label, in: conversation), run: try rows.newestRun(of: conversation))
        } then: { [weak self] result in
            guard let self, case .success(let found) = result else { return answer(nil) }
            if let file = found.file { return answer(file) }
            let start = found.run?.lowerBound ?? .maximum
            guard pages > 0, isBound, start > Seq.zero.next, start < seq || seq == .maximum else { return answer(nil) }
            fetch(active, History(conversation: conversation, anchor: .before(start), limit: Limits.historyPage)) {
                [weak self] result in
                guard case .success = result else { return answer(nil) }
                self?.findFile(active, label, in: conversation, before: start, pages: pages - 1, then: answer)
            }
        }
    }
}
