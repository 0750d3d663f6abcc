import ChatClient
package import ChatProtocol
package import ChatTerminal
package import ChatText
package import TerminalText

/// How items of a conversation become lines of a given width. Pure.
package struct MessageLayout: Hashable, Sendable {
    /// A piece of a line with one look.
    package struct Piece: Hashable, Sendable {
        package var text: String
        package var role: Role
        package var emphasis: Emphasis = []
    }

    /// One line: pieces at columns, and a mark at the right edge.
    package struct Line: Hashable, Sendable {
        /// Where the text begins.
        package var indent = 0
        package var pieces: [Piece] = []
        /// The time and the author, left of the text.
        package var lead: [Piece] = []
        package var mark: Piece?
        /// The line is a ruler across the whole width with this text in its middle.
        package var isRuler = false
    }

    package let width: Int
    package let me: Username?
    package let clock: WallClock
    package let language: Language
    /// The year in which "now" is: it is left out of days.
    package let currentYear: Int

    package init(width: Int, me: Username?, clock: WallClock, language: Language, currentYear: Int) {
        self.width = max(8, width)
        self.me = me
        self.clock = clock
        self.language = language
        self.currentYear = currentYear
    }

    /// Below this width, time and author stand above the text instead of in columns: most of the line is the text's.
    private static let leastColumnar = 48
    /// Below this width, there is no time.
    private static let leastWithTimes = 24

    private var isColumnar: Bool { width >= Self.leastColumnar }
    private var showsTimes: Bool { width >= Self.leastWithTimes }
    private var authorColumns: Int { width >= 60 ? 12 : 9 }
    private var bodyIndent: Int { isColumnar ? 6 + authorColumns + 1 : 2 }

    package func lines(of item: Timeline.Item) -> [Line] {
        switch item {
        case .beginning: [ruler(Sentence.beginningOfHistory[language])]
        case .day(let day): [ruler(name(of: day))]
        case .new(let count): [ruler(Sentence.newRuler(count)[language])]
        case .entry(let entry, let continues): lines(of: entry, continues)
        case .members(let entries): lines(ofMembers: entries)
        case .pending(let item, let continues): lines(of: item, continues, isSettling: false)
        case .settling(let item, let continues): lines(of: item, continues, isSettling: true)
        }
    }

    private func ruler(_ text: String) -> Line {
        Line(pieces: [Piece(text: text, role: "message.ruler")], isRuler: true)
    }

    private func name(of day: CalendarDay) -> String {
        let year = day.year == currentYear ? nil : day.year
        return Sentence.day(weekday: day.weekday, day: day.day, month: day.month, year: year)[language]
    }

    private func lines(of entry: Entry, _ continues: Bool) -> [Line] {
        let isMine = entry.author == me
        switch entry.kind {
        case .message:
            let mark = isMine ? Piece(text: "✓", role: "state.sent") : nil
            return message(by: entry.author, continues, at: entry.time, spans: LightMarkdown.spans(of: entry.text), mark: mark)
        case .file(let file):
            let name = Sanitizer.line.clean(file.label.text)
            let pieces = [
                Piece(text: "↓ ", role: "file.progress"), Piece(text: name, role: "file.name"),
                Piece(text: "  " + ByteCount.text(file.size), role: "file.size"),
            ]
            return wrapped(pieces, by: entry.author, continues, at: entry.time)
        case .member: return lines(ofMembers: [entry])
        case .unknown(let kind):
            return [system(Sentence.unknownEntry(Sanitizer.line.clean(kind))[language], at: entry.time)]
        }
    }

    private func lines(ofMembers entries: [Entry]) -> [Line] {
        guard let first = entries.first else { return [] }
        return [system(MemberSummary.text(of: entries, in: language), at: first.time)]
    }

    private func lines(of item: OutboxItem, _ continues: Bool, isSettling: Bool) -> [Line] {
        guard let me else { return [] }
        let spans = LightMarkdown.spans(of: Sanitizer.body.clean(item.text.text))
        if isSettling {
            return message(by: me, continues, at: item.time, spans: spans, mark: Piece(text: "✓", role: "state.sent"))
        }
        guard case .failed(let error) = item.state else {
            let queued = message(by: me, continues, at: item.time, spans: spans, mark: Piece(text: "◌", role: "state.queued"))
            guard let refusal = item.refusal else { return queued }
            return queued + note(.heldMessage(words(of: refusal)), role: "state.queued")
        }
        let failed = message(by: me, continues, at: item.time, spans: spans, mark: Piece(text: "✗", role: "state.failed"))
        return failed + note(.failedMessage(words(of: error)), role: "state.failed")
    }

    private func words(of error: ProtocolError) -> String { error.sentence(Sanitizer.line.clean)[language] }

    /// What there is to say of a message, below it.
    private func note(_ sentence: Sentence, role: Role) -> [Line] {
        TextLayout.wrap(sentence[language], width: bodyWidth).map { line in
            Line(indent: bodyIndent, pieces: [Piece(text: String(line.text), role: role)])
        }
    }

    // MARK: Putting together

    /// Two cells at the right are kept for the mark.
    private var bodyWidth: Int { max(4, width - bodyIndent - 2) }

    private func lead(_ author: Username, _ time: Timestamp) -> [Piece] {
        let role: Role = author == me ? "message.author.self" : ThemeRoles.nick(author.folded)
        guard showsTimes else { return [Piece(text: author.text + ":", role: role)] }
        let moment = Piece(text: clock.hourMinute(time.milliseconds) + " ", role: "message.time")
        let name = isColumnar ? TextLayout.fit(author.text, width: authorColumns) + " " : author.text + ":"
        return [moment, Piece(text: name, role: role)]
    }

    private func message(by author: Username, _ continues: Bool, at time: Timestamp, spans: [Span], mark: Piece?) -> [Line] {
        let rows = TextLayout.wrap(spans, width: bodyWidth).map { spans in spans.map(piece) }
        return assemble(rows, by: author, continues, at: time, mark: mark)
    }

    private func wrapped(_ pieces: [Piece], by author: Username, _ continues: Bool, at time: Timestamp) -> [Line] {
        // A file is one line; a name that is too long is cut rather than wrapped, so that Enter has one target.
        var room = bodyWidth
        var fitting: [Piece] = []
        for piece in pieces where room > 0 {
            let text = TextLayout.truncate(piece.text, width: room)
            room -= CellWidth.width(of: text)
            fitting.append(Piece(text: text, role: piece.role, emphasis: piece.emphasis))
        }
        return assemble([fitting], by: author, continues, at: time, mark: nil)
    }

    private func assemble(
        _ rows: [[Piece]], by author: Username, _ continues: Bool, at time: Timestamp, mark: Piece?
    ) -> [Line] {
        var lines = rows.map { Line(indent: bodyIndent, pieces: $0) }
        guard !lines.isEmpty else { return [] }
        if isColumnar {
            lines[0].lead = continues ? Array(lead(author, time).prefix(1)) : lead(author, time)
        } else if !continues {
            lines.insert(Line(lead: lead(author, time)), at: 0)
        }
        lines[lines.count - 1].mark = mark
        return lines
    }

    private func system(_ text: String, at time: Timestamp) -> Line {
        let indent = showsTimes ? 6 : 0
        let shown = TextLayout.truncate("· " + text, width: max(1, width - indent))
        let lead = showsTimes ? [Piece(text: clock.hourMinute(time.milliseconds) + " ", role: "message.time")] : []
        return Line(indent: indent, pieces: [Piece(text: shown, role: "message.system")], lead: lead)
    }

    private func piece(_ span: Span) -> Piece {
        if span.style.contains(.code) { return Piece(text: span.text, role: "message.code") }
        if span.style.contains(.link) { return Piece(text: span.text, role: "message.link") }
        var emphasis: Emphasis = []
        if span.style.contains(.bold) { emphasis.insert(.bold) }
        if span.style.contains(.italic) { emphasis.insert(.italic) }
        return Piece(text: span.text, role: "message.body", emphasis: emphasis)
    }
}
