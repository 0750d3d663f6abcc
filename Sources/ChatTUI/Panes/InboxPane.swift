import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// The middle pane while no conversation is open: what waits to be read, and what was active last.
struct InboxPane {
    let state: State

    private enum Line {
        case heading(String)
        case text(String, Role)
        case row(ConversationName)
        case blank
    }

    func draw(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let lines = lines
        let chosen = lines.firstIndex { line in
            if case .row(let name) = line { name == state.inbox.selection } else { false }
        }
        // Around the chosen row, as far as the ends allow.
        let first = min(max(0, (chosen ?? 0) - area.rows / 2), max(0, lines.count - area.rows))
        for (index, line) in lines[first..<min(lines.count, first + area.rows)].enumerated() {
            draw(line, into: &grid, area.line(index))
        }
    }

    private var lines: [Line] {
        var lines: [Line] = []
        if state.inbox.unread.isEmpty {
            lines.append(.text(Sentence.nothingUnread[state.language], "ui.title"))
        } else {
            lines.append(.heading(Sentence.unreadCount(state.directory.unread)[state.language]))
            lines += state.inbox.unread.map(Line.row)
        }
        lines.append(.blank)
        if !state.inbox.recent.isEmpty {
            lines.append(.heading(Sentence.recentSection[state.language]))
            lines += state.inbox.recent.map(Line.row)
            lines.append(.blank)
        }
        lines.append(.text(Sentence.startAChat[state.language] + ": " + startAChatHint, "list.muted"))
        return lines
    }

    private var startAChatHint: String {
        let binding = state.keys.bindings.first { $0.action == .goTo }
        return Sentence.startAChatHint(binding?.keys.first?.label ?? "")[state.language]
    }

    private func draw(_ line: Line, into grid: inout Grid, _ area: Rect) {
        switch line {
        case .blank: break
        case .heading(let text): grid.write(text, at: area.origin, in: area, role: "list.section")
        case .text(let text, let role):
            grid.write(TextLayout.truncate(text, width: area.columns), at: area.origin, in: area, role: role)
        case .row(let name): draw(name, into: &grid, area)
        }
    }

    private func draw(_ name: ConversationName, into grid: inout Grid, _ line: Rect) {
        let known = state.directory.conversations[name]
        let unread = known?.unread ?? 0
        let labelColumns = min(16, max(6, line.columns / 3))
        var count = unread > 0 ? "\(unread)" : ""
        if known?.mentions ?? 0 > 0 { count = "@ " + count }
        let role: Role = known?.mentions ?? 0 > 0 ? "list.mention" : unread > 0 ? "list.unread" : "list.item"
        grid.write(
            TextLayout.fit(PaneTitles.shortTitle(of: name, state), width: labelColumns), at: line.origin, in: line, role: role)
        let rest = line.inset(left: labelColumns + 1)
        let preview = TextLayout.truncate(
            Self.preview(of: known?.last), width: max(0, rest.columns - CellWidth.width(of: count) - 1))
        grid.write(preview, at: rest.origin, in: rest, role: unread > 0 ? "message.body" : "list.muted")
        let column = line.columnRange.upperBound - CellWidth.width(of: count)
        grid.write(count, at: Position(row: line.row, column: column), in: line, role: role)
        guard name == state.inbox.selection else { return }
        if state.focus == .middle {
            grid.setGround("ui.selection", of: line)
            grid.cursor = line.origin
        } else {
            grid.addEmphasis(.underline, to: line.inset(right: line.columns - labelColumns))
        }
    }

    private static func preview(of entry: Entry?) -> String {
        guard let entry else { return "" }
        switch entry.kind {
        case .message: return Sanitizer.line.clean(LightMarkdown.plainText(of: entry.text))
        case .file(let file): return "↓ " + Sanitizer.line.clean(file.label.text)
        case .member, .unknown: return ""
        }
    }
}
