import TerminalText
import ChatTesting
import Testing

@testable import ChatTerminal

@Suite("The grid of cells")
struct GridTests {
    @Test("text is written from left to right and clipped to its rectangle")
    func writing() {
        var grid = Grid(Size(columns: 10, rows: 2))
        let end = grid.write("hello", at: Position(row: 0, column: 2), role: "message.body")
        #expect(end == 7)
        grid.write("clipped", at: Position(row: 1, column: 0), in: Rect(row: 0, column: 0, columns: 4, rows: 2))
        grid.write("outside", at: Position(row: 5, column: 0))
        #expect(grid.lines == ["  hello", "clip"])
        #expect(grid[0, 2].role == "message.body")
        #expect(grid.write("far", at: Position(row: 0, column: -2)) == 1)
        #expect(grid.text(row: 0) == "r hello")
    }

    @Test("a wide glyph is whole or not there")
    func wideGlyphs() {
        var grid = Grid(Size(columns: 5, rows: 1))
        grid.write("漢字漢", at: Position(row: 0, column: 0))
        #expect(grid.text(row: 0) == "漢字")
        #expect(grid[0, 0].width == 2 && grid[0, 1].width == 0 && grid[0, 4].width == 1)
        grid.write("x", at: Position(row: 0, column: 1))
        #expect(grid.text(row: 0) == " x字")
        grid.write("y", at: Position(row: 0, column: 2))
        #expect(grid.text(row: 0) == " xy")
    }

    @Test("control characters never become cells", arguments: ["\u{1B}[2J", "\u{9B}31m", "\u{7F}\u{0}", "\u{202E}abc", "\r\n"])
    func hostile(text: String) {
        var grid = Grid(Size(columns: 20, rows: 1))
        grid.write(text, at: Position(row: 0, column: 0))
        let bad = grid.cells.flatMap(\.glyph.scalars).filter {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
        }
        #expect(bad.isEmpty)
    }

    @Test("a glyph refuses what a terminal would act on, whoever makes it")
    func glyphs() {
        #expect(Glyph("\u{1B}") == .replacement)
        #expect(Glyph("\u{301}") == .replacement)
        #expect(Glyph(TextAtom(base: "\u{9B}", marks: ["\u{301}"], width: 1)) == .replacement)
        #expect(Glyph(TextAtom(base: "a", marks: ["\u{1B}", "b"], width: 1)) == Glyph("a"))
        #expect(Glyph(TextAtom(base: "e", marks: ["\u{301}"], width: 1)).scalars == ["e", "\u{301}"])
    }

    @Test("a ground stays under what is written over it")
    func grounds() {
        var grid = Grid(Size(columns: 6, rows: 1))
        grid.fill(Rect(row: 0, column: 0, columns: 3, rows: 1), ground: "ui.selection")
        grid.write("abcdef", at: Position(row: 0, column: 0), role: "list.item", emphasis: .bold)
        #expect(grid[0, 2].ground == "ui.selection" && grid[0, 3].ground == .standard)
        #expect(grid[0, 2].emphasis == .bold)
        grid.setGround("ui.border", of: Rect(row: 0, column: 3, columns: 9, rows: 9))
        #expect(grid[0, 5].ground == "ui.border")
    }

    @Test("borders join where they meet")
    func borders() {
        var grid = Grid(Size(columns: 7, rows: 5))
        grid.box(grid.bounds, role: "ui.border")
        grid.verticalLine(at: Position(row: 0, column: 3), rows: 5, role: "ui.border")
        grid.horizontalLine(at: Position(row: 2, column: 0), columns: 7, role: "ui.border")
        #expect(grid.lines == ["┌──┬──┐", "│  │  │", "├──┼──┤", "│  │  │", "└──┴──┘"])
    }

    @Test("a grid placed on another is clipped, and its cursor comes along")
    func placing() {
        var inner = Grid(Size(columns: 4, rows: 1))
        inner.write("漢字", at: Position(row: 0, column: 0))
        inner.cursor = Position(row: 0, column: 1)
        var grid = Grid(Size(columns: 4, rows: 2))
        grid.place(inner, at: Position(row: 1, column: 1))
        #expect(grid.lines == ["", " 漢"])
        #expect(grid.cursor == Position(row: 1, column: 2))
        grid.place(inner, at: Position(row: 0, column: -1))
        #expect(grid.text(row: 0) == " 字")
    }

    @Test("the changes between two grids are all that differs, in whole glyphs")
    func changes() {
        var old = Grid(Size(columns: 8, rows: 2))
        old.write("ab漢cd", at: Position(row: 0, column: 0))
        var new = old
        #expect(new.changes(from: old).isEmpty)
        new.write("X", at: Position(row: 0, column: 5))
        new.write("字", at: Position(row: 0, column: 2))
        new.write("Z", at: Position(row: 1, column: 7))
        #expect(
            new.changes(from: old) == [
                ChangedRun(row: 0, columns: 2..<4), ChangedRun(row: 0, columns: 5..<6), ChangedRun(row: 1, columns: 7..<8),
            ])
        #expect(new.changes(from: Grid(Size(columns: 2, rows: 2))).count == 2)
    }

    @Test("applying the changes to the old grid gives the new one, and wide glyphs stay whole, whatever was drawn")
    func changesProperty() {
        var generator = SeededGenerator(seed: 7)
        var old = Grid(Size(columns: 12, rows: 4))
        for _ in 0..<1500 {
            var new = old
            let pieces = ["a", "漢", "漢字漢", "👍🏽", "क्ष", "   ", "e\u{301}x", "🇮🇩", "\t"]
            let position = Position(row: .random(in: -1...4, using: &generator), column: .random(in: -3...12, using: &generator))
            new.write(
                pieces.randomElement(using: &generator) ?? "", at: position, role: Bool.random(using: &generator) ? "a" : "b")
            var patched = old.cells
            for run in new.changes(from: old) {
                for column in run.columns { patched[run.row * 12 + column] = new[run.row, column] }
            }
            #expect(patched == new.cells)
            for row in 0..<4 {
                for column in 0..<12 {
                    if new[row, column].width == 2 { #expect(column < 11 && new[row, column + 1].width == 0) }
                    if new[row, column].width == 0 { #expect(column > 0 && new[row, column - 1].width == 2) }
                }
            }
            old = new
        }
    }
}
