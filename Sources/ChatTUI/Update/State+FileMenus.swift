import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// What can be done with a transfer or a shared file, and where it is gone to.
extension State {
    mutating func openChosenFile() {
        switch files.selection {
        case .transfer(let id):
            guard let transfer = transfers[id] else { return }
            overlays.append(.question(menu(of: transfer)))
        case .shared(let seq):
            guard let entry = sharedEntry(seq) else { return }
            overlays.append(.question(menu(of: entry)))
        case .noTransfers, .blank, .sharedHeading, nil: announce(.nothingToOpen)
        }
    }

    /// What the key that pauses would do with the chosen row; nil if it is no transfer, or one that is done.
    var chosenTransfer: Transfer? {
        guard case .transfer(let id) = files.selection, let transfer = transfers[id] else { return nil }
        if case .done = transfer.state { return nil }
        return transfer
    }

    /// Pauses what waits or runs, and begins again what rests.
    mutating func pauseOrGoOn() {
        guard let transfer = chosenTransfer else { return announce(.nothingToPause) }
        emit(.perform(transfer.isRunning ? .pauseTransfer(transfer.id) : .retryTransfer(transfer.id)))
    }

    private func menu(of transfer: Transfer) -> Question {
        let name = Sentence(verbatim: transfer.name)
        switch transfer.state {
        case .waiting, .preparing, .running:
            return Question(
                title: name, text: standing(of: transfer),
                answers: [
                    .init(.goOn, .nothing), .init(.pauseTransfer, .pauseTransfer(transfer.id)),
                    .init(.cancelTransfer, .cancel(transfer.id)),
                ])
        case .paused:
            return Question(
                title: name, text: .transferPaused,
                answers: [
                    .init(.resumeTransfer, .retryTransfer(transfer.id)), .init(.cancelTransfer, .cancel(transfer.id)),
                    .init(.closeMenu, .nothing),
                ])
        case .failed(let failure):
            return Question(
                title: name, text: failure.sentence(Sanitizer.line.clean),
                answers: [
                    .init(.retry, .retryTransfer(transfer.id)), .init(.forgetTransfer, .cancel(transfer.id)),
                    .init(.closeMenu, .nothing),
                ])
        case .done(let path?):
            return Question(
                title: name, text: .downloadDone(path),
                answers: [.init(.copyPath, .copy(path)), .init(.closeMenu, .nothing)])
        case .done: return Question(title: .files, text: .uploadDone(transfer.name), answers: [.init(.closeMenu, .nothing)])
        case .cancelled:
            return Question(
                title: name, text: .transferCancelled,
                answers: [.init(.beginTransferAgain, .retryTransfer(transfer.id)), .init(.closeMenu, .nothing)])
        }
    }

    private func standing(of transfer: Transfer) -> Sentence {
        switch transfer.state {
        case .waiting: .transferWaiting
        case .preparing(let read): Sentence(verbatim: preparation(of: transfer, read: read))
        case .running, .paused, .done, .failed, .cancelled:
            Sentence(verbatim: ByteCount.text(transfer.done, of: transfer.size))
        }
    }

    func menu(of entry: SharedEntry) -> Question {
        let size = ByteCount.text(entry.file.size)
        return Question(
            title: .files, text: .sharedFileBy(entry.file.label.text, size, entry.author.text),
            answers: [
                .init(.getFile, .download(entry.file)), .init(.goToMessage, .showMessage(entry.seq)),
                .init(.cancel, .nothing),
            ])
    }

    /// The pane, and the files that were shared here.
    func goToFiles() -> [GoToList.Entry] {
        let shared = files.shared(in: conversation?.name).map { entry in
            let detail = ByteCount.text(entry.file.size) + " · " + entry.author.text
            return GoToList.Entry(label: Sanitizer.line.clean(entry.file.label.text), detail: detail, target: .shared(entry))
        }
        return [GoToList.Entry(label: say(.files), detail: say(.helpFilesPane), target: .files)] + shared
    }

    /// Where a file was shared.
    mutating func showMessage(_ seq: Seq) {
        guard let name = conversation?.name else { return }
        if conversation?.timeline.ids.contains(.entry(seq)) != true { reopen(name, at: seq) }
        focusPane(.middle)
        guard var open = conversation else { return }
        open.selection = .entry(seq)
        if let area = timelineArea, open.timeline.ids.contains(.entry(seq)) {
            open.position = scrollGeometry(of: open, in: area).revealing(.entry(seq), from: open.position)
        }
        conversation = open
    }
}
