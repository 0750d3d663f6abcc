import ChatTesting
import Testing

@testable import ChatTUI

@Suite("The editor")
struct EditorTests {
    @Test("characters are stepped over and deleted as a person sees them")
    func clusters() {
        var editor = Editor("a👨‍👩‍👧é")
        #expect(editor.characters.count == 3)
        editor.move(.left)
        editor.delete(.left)
        #expect(editor.text == "aé")
        #expect(editor.caret == 1)
    }

    @Test("a mark typed after a letter joins it, and the caret stays behind it")
    func marks() {
        var editor = Editor("e")
        editor.insert("\u{301}")
        #expect(editor.characters.count == 1)
        #expect(editor.caret == 1)
        editor.insert("x")
        #expect(editor.text == "e\u{301}x")
    }

    @Test("words and lines are killed and come back as readline has it")
    func killing() {
        var editor = Editor("satu dua  tiga")
        editor.kill(.blankWordLeft)
        editor.kill(.blankWordLeft)
        #expect(editor.text == "satu ")
        editor.yank()
        #expect(editor.text == "satu dua  tiga")
        editor.kill(.lineStart)
        #expect(editor.isEmpty)
        editor.yank()
        #expect(editor.text == "satu dua  tiga")
    }

    @Test("^K takes the rest of the line, and at its end the line feed")
    func killLine() {
        var editor = Editor("satu\ndua")
        editor.move(to: 0)
        editor.kill(.lineEndOrFeed)
        #expect(editor.text == "\ndua")
        editor.kill(.lineEndOrFeed)
        #expect(editor.text == "dua")
        #expect(editor.killed == "satu\n")
    }

    @Test("undo takes back a word, a kill and a clearing")
    func undoing() {
        var editor = Editor()
        for character in "halo semua" { editor.insert(String(character)) }
        editor.clear()
        #expect(editor.isEmpty)
        editor.undo()
        #expect(editor.text == "halo semua")
        editor.undo()
        #expect(editor.text == "halo")
        editor.undo()
        #expect(editor.isEmpty)
        let undoesMore = editor.undo()
        #expect(!undoesMore)
    }

    @Test("a field of one line turns line feeds into blanks")
    func singleLine() {
        var editor = Editor(isSingleLine: true)
        editor.insert("satu\ndua\r\ntiga")
        #expect(editor.text == "satu dua tiga")
    }

    @Test("it does what a simple model does, whatever is done to it", arguments: 0..<40 as Range<UInt64>)
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = ["a", "b ", "é", "\u{301}", "日本", "👍🏽", "\u{200D}", "🇮", "🇩", "\n", "x y z", "ก็"]
        var editor = Editor()
        var model = Model()
        var history: [Model] = []
        for _ in 0..<200 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2:
                let piece = pieces.randomElement(using: &random) ?? ""
                history.append(model)
                model.insert(piece)
                // A motion in between keeps undo from joining steps, so that the model can be as simple as it is.
                editor.move(to: editor.caret)
                editor.insert(piece)
            case 3, 4:
                let motion = Motion.allCases.randomElement(using: &random) ?? .left
                editor.move(motion)
                model.caret = editor.caret
            case 5:
                let motion = Motion.allCases.randomElement(using: &random) ?? .left
                let place = editor.place(of: motion)
                guard place != editor.caret else { continue }
                history.append(model)
                model.remove(min(place, editor.caret)..<max(place, editor.caret))
                editor.delete(motion)
            case 6:
                let place = editor.place(of: .lineStart)
                guard place != editor.caret else { continue }
                history.append(model)
                model.remove(place..<editor.caret)
                editor.kill(.lineStart)
            default:
                guard let last = history.popLast() else { continue }
                editor.undo()
                model = last
            }
            #expect(editor.text == model.text)
            #expect(editor.characters == Array(editor.text), "the characters are those of the text")
            #expect((0...editor.characters.count).contains(editor.caret))
            #expect(editor.caret == model.caret)
        }
    }

    /// Text as a string, with no cleverness.
    private struct Model {
        var text = ""
        var caret = 0

        mutating func insert(_ piece: String) { replace(caret..<caret, with: piece) }
        mutating func remove(_ range: Range<Int>) { replace(range, with: "") }

        private mutating func replace(_ range: Range<Int>, with piece: String) {
            let characters = Array(text)
            let before = String(characters[..<range.lowerBound]) + piece
            text = before + String(characters[range.upperBound...])
            caret = min(before.count, text.count)
        }
    }
}

@Suite("Lines of an editor")
struct CaretLayoutTests {
    @Test("the caret is found on the line that it stands in")
    func caret() {
        var editor = Editor("halo semua orang")
        let lines = CaretLayout(editor, width: 10)
        #expect(lines.lines.map { String($0.text) } == ["halo semua", "orang"])
        #expect(lines.caretRow == 1)
        #expect(lines.caretColumn == 5)
        editor.move(to: 2)
        #expect(CaretLayout(editor, width: 10).caretRow == 0)
    }

    @Test("wide letters count two cells, and the caret never leaves the width")
    func wide() {
        let editor = Editor("日本語")
        let lines = CaretLayout(editor, width: 4)
        #expect(lines.lines.count == 2)
        #expect(lines.caretColumn == 2)
        #expect(CaretLayout(Editor("abcd "), width: 4).caretColumn <= 3)
    }

    @Test("up and down keep to the column, and there is nothing above the first line")
    func vertical() {
        var editor = Editor("satu\nd\ntiga")
        let lines = CaretLayout(editor, width: 20)
        #expect(lines.place(rowsAway: -1) == 6)
        #expect(lines.place(rowsAway: -2) == 4)
        #expect(lines.place(rowsAway: -3) == nil)
        editor.move(to: 0)
        #expect(CaretLayout(editor, width: 20).isOnFirstLine)
    }

    @Test("the caret's row and column lead back to its place", arguments: 0..<20 as Range<UInt64>)
    func inverse(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = ["a", "bb ", "日", "é", "\n", "panjang", " "]
        let text = (0..<30).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        var editor = Editor(text)
        let width = Int.random(in: 2...20, using: &random)
        for place in 0...editor.characters.count {
            editor.move(to: place)
            let lines = CaretLayout(editor, width: width)
            #expect(lines.lines.reduce(0) { $0 + $1.count } == editor.characters.count)
            #expect((0..<width).contains(lines.caretColumn))
            #expect(lines.lines[lines.caretRow].start <= place)
        }
    }
}
