package import ChatProtocol

/// The files of a folder, to choose one that is to go up: found by a part of its name.
package struct FolderList: Hashable, Sendable {
    /// Whom the file goes to, settled when the list was opened.
    package let target: ConversationName
    package private(set) var path: String
    package var filter = Editor(isSingleLine: true)
    /// Nil until the answer comes.
    package private(set) var listing: FolderListing?
    package private(set) var trouble: FileTrouble?
    package private(set) var found: [FolderListing.Entry] = []
    package private(set) var choice = 0
    /// The folder that was left upwards: it is chosen in the one above.
    private var cameFrom: String?

    package init(target: ConversationName, path: String) {
        self.target = target
        self.path = path
    }

    package var chosen: FolderListing.Entry? { found.indices.contains(choice) ? found[choice] : nil }

    /// Goes to another folder, whose content is to be asked for.
    package mutating func enter(_ path: String, cameFrom: String? = nil) {
        self.path = path
        self.cameFrom = cameFrom
        filter = Editor(isSingleLine: true)
        listing = nil
        trouble = nil
        search()
    }

    package mutating func fill(_ listing: FolderListing) {
        self.listing = listing
        trouble = nil
        search()
        if filter.isEmpty, let cameFrom, let index = found.firstIndex(where: { $0.name == cameFrom }) { choice = index }
        cameFrom = nil
    }

    package mutating func fail(_ trouble: FileTrouble) {
        self.trouble = trouble
        listing = nil
        search()
    }

    /// To be called when the filter changed. Hidden ones are found by who types a dot first.
    package mutating func search() {
        choice = 0
        let wanted = filter.text.lowercased()
        let wantsHidden = wanted.hasPrefix(".")
        found = (listing?.entries ?? []).filter { entry in
            entry.isHidden == wantsHidden && (wanted.isEmpty || entry.name.lowercased().contains(wanted))
        }
    }

    /// Whether the last of so many lines says that there is more than can be listed.
    func saysThatItIsCut(rows: Int) -> Bool { listing?.isCut == true && rows > 2 }

    package mutating func move(by steps: Int) {
        choice = min(max(0, choice + steps), max(0, found.count - 1))
    }
}
