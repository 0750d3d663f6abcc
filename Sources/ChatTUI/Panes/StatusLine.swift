import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// The first line: who is where, what is unread, and — instead of all that — what is wrong with the line to the server.
struct StatusLine {
    let state: State

    func draw(into grid: inout Grid, area: Rect) {
        let banner = offlineBanner(columns: area.columns)
        let ground: Role = banner == nil ? "ui.status" : "security.warn"
        grid.fill(area, role: ground, ground: "ui.status")
        if let banner {
            let text = " " + TextLayout.truncate(banner, width: max(0, area.columns - 2))
            grid.write(text, at: area.origin, in: area, role: "security.warn")
            return
        }
        let right = rightPart
        let rightColumn = area.columns - CellWidth.width(of: right)
        var column = 1
        for piece in leftPart where column < rightColumn {
            let text = TextLayout.truncate(piece.text, width: max(0, rightColumn - 1 - column))
            column = grid.write(text, at: Position(row: area.row, column: column), in: area, role: piece.role)
        }
        if rightColumn > 0 {
            grid.write(right, at: Position(row: area.row, column: rightColumn), in: area, role: "ui.status")
        }
    }

    /// Nil while the server is there. It replaces the line rather than covers anything: being offline is no reason to stop.
    private func offlineBanner(columns: Int) -> String? {
        guard case .offline(let end, let next) = state.connection else { return nil }
        let reason = end.sentence(Sanitizer.line.clean)
        guard let next, next > state.now else { return Sentence.offlineTryingNow(reason)[state.language] }
        let seconds = Int((next.milliseconds - state.now.milliseconds + 999) / 1000)
        let banner = Sentence.offlineUntil(reason, seconds: seconds)[state.language]
        let withHint = banner + " · " + Sentence.reconnectHint[state.language]
        return CellWidth.width(of: withHint) + 2 <= columns ? withHint : banner
    }

    private var leftPart: [(text: String, role: Role)] {
        var parts: [(text: String, role: Role)] = []
        // Without borders the conversation has no other place for its name.
        if !state.layout.isBordered, state.stage == .chat {
            parts.append((PaneTitles(state: state).shown(isShort: isNarrow), "ui.title"))
            parts.append((isNarrow ? " " : "  ", "ui.status"))
        } else {
            parts.append(("obrol  \(state.server.description)  ", "ui.status"))
        }
        if let account = state.account, !isNarrow {
            parts.append((account.username.text + " ", "ui.title"))
        }
        switch state.connection {
        // Until somebody signs in, nobody holds the line open to know that it still is.
        case .online where state.stage != .chat: break
        case .online where state.catchingUp: parts.append(("◌ " + Sentence.catchingUp[state.language], "presence.away"))
        case .online: parts.append(("● " + Sentence.online[state.language], "presence.online"))
        case .connecting: parts.append(("◌ " + Sentence.connecting[state.language], "presence.away"))
        case .offline: break
        }
        return parts
    }

    /// Whether what runs goes up, down or both ways.
    private var arrows: String {
        let directions = Set(state.transfers.running.map(\.direction))
        return (directions.contains(.up) ? "↑" : "") + (directions.contains(.down) ? "↓" : "")
    }

    private var isNarrow: Bool { state.size.columns < State.clockColumns }

    private var rightPart: String {
        guard state.stage == .chat else { return "" }
        let unread = state.unread
        if isNarrow { return unread > 0 ? "(\(MessageCount.text(unread))) " : "" }
        var parts: [String] = []
        let failed = state.outbox.keys.reduce(0) { $0 + state.failedCount(in: $1) }
        if failed > 0 { parts.append("✗ " + Sentence.notSentCount(failed)[state.language]) }
        if unread > 0 { parts.append(Sentence.unreadCount(unread)[state.language]) }
        if let percent = state.transfers.percent { parts.append("\(arrows)\(percent)%") }
        parts.append(state.clock.hourMinute(state.now.milliseconds))
        return parts.joined(separator: " · ") + " "
    }
}
