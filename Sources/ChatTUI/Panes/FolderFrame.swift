import ChatTerminal
import ChatText
import TerminalText

/// The folder list in its frame: where one is, what to look for, and what is there.
struct FolderFrame {
    let list: FolderList
    let state: State

    /// - Parameter area: what is inside of the overlay's frame; its first line is the filter's.
    func draw(into grid: inout Grid, area: Rect) {
        let body = area.inset(top: 1)
        guard !list.found.isEmpty else {
            write(emptySentence, list.trouble == nil ? "list.muted" : "security.warn", &grid, body)
            return
        }
        let isCut = list.listing?.isCut == true && body.rows > 2
        let rows = body.rows - (isCut ? 1 : 0)
        let first = min(max(0, list.choice - rows / 2), max(0, list.found.count - rows))
        for (index, entry) in list.found.dropFirst(first).prefix(rows).enumerated() {
            let line = body.line(index)
            FolderEntryLine(entry: entry, state: state).draw(into: &grid, line: line)
            if first + index == list.choice { grid.setGround("ui.selection", of: line) }
        }
        if isCut { write(.folderCut, "security.warn", &grid, body.line(rows)) }
    }

    private func write(_ sentence: Sentence, _ role: Role, _ grid: inout Grid, _ area: Rect) {
        let text = TextLayout.truncate(sentence[state.language], width: area.columns)
        grid.write(text, at: area.origin, in: area, role: role)
    }

    private var emptySentence: Sentence {
        if let trouble = list.trouble { return state.say(trouble) }
        guard list.listing != nil else { return .loadingOlder }
        return list.filter.isEmpty ? .folderEmpty : .nothingFound
    }

    /// The path, its end before its beginning, and the user's own folder as people write it.
    static func title(of list: FolderList, home: String, columns: Int) -> String {
        let isInHome = !home.isEmpty && (list.path == home || list.path.utf8.starts(with: (home + "/").utf8))
        let short = isInHome ? "~" + PathText.drop(list.path, bytes: home.utf8.count) : list.path
        let path = Sanitizer.line.clean(short)
        return TextLayout.shortenStart(path, width: columns)
    }
}
