/// The ways a border goes from a cell.
private struct Arms: OptionSet, Hashable {
    let rawValue: UInt8
    static let up = Arms(rawValue: 1)
    static let down = Arms(rawValue: 2)
    static let left = Arms(rawValue: 4)
    static let right = Arms(rawValue: 8)
}

extension Grid {
    /// Draws a border from the place rightwards. Where it meets another border, both are joined (`├`, `┼`).
    package mutating func horizontalLine(at position: Position, columns: Int, role: Role) {
        for offset in 0..<max(0, columns) {
            var arms: Arms = []
            if offset > 0 || columns == 1 { arms.insert(.left) }
            if offset < columns - 1 || columns == 1 { arms.insert(.right) }
            join(arms, position.row, position.column + offset, role)
        }
    }

    /// Draws a border from the place downwards, joined likewise.
    package mutating func verticalLine(at position: Position, rows: Int, role: Role) {
        for offset in 0..<max(0, rows) {
            var arms: Arms = []
            if offset > 0 || rows == 1 { arms.insert(.up) }
            if offset < rows - 1 || rows == 1 { arms.insert(.down) }
            join(arms, position.row + offset, position.column, role)
        }
    }

    /// Draws a border along the inside edge of the rectangle, joined likewise.
    package mutating func box(_ rect: Rect, role: Role) {
        guard rect.columns > 1, rect.rows > 1 else { return }
        let bottom = rect.row + rect.rows - 1
        let right = rect.column + rect.columns - 1
        join([.down, .right], rect.row, rect.column, role)
        join([.down, .left], rect.row, right, role)
        join([.up, .right], bottom, rect.column, role)
        join([.up, .left], bottom, right, role)
        for column in (rect.column + 1)..<right {
            join([.left, .right], rect.row, column, role)
            join([.left, .right], bottom, column, role)
        }
        for row in (rect.row + 1)..<bottom {
            join([.up, .down], row, rect.column, role)
            join([.up, .down], row, right, role)
        }
    }

    /// Adds arms to the border in a cell, or begins one there.
    private mutating func join(_ arms: Arms, _ row: Int, _ column: Int, _ role: Role) {
        guard contains(row, column) else { return }
        let old = self[row, column]
        let joined = arms.union(BorderGlyphs.arms(of: old.glyph))
        put(Cell(glyph: BorderGlyphs.glyphs[Int(joined.rawValue)], role: role, ground: old.ground), row, column)
    }
}

/// The characters that borders are made of, and what stands for them (and for our other marks) where a terminal has
/// only ASCII.
enum BorderGlyphs {
    /// By the raw value of the arms.
    fileprivate static let glyphs: [Glyph] = " │││─┘┐┤─└┌├─┴┬┼".unicodeScalars.map(Glyph.init)

    /// None for what is no border.
    fileprivate static func arms(of glyph: Glyph) -> Arms {
        let place = Int(glyph.id) - firstBorder
        return armsByPlace.indices.contains(place) ? armsByPlace[place] : []
    }

    /// U+2500, where Unicode's box drawing begins.
    private static let firstBorder = 0x2500
    private static let armsByPlace: [Arms] = {
        var arms: [Arms] = Array(repeating: [], count: 0x80)
        for (value, glyph) in glyphs.enumerated().dropFirst() {
            let place = Int(glyph.id) - firstBorder
            // One arm alone is drawn as the whole line, and is one from then on.
            arms[place].formUnion(Arms(rawValue: UInt8(value)))
        }
        return arms
    }()

    /// The ASCII that stands for a border or a mark of ours; every value is one column like its key.
    static let ascii: [Glyph: Unicode.Scalar] = [
        Glyph("─"): "-", Glyph("│"): "|", Glyph("┌"): "+", Glyph("┐"): "+", Glyph("└"): "+", Glyph("┘"): "+",
        Glyph("├"): "+", Glyph("┤"): "+", Glyph("┬"): "+", Glyph("┴"): "+", Glyph("┼"): "+",
        Glyph("●"): "*", Glyph("○"): "o", Glyph("◌"): ".", Glyph("✓"): "v", Glyph("✗"): "x", Glyph("▸"): ">",
        Glyph("▾"): "v", Glyph("↑"): "^", Glyph("↓"): "v", Glyph("→"): ">", Glyph("←"): "<", Glyph("…"): "~",
        Glyph("▮"): "#", Glyph("▯"): "-", Glyph("█"): "#", Glyph("░"): ":", Glyph("▏"): "|", Glyph("·"): ".",
        Glyph("—"): "-", Glyph("–"): "-", Glyph("•"): "*",
    ]
}
