import ChatClient
import ChatProtocol
package import ChatTerminal
import ChatText
import TerminalText

/// What went wrong, to be read again.
extension State {
    /// Writes something into the log. Whoever reads there goes on reading the same lines.
    mutating func note(_ sentence: Sentence, isWarning: Bool) {
        journal.add(sentence, at: now, isWarning: isWarning)
        guard case .log(var view) = overlays.last, view.hiddenBelow > 0, let note = journal.notes.last else { return }
        if note.count == 1 { view.hiddenBelow += logLines(of: note, width: logWidth).count }
        overlays[overlays.count - 1] = .log(view)
    }

    /// Says something in the bottom line that is worth to be read again.
    mutating func tellAndNote(_ sentence: Sentence) {
        announce(sentence)
        note(sentence, isWarning: false)
    }

    mutating func note(_ new: ConnectionState, before: ConnectionState) {
        switch (before, new) {
        case (.offline(let old, _), .offline(let reason, _)) where old == reason: break
        case (_, .offline(let reason, _)):
            note(.wentOffline(reason.sentence(Sanitizer.line.clean)), isWarning: true)
            wasOffline = true
        case (_, .online) where wasOffline:
            wasOffline = false
            note(.onlineAgain, isWarning: false)
        default: break
        }
    }

    /// Messages that the server has just refused, for good or for now. Where they stand they say so themselves.
    mutating func noteFailures(_ items: [OutboxItem], before: [OutboxItem], in name: ConversationName) {
        for item in items {
            // One that failed in an earlier life stands where it is.
            guard let earlier = before.first(where: { $0.id == item.id }) else { continue }
            let sentence: Sentence
            if case .failed(let error) = item.state, earlier.state != item.state {
                sentence = .messageFailed(directory.label(of: name), error.sentence(Sanitizer.line.clean))
            } else if let error = item.refusal, earlier.refusal == nil {
                sentence = .messageHeld(directory.label(of: name), error.sentence(Sanitizer.line.clean))
            } else {
                continue
            }
            if conversation?.name == name { note(sentence, isWarning: true) } else { announce(sentence, isWarning: true) }
        }
    }

    package struct LogLine: Hashable, Sendable {
        /// Empty in the lines that go on with the one above.
        package var time: String
        package var text: String
        package var isWarning: Bool
    }

    /// The log from the oldest to the newest, wrapped. Where there is no room below it, it begins with its whole's place.
    package var logLines: [LogLine] {
        let width = logWidth
        let place = logFooter.isEmpty ? logPlace(width: width) : []
        return place.map { LogLine(time: "", text: $0, isWarning: false) }
            + journal.notes.flatMap { logLines(of: $0, width: width) }
    }

    package static let logColumns = 100
    /// The columns of the times.
    package static let logTimeColumns = 6

    var logBox: OverlayBox { tallBox(Self.logColumns, least: 4) }

    /// Where the whole log can be read, wrapped: nobody can copy half a path. Empty where that leaves no room.
    package var logFooter: [String] {
        let lines = logPlace(width: max(8, logBox.inner.columns))
        return lines.count <= logBox.inner.rows / 2 ? lines : []
    }

    private func logPlace(width: Int) -> [String] {
        guard !launch.logPath.isEmpty else { return [] }
        return TextLayout.wrap(Sanitizer.line.clean(say(.logFile(launch.logPath))), width: width).map { String($0.text) }
    }

    /// Where the lines of the log are.
    package var logArea: Rect { logBox.inner.inset(bottom: logFooter.count) }

    private var logWidth: Int { max(8, logBox.inner.columns - Self.logTimeColumns) }

    private func logLines(of note: Journal.Note, width: Int) -> [LogLine] {
        let count = note.count > 1 ? " (×\(note.count))" : ""
        let time = clock.hourMinute(note.time.milliseconds)
        return TextLayout.wrap(Sanitizer.line.clean(say(note.sentence)) + count, width: width).enumerated().map { index, line in
            LogLine(time: index == 0 ? time : "", text: String(line.text), isWarning: note.isWarning)
        }
    }

    /// - Parameter lines: so many further up; negative for down.
    func scroll(_ view: LogView, upBy lines: Int) -> LogView {
        var view = view
        view.hiddenBelow = min(max(0, view.hiddenBelow + lines), max(0, logLines.count - logArea.rows))
        return view
    }
}
