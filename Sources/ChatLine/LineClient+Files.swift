import ChatClient
import ChatProtocol
import ChatText

/// Files to and from people and rooms.
extension LineClient {
    /// A large file takes its time; what is waited for is that something moves. Nothing seems to while a file is read
    /// through, here before it goes up and at its other end, and while a broken line is opened again: so many times what
    /// an answer may take.
    private static let patienceWithStandstill = 5

    /// Into the room one is in.
    func upload(_ path: String?) throws {
        try requireNoMissedRoom()
        guard let room, let path else { return }
        try upload(path, to: .room(room))
    }

    func sendFile(to given: ConversationName?, path: String?) throws {
        let (conversation, path) = try signedIn { (try given ?? askForConversation(), try path ?? ask(.askFilename)) }
        try upload(path, to: conversation)
    }

    private func upload(_ path: String, to conversation: ConversationName) throws {
        let id = nextTransfer()
        client.perform(.upload(path: path, to: conversation, transfer: id))
        let transfer = try waitForTransfer(id)
        console.print(say(.uploadDone(clean(transfer.name))))
    }

    /// The newest of this name: of the room one is in, else of those received directly.
    func getFile(_ given: FileLabel?) throws {
        try requireNoMissedRoom()
        let label = try signedIn { try given ?? askForLabel() }
        try requireLine()
        let id = nextTransfer()
        client.perform(.downloadNewest(label, in: room.map(ConversationName.room), transfer: id))
        let transfer = try waitForTransfer(id)
        if case .done(let path?) = transfer.state { console.print(say(.downloadDone(clean(path)))) }
    }

    private func askForLabel() throws -> FileLabel {
        let text = try ask(.askFilename)
        do throws(ProtocolError) { return try FileLabel(text) } catch { throw refusal(error) }
    }

    func listFiles() throws {
        try requireLine()
        client.perform(.listFiles)
        let files = try waitForList { event in if case .files(let files) = event { files } else { nil } }
        for file in files {
            let words = [clean(file.file.label.text), "\(file.file.size) B", file.from?.text ?? ""]
            console.print(words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
    }

    private func waitForTransfer(_ id: Transfer.ID) throws -> Transfer {
        var seen: Transfer?
        while true {
            let transfer = try waitForStep(of: id, after: seen)
            if let refusal = transfer.refusal, seen?.refusal == nil {
                console.remark(say(.transferHeld(clean(transfer.name), refusal.sentence(clean))))
            }
            seen = transfer
            switch transfer.state {
            case .waiting, .preparing, .running, .paused: break
            case .done: return transfer
            case .failed(let failure):
                // Told and given up: the person can ask for it again.
                client.perform(.cancel(id))
                let words = say(.transferFailed(clean(transfer.name), failure.sentence(clean)))
                throw LineFailure(status: .refused, words: words)
            case .cancelled: throw LineFailure(status: .refused, words: say(.transferCancelled))
            }
        }
    }

    /// The transfer as soon as it stands differently.
    /// - Throws: that it is kept, if that takes too long: it goes on by itself, as it does when the program was killed.
    private func waitForStep(of id: Transfer.ID, after seen: Transfer?) throws -> Transfer {
        do {
            let patience = options.patience * (seen == nil ? 1 : Self.patienceWithStandstill)
            return try wait(patience: patience) { event in
                guard case .transfer(let transfer) = event, transfer.id == id, transfer != seen else { return nil }
                return transfer
            }
        } catch var failure as LineFailure {
            // Before anything is known of it nothing is kept either.
            guard let seen else { throw failure }
            if let refusal = seen.refusal { failure.words = self.refusal(refusal).words }
            failure.words += " " + say(.lineTransferKept(clean(seen.name)))
            failure.status = .unconfirmed
            throw failure
        }
    }
}
