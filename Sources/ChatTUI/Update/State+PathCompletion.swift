import ChatClient
import ChatTerminal
import ChatText

/// Tab behind `/upload`.
extension State {
    static let uploadSpelling = CommandTable.rows.first { $0.verb == .upload }?.spelling[.compose] ?? "/upload"

    /// What stands behind `/upload`, from its first character on; nil in any other text.
    static func uploadArgument(of text: String) -> String? {
        PathCompletion(before: text, target: nil, command: uploadSpelling).map { $0.folder + $0.prefix }
    }

    /// Asks what the path could go on as. False if the caret is not in one.
    mutating func completePath() -> Bool {
        let before = composeEditor.beforeCaret
        guard let completion = PathCompletion(before: before, target: composeTarget, command: Self.uploadSpelling) else {
            return false
        }
        let folder = completion.folder.isEmpty ? launch.workingDirectory : pathText.absolute(completion.folder)
        inquire(.folder(folder, prefix: completion.prefix), for: .completion(completion))
        return true
    }

    mutating func settle(_ result: FileFinding.Result, of completion: PathCompletion) {
        // Who typed on did not wait for this.
        guard composeTarget == completion.target, composeEditor.beforeCaret == completion.before, overlays.isEmpty else { return }
        switch result {
        case .folder(let listing): complete(completion, from: listing)
        case .nothing(let trouble): announce(say(trouble), isWarning: true)
        case .file: break
        }
    }

    /// Any key does, and Esc does no more than that.
    mutating func closeSuggestions(with key: Key) -> Bool {
        guard suggestions != nil else { return false }
        suggestions = nil
        return key == Key(.escape)
    }

    private mutating func complete(_ completion: PathCompletion, from listing: FolderListing) {
        let fitting = completion.fitting(listing.entries)
        guard let first = fitting.first else { return announce(.nothingFound) }
        let isOne = fitting.count == 1 && !listing.isCut
        let name = isOne ? first.name : completion.commonStart(of: fitting)
        let text = completion.text(with: name, isWhole: isOne, isFolder: first.isFolder)
        if text != completion.before { editCompose { $0.replaceBeforeCaret(count: $0.caret, with: text) } }
        if !isOne { suggestions = PathSuggestions(entries: fitting, isCut: listing.isCut) }
    }
}
