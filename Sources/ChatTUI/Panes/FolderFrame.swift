import ChatTerminal
import ChatText
import TerminalText

/// The folder list in its frame: where one is, what to look for, and what is said where there are no entries.
struct FolderFrame {
    let list: FolderList
    let state: State

    /// What is said besides the entries.
    /// - Parameter area: what is inside of the overlay's frame; its first line is the filter's.
    func drawNotes(into grid: inout Grid, area: Rect) {
        let body = area.inset(top: 1)
        guard !list.found.isEmpty else {
            write(emptySentence, list.trouble == nil ? "list.muted" : "security.warn", &grid, body)
            return
        }
        if list.saysThatItIsCut(rows: body.rows) { write(.folderCut, "security.warn", &grid, body.line(body.rows - 1)) }
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
