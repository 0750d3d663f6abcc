import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// The middle pane while no conversation is open: what waits to be read, and what was active last.
struct InboxPane {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let rows = state.inbox.rows
        let window = state.inboxWindow(in: area)
        let heading = state.inboxHeading(over: window)
        for (index, place) in window.lines.enumerated() {
            let target = area.line(index)
            if index == 0, let heading {
                drawHeading(of: heading, &grid, target)
                continue
            }
            let row = rows[place.row]
            draw(row, line: place.line, into: &grid, target, of: area)
            guard row == state.inbox.selection else { continue }
            if state.focus == .middle {
                grid.setGround("ui.selection", of: target)
                if place.line == 0 { grid.cursor = target.origin }
            } else if place.line == 0 {
                grid.addEmphasis(.underline, to: target.inset(right: target.columns - min(16, target.columns)))
            }
        }
    }

    private func draw(_ row: InboxList.Row, line: Int, into grid: inout Grid, _ area: Rect, of pane: Rect) {
        switch row {
        case .blank: break
        case .nothingUnread: write(Sentence.nothingUnread[state.language], "ui.title", &grid, area)
        case .recentHeading: write(Sentence.recentSection[state.language], "list.section", &grid, area)
        case .startAChat: write(Sentence.startAChat[state.language] + ": " + startAChatHint, "list.muted", &grid, area)
        case .heading(let name): drawHeading(of: name, &grid, area)
        case .waiting(let name): drawPreview(of: name, &grid, area)
        case .more(let name):
            guard let section = state.inbox.section(of: name) else { return }
            let sentence = Sentence.moreUnread(section.notLoaded, orMore: section.isCountedInPart)
            write(sentence[state.language], "list.muted", &grid, area)
        case .recent(let name): drawRecent(name, &grid, area)
        case .entry(let name, _):
            guard let entry = state.inboxEntry(row) else { return }
            let lines = state.inboxLines(of: entry, in: pane)
            guard lines.indices.contains(line) else { return }
            MessageLine(line: lines[line]).draw(into: &grid, area: area)
            if state.inbox.section(of: name)?.isRead(entry) == true { grid.setRole("list.muted", of: area) }
        }
    }

    private func write(_ text: String, _ role: Role, _ grid: inout Grid, _ area: Rect) {
        grid.write(TextLayout.truncate(text, width: area.columns), at: area.origin, in: area, role: role)
    }

    private var startAChatHint: String {
        let binding = state.keys.bindings.first { $0.action == .goTo }
        return Sentence.startAChatHint(binding?.keys.first?.label ?? "")[state.language]
    }

    // MARK: Conversations

    private func drawHeading(of name: ConversationName, _ grid: inout Grid, _ line: Rect) {
        let known = state.directory.conversations[name]
        let unread = known?.unread ?? 0
        let isMention = known?.mentions ?? 0 > 0
        let role: Role = unread == 0 ? "list.muted" : isMention ? "list.mention" : "list.unread"
        let count = unread == 0 ? "" : (isMention ? "@ " : "") + MessageCount.text(unread)
        let title = PaneTitles.title(of: name, state)
        let room = max(1, line.columns - CellWidth.width(of: count) - 1)
        grid.write(TextLayout.truncate(title, width: room), at: line.origin, in: line, role: role)
        let column = line.columnRange.upperBound - CellWidth.width(of: count)
        grid.write(count, at: Position(row: line.row, column: column), in: line, role: role)
    }

    private func drawPreview(of name: ConversationName, _ grid: inout Grid, _ line: Rect) {
        let preview = preview(of: state.directory.conversations[name]?.last)
        write(preview.isEmpty ? Sentence.loadingOlder[state.language] : preview, "list.muted", &grid, line.inset(left: 2))
    }

    private func drawRecent(_ name: ConversationName, _ grid: inout Grid, _ line: Rect) {
        let labelColumns = min(16, max(6, line.columns / 3))
        let label = TextLayout.fit(PaneTitles.shortTitle(of: name, state), width: labelColumns)
        grid.write(label, at: line.origin, in: line, role: "list.item")
        write(
            preview(of: state.directory.conversations[name]?.last), "list.muted", &grid, line.inset(left: labelColumns + 1))
    }

    private func preview(of entry: Entry?) -> String {
        guard let entry else { return "" }
        switch entry.kind {
        case .message: return Sanitizer.line.clean(entry.text)
        case .file(let file): return "↓ " + Sanitizer.line.clean(file.label.text)
        case .member: return MemberSummary.text(of: [entry], in: state.language)
        case .unknown(let kind): return Sentence.unknownEntry(Sanitizer.line.clean(kind))[state.language]
        }
    }
}
