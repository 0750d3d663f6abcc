import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("Lines between panes")
struct DividerTests {
    private func stage(columns: Int = 120, rows: Int = 36) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.conversations([row("#progjar", last: 9, read: 9)]))
        stage.open("#progjar")
        return stage
    }

    private func drag(_ stage: inout Stage, from: Position, to: Position) {
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: from))))
        stage.happen(.input(.mouse(MouseEvent(.drag(.left), at: to))))
        stage.happen(.input(.mouse(MouseEvent(.release(.left), at: to))))
    }

    @Test("a line follows the mouse to the very cell, and stays when it is let go")
    func dragging() {
        for columns in [100, 120, 200, 333] {
            var stage = stage(columns: columns)
            drag(&stage, from: Position(row: 5, column: 21), to: Position(row: 9, column: 30))
            #expect(stage.state.layout.verticals.first == 30)
            let files = columns - 22
            drag(&stage, from: Position(row: 5, column: files), to: Position(row: 5, column: files - 9))
            #expect(stage.state.layout.verticals.last == files - 9)
            #expect(stage.state.layout.verticals.first == 30)
            stage.happen(.input(.mouse(MouseEvent(.drag(.left), at: Position(row: 5, column: 50)))))
            #expect(stage.state.layout.verticals.last == files - 9)
        }
    }

    @Test("the edge above compose is dragged, and compose still grows with what is written")
    func compose() {
        var stage = stage()
        guard let rule = stage.state.layout.composeRule else { return #expect(Bool(false)) }
        drag(&stage, from: Position(row: rule.row, column: 50), to: Position(row: rule.row - 4, column: 50))
        #expect(stage.state.layout.compose?.rows == 5)
        #expect(stage.state.layout.composeRule?.row == rule.row - 4)
        for _ in 0..<7 { stage.press(.control("j")) }
        #expect(stage.state.layout.compose?.rows == 8)
    }

    @Test("no pane falls below what it needs, and the way back begins at once", arguments: [60, 80, 100, 120])
    func bounds(columns: Int) {
        var stage = stage(columns: columns, rows: 24)
        guard let line = stage.state.layout.verticals.first else { return #expect(Bool(false)) }
        drag(&stage, from: Position(row: 5, column: line), to: Position(row: 5, column: 0))
        #expect(stage.state.layout.contacts?.columns == 12)
        drag(&stage, from: Position(row: 5, column: 13), to: Position(row: 5, column: columns - 1))
        #expect((stage.state.layout.middle?.columns ?? 0) >= 24)
        #expect((stage.state.layout.files?.columns ?? 16) >= 16)
        let widest = stage.state.layout.contacts?.columns ?? 0
        stage.state.focusPane(.contacts)
        stage.press(.alt("-"))
        #expect(stage.state.layout.contacts?.columns == widest - 2)
        guard let rule = stage.state.layout.composeRule else { return #expect(Bool(false)) }
        drag(&stage, from: Position(row: rule.row, column: columns / 2), to: Position(row: 0, column: columns / 2))
        #expect((stage.state.layout.middle?.rows ?? 0) >= 3)
    }

    @Test("proportions are kept in another size, and what is too small shows one pane as ever")
    func resizing() {
        var stage = stage()
        drag(&stage, from: Position(row: 5, column: 21), to: Position(row: 5, column: 31))
        stage.happen(.resized(Size(columns: 240, rows: 36)))
        #expect(stage.state.layout.contacts?.columns == 60)
        stage.happen(.resized(Size(columns: 50, rows: 20)))
        #expect(stage.state.layout.contacts == nil)
        stage.happen(.resized(Size(columns: 120, rows: 36)))
        #expect(stage.state.layout.contacts?.columns == 30)
    }

    @Test("keys make the pane with the focus larger and smaller, say when it goes no further, and take it all back")
    func keys() {
        var stage = stage()
        stage.press(Key(.up, .control))
        #expect(stage.state.layout.compose?.rows == 2)
        stage.state.focusPane(.middle)
        stage.press(Key(.up, .control))
        #expect(stage.state.layout.compose?.rows == 1)
        stage.press(Key(.up, .control))
        #expect(stage.shows("It goes no further"))
        stage.state.focusPane(.files)
        stage.press(.alt("+"), .alt("="))
        #expect(stage.state.layout.files?.columns == 24)
        stage.state.focusPane(.contacts)
        stage.press(Key(.down, .control))
        #expect(stage.state.layout.contacts?.columns == 18)
        stage.press(.alt("0"))
        #expect(stage.state.layout.contacts?.columns == 20)
        #expect(stage.state.layout.files?.columns == 20)
        stage = self.stage(columns: 50, rows: 10)
        stage.press(.alt("+"))
        #expect(stage.shows("does nothing here"))
    }

    @Test("/mouse leaves the mouse to the terminal, and takes it back")
    func mouse() {
        var stage = stage()
        #expect(stage.state.usesMouse)
        stage.submit("/mouse off")
        #expect(!stage.state.usesMouse)
        #expect(stage.shows("/mouse on takes it back"))
        stage.submit("/mouse")
        #expect(stage.state.usesMouse)
        stage.submit("/mouse maybe")
        #expect(stage.shows("Usage: /mouse [on|off]"))
    }

    @Test("what lies over the conversation has its line, too")
    func floating() {
        var stage = stage(columns: 80, rows: 24)
        stage.state.focusPane(.files)
        guard let files = stage.state.layout.files else { return #expect(Bool(false)) }
        drag(&stage, from: Position(row: 5, column: files.column - 1), to: Position(row: 5, column: files.column - 7))
        #expect(stage.state.layout.files?.column == files.column - 6)
        #expect(stage.state.focus == .files)
    }
}
