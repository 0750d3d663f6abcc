import CNcurses
import CSys
import Glibc

/// One screen of ncurses, used for output alone: it knows how to write cells, nothing of what they mean.
///
/// ncurses keeps its state in global variables, so there is at most one open at a time, on one thread.
final class CursesScreen {
    let depth: ColorDepth
    private let screen: OpaquePointer
    private let streams: (output: UnsafeMutablePointer<FILE>?, input: UnsafeMutablePointer<FILE>?)
    private(set) var isOpen = true
    private var pairs: [UInt64: Int32] = [:]
    private var texts: [Glyph: [wchar_t]] = [:]

    /// Starts the screen; nil if there is no such type of terminal.
    init?(type: String, input: Int32, output: Int32, refusesColor: Bool) {
        var streams: (output: UnsafeMutablePointer<FILE>?, input: UnsafeMutablePointer<FILE>?) = (nil, nil)
        // The size comes from the terminal itself, never from LINES and COLUMNS.
        use_env(false)
        use_tioctl(true)
        guard let screen = nc_open_screen(type, output, input, &streams.output, &streams.input) else { return nil }
        self.screen = screen
        self.streams = streams
        _ = raw()
        _ = noecho()
        _ = nonl()
        _ = typeahead(-1)
        depth = refusesColor ? .mono : Self.startColors()
    }

    private static func startColors() -> ColorDepth {
        guard has_colors(), start_color() == OK else { return .mono }
        _ = use_default_colors()
        switch nc_colors() {
        case ..<8: return .mono
        case 8..<16: return .ansi8
        case 16..<256: return .ansi16
        case 256..<0x1000000: return .indexed256
        default: return .direct
        }
    }

    /// Ends the screen for good; nothing else may be called then.
    func close() {
        guard isOpen else { return }
        isOpen = false
        leave()
        delscreen(screen)
        if let stream = streams.output { fclose(stream) }
        if let stream = streams.input { fclose(stream) }
    }

    var size: Size { Size(columns: Int(nc_columns()), rows: Int(nc_lines())) }

    func resize(to size: Size) {
        resizeterm(Int32(clamping: size.rows), Int32(clamping: size.columns))
    }

    /// Leaves the full screen; the next ``flush(cursor:)`` comes back to it.
    func leave() {
        // A second time would end the alternate screen again, which moves the shell's cursor.
        if !isendwin() { endwin() }
    }

    /// Makes the next flush write every cell, whatever is believed to be there.
    func forgetContents() {
        clearok(nc_curscr(), true)
    }

    /// Puts a cell into ncurses' picture of the screen. A glyph narrower than its cell is padded.
    func put(_ glyph: Glyph, width: Int, _ look: DeviceLook, row: Int, column: Int) {
        let attributes = Self.attributes(look.emphasis)
        let pair = pair(look.foreground, look.background)
        let text = text(of: glyph, width: width)
        _ = nc_put(Int32(row), Int32(column), text.scalars, attributes, pair)
        for extra in text.width..<max(width, text.width) {
            _ = nc_put(Int32(row), Int32(column + extra), Self.blank, attributes, pair)
        }
    }

    /// Writes what changed to the terminal.
    func flush(cursor: Position?) {
        if let cursor {
            wmove(nc_stdscr(), Int32(clamping: cursor.row), Int32(clamping: cursor.column))
        }
        curs_set(cursor == nil ? 0 : 1)
        wnoutrefresh(nc_stdscr())
        doupdate()
    }

    // MARK: Glyphs

    private static let blank: [wchar_t] = [0x20, 0]
    private static let replacement: [wchar_t] = [0xFFFD, 0]

    /// What is given to ncurses, which must agree about the width: else everything behind it would be in the wrong place.
    private func text(of glyph: Glyph, width: Int) -> (scalars: [wchar_t], width: Int) {
        if let known = texts[glyph] { return (known, known[0] == 0xFFFD ? 1 : width) }
        let scalars = glyph.scalars
        let columns = scalars.map { csys_wcwidth($0.value) }
        let agrees = columns.first == Int32(width) && columns.dropFirst().allSatisfy { $0 == 0 }
        let result = agrees ? scalars.map { wchar_t(bitPattern: $0.value) } + [0] : Self.replacement
        texts[glyph] = result
        return (result, agrees ? width : 1)
    }

    // MARK: Colours

    private static func attributes(_ emphasis: Emphasis) -> attr_t {
        var result: attr_t = 0
        if emphasis.contains(.bold) { result |= nc_attribute_bold() }
        if emphasis.contains(.dim) { result |= nc_attribute_dim() }
        if emphasis.contains(.italic) { result |= nc_attribute_italic() }
        if emphasis.contains(.underline) { result |= nc_attribute_underline() }
        if emphasis.contains(.reverse) { result |= nc_attribute_reverse() }
        return result
    }

    private func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        if foreground < 0, background < 0 { return 0 }
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let known = pairs[key] { return known }
        let next = Int32(pairs.count + 1)
        // A theme has some dozens of pairs. Where a terminal has fewer the rest go without colour.
        guard next < nc_color_pairs(), init_extended_pair(next, foreground, background) == OK else { return 0 }
        pairs[key] = next
        return next
    }
}
