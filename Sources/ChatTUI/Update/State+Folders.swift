import ChatText

/// The folder list: ^O.
extension State {
    /// Opens the list where it was last, or at a folder.
    mutating func openFolderList(at path: String? = nil) {
        guard let target = uploadTarget() else { return }
        overlays.append(.folders(FolderList(target: target, path: path ?? lastFolder ?? launch.workingDirectory)))
        askForFolder()
    }

    mutating func enterFolder(_ path: String, cameFrom: String? = nil) {
        changeFolderList { $0.enter(path, cameFrom: cameFrom) }
        askForFolder()
    }

    var isFolderFilterEmpty: Bool { folderList?.filter.isEmpty == true }

    private var folderList: FolderList? {
        if case .folders(let list) = overlays.last { list } else { nil }
    }

    private mutating func changeFolderList(_ change: (inout FolderList) -> Void) {
        // A question may lie over it when the answer comes.
        for index in overlays.indices {
            guard case .folders(var list) = overlays[index] else { continue }
            change(&list)
            overlays[index] = .folders(list)
        }
    }

    private mutating func askForFolder() {
        guard let list = folderList else { return }
        // Only the folder that was entered last is waited for.
        inquiries.giveUp { $0 == .folderList }
        inquire(.folder(list.path, prefix: ""), for: .folderList)
    }

    mutating func fillFolderList(_ result: FileFinding.Result) {
        switch result {
        case .folder(let listing):
            changeFolderList { $0.fill(listing) }
            lastFolder = listing.path
        case .nothing(let trouble): changeFolderList { $0.fail(trouble) }
        case .file: break
        }
    }

    // MARK: Keys

    mutating func acceptInFolderList() {
        guard let list = folderList, let entry = list.chosen else { return }
        let path = PathText.joined(list.path, entry.name)
        if entry.isFolder { return enterFolder(path) }
        inquiries.giveUp { if case .upload(.folderList, _) = $0 { true } else { false } }
        inquire(.file([path]), for: .upload(.folderList, to: list.target))
    }

    /// Backspace where there is nothing to delete.
    mutating func goUpInFolderList() {
        guard let list = folderList, list.path != "/" else { return }
        enterFolder(PathText.parent(of: list.path), cameFrom: PathText.name(of: list.path))
    }

    mutating func editFolderFilter(_ change: (inout Editor) -> Void) {
        guard let list = folderList else { return }
        var filter = list.filter
        change(&filter)
        // Typed paths lead somewhere, too.
        switch filter.text {
        case "/": return enterFolder("/")
        case "~/": return enterFolder(pathText.absolute("~"))
        case let text where text.hasSuffix("/"):
            let name = String(text.dropLast())
            if list.found.contains(where: { $0.isFolder && $0.name == name }) {
                return enterFolder(PathText.joined(list.path, name))
            }
        default: break
        }
        changeFolderList {
            let isOther = $0.filter.text != filter.text
            $0.filter = filter
            if isOther { $0.search() }
        }
    }

    /// A path dropped on the list is gone to.
    mutating func pasteIntoFolderList(_ text: String) -> Bool {
        guard let list = folderList else { return false }
        let candidates = pathText.candidates(ofPaste: text)
        guard !candidates.isEmpty else { return false }
        inquire(.file(candidates), for: .upload(.folderList, to: list.target))
        return true
    }
}
