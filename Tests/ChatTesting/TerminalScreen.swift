import CVTerm

/// What a person would see: a terminal without a window, fed with the bytes that a program writes.
package final class TerminalScreen {
    package private(set) var columns: Int
    package private(set) var rows: Int
    /// Whether the program is on the alternate screen.
    package private(set) var isAlternateScreen = false
    package private(set) var isCursorVisible = true
    package private(set) var bellCount = 0
    /// What the terminal answers, to be given to the program.
    private var replies: [UInt8] = []

    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        terminal = vterm_new(Int32(rows), Int32(columns))
        screen = vterm_obtain_screen(terminal)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, context in
            TerminalScreen.from(context)?.changed(property, value)
            return 1
        }
        callbacks.pointee.bell = { context in
            TerminalScreen.from(context)?.bellCount += 1
            return 1
        }
        vterm_set_utf8(terminal, 1)
        vterm_screen_enable_altscreen(screen, 1)
        let context = Unmanaged.passUnretained(self).toOpaque()
        vterm_screen_set_callbacks(screen, callbacks, context)
        vterm_output_set_callback(
            terminal,
            { bytes, count, context in
                guard let bytes else { return }
                TerminalScreen.from(context)?.replies += UnsafeRawBufferPointer(start: bytes, count: count)
            }, context)
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> TerminalScreen? {
        context.map { Unmanaged<TerminalScreen>.fromOpaque($0).takeUnretainedValue() }
    }

    private func changed(_ property: VTermProp, _ value: UnsafeMutablePointer<VTermValue>?) {
        guard let value else { return }
        switch property {
        case VTERM_PROP_ALTSCREEN: isAlternateScreen = vt_value_boolean(value)
        case VTERM_PROP_CURSORVISIBLE: isCursorVisible = vt_value_boolean(value)
        default: break
        }
    }

    /// Shows what a program wrote.
    package func feed(_ bytes: some Collection<UInt8>) {
        let input = bytes.map { CChar(bitPattern: $0) }
        _ = vterm_input_write(terminal, input, input.count)
        vterm_screen_flush_damage(screen)
    }

    /// What the terminal has answered since the last call.
    package func takeReplies() -> [UInt8] {
        defer { replies = [] }
        return replies
    }

    package func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        vterm_set_size(terminal, Int32(rows), Int32(columns))
        vterm_screen_flush_damage(screen)
    }

    /// Where the cursor stands, counted from 0.
    package var cursor: (row: Int, column: Int) {
        var position = VTermPos()
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        return (Int(position.row), Int(position.col))
    }

    /// One cell as it is shown.
    package struct Cell: Hashable, Sendable {
        /// Empty for a cell never written, and for the right half of a wide character.
        package var text: String
        package var width: Int
        package var isBold: Bool
        package var isItalic: Bool
        package var isUnderlined: Bool
        package var isReversed: Bool
        /// -1 for the default, 0–255 of the palette, or `0x1000000` and above for `0x1rrggbb`.
        package var foreground: Int
        package var background: Int
    }

    package func cell(row: Int, column: Int) -> Cell {
        var cell = VTermScreenCell()
        vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
        let text = withUnsafeBytes(of: cell.chars) { bytes in
            String(String.UnicodeScalarView(bytes.bindMemory(to: UInt32.self).prefix { $0 != 0 }.compactMap(Unicode.Scalar.init)))
        }
        return Cell(
            text: text, width: Int(cell.width), isBold: vt_cell_bold(&cell), isItalic: vt_cell_italic(&cell),
            isUnderlined: vt_cell_underline(&cell), isReversed: vt_cell_reverse(&cell),
            foreground: Int(vt_cell_foreground(&cell)), background: Int(vt_cell_background(&cell)))
    }

    /// A row as text, without the blanks at its end.
    package func text(row: Int) -> String {
        var text = ""
        var column = 0
        while column < columns {
            let cell = cell(row: row, column: column)
            text += cell.text.isEmpty ? " " : cell.text
            column += max(1, cell.width)
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    /// All rows as text.
    package var lines: [String] { (0..<rows).map(text(row:)) }

    /// The whole screen as one text, for a message when a test fails.
    package var picture: String { lines.joined(separator: "\n") }

    package func contains(_ text: String) -> Bool {
        lines.contains { $0.contains(text) }
    }
}
