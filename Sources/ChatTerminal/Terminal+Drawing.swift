import TerminalText

extension Terminal {
    /// Shows the grid in the look of the table: what differs from the last one goes to the terminal as one frame.
    ///
    /// A grid of another size than ``size`` (the window changed meanwhile) is clipped.
    package func draw(_ grid: Grid, styles: StyleTable) {
        guard state == .fullScreen else { return }
        changeScreenIfNeeded(for: styles)
        guard state == .fullScreen else { return }
        if shownStyles != styles {
            shownStyles = styles
            looks.clear()
            shown = nil
        }
        if let shown {
            for run in grid.changes(from: shown) where run.row < size.rows { drawRun(run, of: grid) }
        } else {
            drawEverything(of: grid)
        }
        shown = grid
        let cursor = grid.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
        writeRaw(TerminalModes.beginFrame)
        screen.flush(cursor: cursor)
        writeRaw(TerminalModes.endFrame)
    }

    /// Makes the next ``draw(_:styles:)`` write every cell, as after another program wrote over the screen.
    package func forgetContents() {
        guard state == .fullScreen else { return }
        shown = nil
        screen.forgetContents()
    }

    /// Where the grid is smaller than the window there are blanks, not what was there before.
    private func drawEverything(of grid: Grid) {
        for row in 0..<size.rows {
            drawRun(ChangedRun(row: row, columns: 0..<size.columns), of: grid)
        }
    }

    private func drawRun(_ run: ChangedRun, of grid: Grid) {
        for column in run.columns where column < size.columns {
            let cell = grid[run.row, column]
            guard cell.width > 0 else { continue }
            let look = looks.look(of: cell, shownStyles, screen.depth)
            // A wide glyph at the edge of a grid that is larger than the window has no room for its other half.
            let isCut = column + Int(cell.width) > size.columns
            let glyph = isCut ? .space : fallback(for: cell.glyph)
            screen.put(glyph, width: isCut ? 1 : Int(cell.width), look, row: run.row, column: column)
        }
    }

    private func fallback(for glyph: Glyph) -> Glyph {
        guard options.environment.isLinuxConsole else { return glyph }
        return BorderGlyphs.ascii[glyph].map { Glyph($0) } ?? glyph
    }

    /// A theme of the user's own colours needs a screen without direct colour, and others one with it.
    private func changeScreenIfNeeded(for styles: StyleTable) {
        guard styles.usesPaletteOnly != usesPaletteOnly else { return }
        usesPaletteOnly = styles.usesPaletteOnly
        guard options.environment.directColorType != nil else { return }
        reopenScreen()
    }
}

extension Terminal {
    /// Rings, in the way the person has set up the terminal to ring.
    package func ringBell() {
        guard state == .fullScreen else { return }
        writeRaw("\u{07}")
    }

    /// Names the window. The text is made harmless and short.
    package func setTitle(_ title: String) {
        guard state == .fullScreen, !options.environment.isLinuxConsole else { return }
        writeRaw("\u{1B}]2;\(Self.harmless(title, columns: 200))\u{07}")
    }

    /// The ways that terminals show a notification of the desktop.
    package enum NotificationForm: Hashable, Sendable {
        /// iTerm2, kitty, WezTerm, Windows Terminal: one line of text.
        case osc9
        /// rxvt-unicode, foot, VTE: a title and a body.
        case osc777
    }

    /// Shows a notification where the terminal can; others ignore it.
    package func notify(title: String, body: String, form: NotificationForm) {
        guard state == .fullScreen, !options.environment.isLinuxConsole else { return }
        let title = Self.harmless(title, columns: 100)
        let body = Self.harmless(body, columns: 300)
        switch form {
        // A digit and a semicolon at the beginning would be another command (progress bars are `9;4`).
        case .osc9: writeRaw("\u{1B}]9;\(title): \(body)\u{07}")
        case .osc777: writeRaw("\u{1B}]777;notify;\(title.split(separator: ";").joined(separator: ","));\(body)\u{07}")
        }
    }

    /// Puts text on the clipboard of the person's own machine, where the terminal allows it.
    /// - Returns: false if it is more than terminals take, which is some 74 kB.
    @discardableResult
    package func copyToClipboard(_ text: String) -> Bool {
        guard state == .fullScreen, !options.environment.isLinuxConsole, text.utf8.count <= 74_000 else { return false }
        writeRaw("\u{1B}]52;c;\(Base64.encode(Array(text.utf8)))\u{07}")
        return true
    }

    private static func harmless(_ text: String, columns: Int) -> String {
        TextLayout.truncate(Sanitizer.line.clean(text), width: columns)
    }
}

/// Just enough to put text into a clipboard sequence.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = 0
            for byte in group { bits = bits << 8 | Int(byte) }
            bits <<= 8 * (3 - group.count)
            for index in 0..<4 {
                let isPadding = index > group.count
                result.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * index) & 63])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
