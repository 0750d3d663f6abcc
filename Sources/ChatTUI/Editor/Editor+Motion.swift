extension Editor {
    /// Where the motion leads from the caret.
    package func place(of motion: Motion) -> Int {
        switch motion {
        case .left: max(0, caret - 1)
        case .right: min(characters.count, caret + 1)
        case .wordLeft: skipBack(skipBack(caret) { !Self.isWord($0) }, while: Self.isWord)
        case .wordRight: skip(skip(caret) { !Self.isWord($0) }, while: Self.isWord)
        case .blankWordLeft: skipBack(skipBack(caret, while: \.isWhitespace)) { !$0.isWhitespace }
        case .lineStart: skipBack(caret) { !$0.isNewline }
        case .lineEnd: skip(caret) { !$0.isNewline }
        case .lineEndOrFeed: atLineEnd ? min(characters.count, caret + 1) : skip(caret) { !$0.isNewline }
        case .textStart: 0
        case .textEnd: characters.count
        }
    }

    private var atLineEnd: Bool { caret == characters.count || characters[caret].isNewline }

    private func skip(_ start: Int, while holds: (Character) -> Bool) -> Int {
        var place = start
        while place < characters.count, holds(characters[place]) { place += 1 }
        return place
    }

    private func skipBack(_ start: Int, while holds: (Character) -> Bool) -> Int {
        var place = start
        while place > 0, holds(characters[place - 1]) { place -= 1 }
        return place
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
