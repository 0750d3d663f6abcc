/// Text being written, with a caret: what compose, the filter and the fields of a form share. Pure.
///
/// The caret stands between characters as a person sees them: an emoji or a letter with its marks is stepped over, deleted
/// and transposed whole.
package struct Editor: Hashable, Sendable {
    /// The text, one element for each grapheme cluster. Always what `Array(text)` would give.
    package private(set) var characters: [Character] = []
    /// How many characters stand before the caret.
    package private(set) var caret = 0
    /// Line feeds become blanks: for fields of one line.
    package let isSingleLine: Bool

    /// What the last kills took, for ``yank()``. Kills in a row add up, as in readline.
    package private(set) var killed = ""
    private var lastAct = Act.other
    private var undoStack: [Snapshot] = []
    /// While another text stands in the place of what is being written, or did.
    private(set) var walk: HistoryWalk?

    private enum Act: Hashable { case typing, killing, other }

    private struct Snapshot: Hashable {
        var characters: [Character]
        var caret: Int
        var walk: HistoryWalk?
    }

    /// The steps that can be undone.
    private static let undoDepth = 200

    package init(_ text: String = "", isSingleLine: Bool = false) {
        self.isSingleLine = isSingleLine
        characters = Array(isSingleLine ? Self.oneLine(text) : text)
        caret = characters.count
    }

    package var text: String { String(characters) }
    package var isEmpty: Bool { characters.isEmpty }
    package var beforeCaret: String { String(characters[..<caret]) }

    // MARK: Typing

    /// Puts text before the caret.
    package mutating func insert(_ text: String) {
        let text = isSingleLine ? Self.oneLine(text) : text
        guard !text.isEmpty else { return }
        // What is typed in one go is undone word by word.
        let beginsWord = text.first?.isWhitespace == true && characters[..<caret].last?.isWhitespace != true
        if lastAct != .typing || beginsWord || text.count > 1 { remember() }
        lastAct = .typing
        replace(caret..<caret, with: text)
    }

    /// Replaces everything, as a chosen completion or an older message does; undone like any other change.
    package mutating func setText(_ text: String) {
        remember()
        lastAct = .other
        replace(0..<characters.count, with: isSingleLine ? Self.oneLine(text) : text)
    }

    /// Replaces everything by a line of a walk.
    mutating func replaceForNow(with line: String, _ walk: HistoryWalk) {
        setText(line)
        self.walk = walk.isOver ? nil : walk
    }

    /// Where nothing is left of a text in the place of another, that one comes back.
    package mutating func fillFromAside() {
        guard isEmpty, !aside.isEmpty, var walk else { return }
        replace(0..<0, with: walk.backToDraft())
        self.walk = walk.isOver ? nil : walk
        lastAct = .other
    }

    /// Puts a text in the place of the word or part that ends at the caret.
    package mutating func replaceBeforeCaret(count: Int, with text: String) {
        remember()
        lastAct = .other
        replace(max(0, caret - count)..<caret, with: text)
    }

    // MARK: Moving

    package mutating func move(to place: Int) {
        lastAct = .other
        caret = min(max(0, place), characters.count)
    }

    package mutating func move(_ motion: Motion) {
        move(to: place(of: motion))
    }

    // MARK: Deleting and killing

    /// Deletes up to where the motion leads, without keeping it for ``yank()``.
    package mutating func delete(_ motion: Motion) {
        let range = range(of: motion)
        guard !range.isEmpty else { return }
        remember()
        lastAct = .other
        replace(range, with: "")
    }

    /// Deletes up to where the motion leads and keeps it for ``yank()``.
    package mutating func kill(_ motion: Motion) {
        let range = range(of: motion)
        guard !range.isEmpty else { return }
        let text = String(characters[range])
        if lastAct != .killing {
            killed = text
        } else {
            killed = range.upperBound <= caret && range.lowerBound < caret ? text + killed : killed + text
        }
        remember()
        replace(range, with: "")
        lastAct = .killing
    }

    /// Puts back what was killed last.
    package mutating func yank() {
        guard !killed.isEmpty else { return }
        remember()
        lastAct = .other
        replace(caret..<caret, with: killed)
    }

    /// Empties the text; ``undo()`` brings it back.
    package mutating func clear() {
        guard !isEmpty else { return }
        remember()
        lastAct = .other
        replace(0..<characters.count, with: "")
    }

    /// Takes the last change back. False if there is none.
    @discardableResult
    package mutating func undo() -> Bool {
        guard let last = undoStack.popLast() else { return false }
        characters = last.characters
        caret = last.caret
        walk = last.walk
        lastAct = .other
        return true
    }

    // MARK: Inside

    private mutating func remember() {
        undoStack.append(Snapshot(characters: characters, caret: caret, walk: walk))
        if undoStack.count > Self.undoDepth { undoStack.removeFirst() }
    }

    private func range(of motion: Motion) -> Range<Int> {
        let end = place(of: motion)
        return min(caret, end)..<max(caret, end)
    }

    /// The caret is left behind what was put in.
    private mutating func replace(_ range: Range<Int>, with text: String) {
        let left = characters[..<range.lowerBound].last
        let right = characters[range.upperBound...].first
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
        if isPlain, left?.isASCII ?? true, right?.isASCII ?? true {
            characters.replaceSubrange(range, with: text)
            caret = range.lowerBound + text.count
            return
        }
        // Neighbours may grow together: a mark joins the letter before it, two halves make a flag.
        let before = String(characters[..<range.lowerBound]) + text
        let after = String(characters[range.upperBound...])
        characters = Array(before + after)
        caret = min(before.count, characters.count)
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
