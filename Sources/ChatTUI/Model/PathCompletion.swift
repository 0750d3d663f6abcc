package import ChatProtocol

/// The path behind `/upload` that Tab is to finish: what stands before the caret, and what of it is looked for where.
package struct PathCompletion: Hashable, Sendable {
    /// All that stands before the caret; should it be another when the answer comes, the answer is too late.
    package let before: String
    package let target: ConversationName?
    /// The quote that the person began with, and completing ends.
    package let quote: String
    /// As typed, with its slash.
    package let folder: String
    /// The beginning of the name in that folder.
    package let prefix: String
    /// What precedes the path.
    private let command: String

    /// Nil if no path ends at the caret.
    package init?(before: String, target: ConversationName?, command: String) {
        let lead = command + " "
        guard before.utf8.starts(with: lead.utf8) else { return nil }
        var argument = String(decoding: before.utf8.dropFirst(lead.utf8.count).drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
        var quote = ""
        if let first = argument.utf8.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            quote = String(decoding: [first], as: UTF8.self)
            argument = PathText.drop(argument, bytes: 1)
        }
        // These name folders, whatever else begins like them.
        if argument == "~" || argument == ".." || argument.utf8.suffix(3).elementsEqual("/..".utf8) { argument += "/" }
        let parts = PathText.split(argument)
        self.before = before
        self.target = target
        self.quote = quote
        self.command = command
        (folder, prefix) = (parts.folder, parts.name)
    }

    /// What stands before the caret with this name in the place of what was typed of it.
    package func text(with name: String, isWhole: Bool, isFolder: Bool) -> String {
        var path = folder + name + (isWhole && isFolder ? "/" : "")
        var quote = quote
        let isFile = isWhole && !isFolder
        if quote.isEmpty, path.utf8.first == UInt8(ascii: "\"") || path.utf8.first == UInt8(ascii: "'") { path = "./" + path }
        // A blank at the end would be lost without quotes.
        if quote.isEmpty, isFile, path.unicodeScalars.last?.properties.isWhitespace == true { quote = "\"" }
        return command + " " + quote + path + (isFile ? quote : "")
    }

    /// Those that fit: hidden ones only for who typed a dot, those in the very letters before others.
    package func fitting(_ entries: [FolderListing.Entry]) -> [FolderListing.Entry] {
        let wantsHidden = prefix.utf8.first == UInt8(ascii: ".")
        let visible = entries.filter { $0.isHidden == wantsHidden }
        let exact = visible.filter { $0.name.hasPrefix(prefix) }
        return exact.isEmpty ? visible : exact
    }

    /// What all names begin with, in the letters of the first; as much as was typed at the least.
    package func commonStart(of entries: [FolderListing.Entry]) -> String {
        guard let first = entries.first?.name else { return prefix }
        let common = entries.dropFirst().reduce(first) { common, entry in
            String(zip(common, entry.name).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
        }
        return common.count > prefix.count ? common : prefix
    }
}

/// What a path could go on as, shown above compose until the next key.
package struct PathSuggestions: Hashable, Sendable {
    package var entries: [FolderListing.Entry]
    package var isCut: Bool
}
