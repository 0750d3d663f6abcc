package import ChatClient
package import ChatProtocol
package import ChatTerminal
import ChatText
import TerminalText

/// The files pane.
extension State {
    // MARK: What is there

    /// Asked once for each conversation that is opened; changes are told.
    mutating func loadShared() {
        guard let name = conversation?.name, files.mustAsk(for: name) else { return }
        emit(.perform(.listShared(name)))
    }

    mutating func refreshFiles() { files.refresh(transfers, in: conversation?.name) }

    mutating func take(_ transfer: Transfer) {
        let before = transfers[transfer.id]?.state
        transfers.update(transfer, now: now)
        guard transfer.state != before else { return }
        let name = Sanitizer.line.clean(transfer.name)
        switch transfer.state {
        case .done(let path?): tellAndNote(.downloadDone(Sanitizer.line.clean(path)))
        case .done: announce(.uploadDone(name))
        case .failed(let failure): announce(.transferFailed(name, failure.sentence(Sanitizer.line.clean)), isWarning: true)
        case .waiting, .running, .cancelled: break
        }
    }

    /// A transfer was begun by the person: where files have no place of their own they come over the conversation.
    mutating func beginTransfer() -> Transfer.ID {
        let id = transfers.nextID()
        transferInSight = id
        // Its row joins at the top: that is worth more now than that nothing moves.
        files.anchorLine = .max
        return id
    }

    /// At the next key after the transfer has ended, the conversation is all there again.
    mutating func hideFinishedTransfer() {
        if let id = transferInSight, transfers[id]?.isRunning == false { transferInSight = nil }
    }

    // MARK: Rows

    package func sharedEntry(_ seq: Seq) -> SharedEntry? {
        files.shared(in: conversation?.name).first { $0.seq == seq }
    }

    /// From this width on a shared file takes one line.
    package static let wideFilesColumns = 34

    package func fileRowHeight(_ row: FilesList.Row, columns: Int) -> Int {
        switch row {
        case .transfer(let id): if case .running = transfers[id]?.state { 3 } else { 1 }
        case .shared: columns >= Self.wideFilesColumns ? 1 : 2
        case .noTransfers, .blank, .sharedHeading: 1
        }
    }

    /// The rows in sight: from the top, but where the person is or has scrolled the chosen row stays where it is.
    package func filesWindow(in area: Rect) -> AnchoredWindow {
        let rows = files.rows
        let isAnchored = focus == .files || files.isScrolled
        return AnchoredWindow(
            count: rows.count, anchor: isAnchored ? files.selectedIndex ?? 0 : 0, line: isAnchored ? files.anchorLine : 0,
            windowRows: area.rows
        ) { fileRowHeight(rows[$0], columns: area.columns) }
    }

    // MARK: Choosing

    mutating func moveInFiles(by steps: Int) {
        if focus != .files, !files.isScrolled {
            files.anchorLine = fileLine ?? 0
            files.isScrolled = true
        }
        guard let row = files.row(stepsAway: steps) else { return }
        chooseInFiles(row)
    }

    /// The window follows as little as it must, and shows what stands above the first choice.
    mutating func chooseInFiles(_ row: FilesList.Row) {
        guard let area = layout.files.map(layout.text(of:)), let index = files.rows.firstIndex(of: row) else {
            return files.select(row)
        }
        let window = filesWindow(in: area)
        let lowest = max(0, area.rows - fileRowHeight(row, columns: area.columns))
        let isAbove = index < window.lines.first?.row ?? 0
        let place = window.line(of: index) ?? (isAbove ? 0 : lowest)
        files.select(row)
        let isFirst = !files.rows[..<index].contains(where: \.isSelectable)
        files.anchorLine = min(isFirst ? fileLines(above: index, columns: area.columns) : max(0, place), lowest)
    }

    /// The line at which the chosen row begins; nil while it is out of sight.
    var fileLine: Int? {
        guard let area = layout.files.map(layout.text(of:)), let index = files.selectedIndex else { return nil }
        return filesWindow(in: area).line(of: index)
    }

    /// What is chosen keeps its line when the pane gets the focus.
    mutating func enterFiles(at line: Int?) {
        guard let row = files.selection else { return }
        files.anchorLine = line ?? 0
        guard let area = layout.files.map(layout.text(of:)), let index = files.selectedIndex else { return }
        files.anchorLine = line ?? fileLines(above: index, columns: area.columns)
        chooseInFiles(row)
    }

    private func fileLines(above index: Int, columns: Int) -> Int {
        files.rows[..<index].reduce(0) { $0 + fileRowHeight($1, columns: columns) }
    }

    // MARK: Keys

    mutating func performInFiles(_ action: Action) -> Bool {
        let page = max(1, (layout.files?.rows ?? 1) / 2)
        switch action {
        case .rowUp: moveInFiles(by: -1)
        case .rowDown: moveInFiles(by: 1)
        case .pageUp: moveInFiles(by: -page)
        case .pageDown: moveInFiles(by: page)
        case .firstRow: moveInFiles(by: -files.rows.count)
        case .lastRow: moveInFiles(by: files.rows.count)
        case .choose: openChosenFile()
        case .backToCompose: focusPane(.compose)
        case .deleteForward: return performInCompose(.deleteForwardOrQuit)
        default: return editWithAction(action)
        }
        return true
    }

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

    private func menu(of transfer: Transfer) -> Question {
        let name = Sentence(verbatim: transfer.name)
        switch transfer.state {
        case .waiting, .running:
            return Question(
                title: .files, text: name, answers: [.init(.goOn, .nothing), .init(.cancelTransfer, .cancel(transfer.id))])
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
            return Question(title: name, text: .transferCancelled, answers: [.init(.closeMenu, .nothing)])
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
