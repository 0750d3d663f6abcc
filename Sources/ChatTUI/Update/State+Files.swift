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

    mutating func refreshFiles() {
        files.refresh(transfers, in: conversation?.name, isInUse: focus == .files || files.isScrolled)
    }

    mutating func take(_ transfer: Transfer) {
        retract(.noTransfers)
        let before = transfers[transfer.id]
        transfers.update(transfer, now: now)
        let name = Sanitizer.line.clean(transfer.name)
        if let error = transfer.refusal, before?.refusal == nil {
            announce(.transferHeld(name, error.sentence(Sanitizer.line.clean)), isWarning: true)
        }
        guard transfer.state != before?.state else { return }
        switch transfer.state {
        case .done(let path?): tellAndNote(.downloadDone(Sanitizer.line.clean(path)))
        case .done: announce(.uploadDone(name))
        case .failed(let failure): announce(.transferFailed(name, failure.sentence(Sanitizer.line.clean)), isWarning: true)
        case .waiting, .preparing, .running, .paused, .cancelled: break
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
        case .transfer(let id):
            switch transfers[id]?.state {
            case .running: 3
            case .preparing: 2
            case .waiting, .paused, .done, .failed, .cancelled, nil: 1
            }
        case .shared: columns >= Self.wideFilesColumns ? 1 : 2
        case .noTransfers, .blank, .sharedHeading: 1
        }
    }

    /// How far a file has been read through that is to go up: nothing of it has gone yet.
    func preparation(of transfer: Transfer, read: Int64) -> String {
        let word = say(.transferPreparing)
        return transfer.size > 0 ? "\(word) \(ByteCount.percent(read, of: transfer.size)) %" : word
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
        case .pauseOrGoOn: pauseOrGoOn()
        case .backToCompose: focusPane(.compose)
        case .deleteForward: return performInCompose(.deleteForwardOrQuit)
        default: return editWithAction(action)
        }
        return true
    }
}
