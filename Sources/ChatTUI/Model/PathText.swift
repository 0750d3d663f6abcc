/// Paths as people type, paste and drop them. Pure: nothing here looks at a disk.
///
/// Cut at the byte of the slash, never between characters: a name may begin with a mark that would join it.
package struct PathText: Hashable, Sendable {
    /// The user's own folder, for what begins with `~`.
    package let home: String
    package let workingDirectory: String

    /// PATH_MAX of Linux.
    package static let longest = 4096

    package init(home: String, workingDirectory: String) {
        self.home = home
        self.workingDirectory = workingDirectory
    }

    /// The path from the root, as far as that is known.
    package func absolute(_ path: String) -> String {
        if path == "~" || Self.begins(path, with: "~/"), !home.isEmpty { return Self.joined(home, Self.drop(path, bytes: 1)) }
        return Self.begins(path, with: "/") ? path : Self.joined(workingDirectory, path)
    }

    // MARK: Parts

    package static func joined(_ folder: String, _ name: String) -> String {
        var rest = name
        while begins(rest, with: "/") { rest = drop(rest, bytes: 1) }
        if rest.isEmpty || folder.isEmpty { return folder.isEmpty ? rest : folder }
        return folder.utf8.last == UInt8(ascii: "/") ? folder + rest : folder + "/" + rest
    }

    /// What stands behind the last slash; a slash at the end is not the last.
    package static func name(of path: String) -> String {
        split(trimmed(path)).name
    }

    /// The folder that holds it; the root's is the root.
    package static func parent(of path: String) -> String {
        let folder = trimmed(split(trimmed(path)).folder)
        return folder.isEmpty ? "/" : folder
    }

    /// Up to the last slash with it, and what is behind.
    package static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let next = path.utf8.index(after: slash)
        return (String(decoding: path.utf8[..<next], as: UTF8.self), String(decoding: path.utf8[next...], as: UTF8.self))
    }

    private static func trimmed(_ path: String) -> String {
        var bytes = path.utf8[...]
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func begins(_ text: String, with start: String) -> Bool { text.utf8.starts(with: start.utf8) }

    static func drop(_ text: String, bytes: Int) -> String { String(decoding: text.utf8.dropFirst(bytes), as: UTF8.self) }

    // MARK: Pasted

    /// What a pasted text may be the path of, the most literal first; none if it is no path at all.
    ///
    /// Terminals drop files as plain paths, as `file://` URLs, quoted, or with their blanks escaped, often with a blank
    /// behind. A bare word is text, even where a file has that name.
    package func candidates(ofPaste text: String) -> [String] {
        guard text.utf8.count < Self.longest, !text.utf8.contains(0) else { return [] }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !Self.isBlank($0) }),
            let last = scalars.lastIndex(where: { !Self.isBlank($0) })
        else { return [] }
        let line = String(scalars[first...last])
        guard !line.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return [] }
        if let path = Self.path(ofURL: line) { return [path] }
        let unfinished = String(scalars[first...].filter { $0 != "\n" && $0 != "\r" })
        let spellings = [unfinished, line, Self.shellWord(line)].compactMap { $0 }.filter(Self.hasSlash)
        var candidates: [String] = []
        for path in spellings.map(absolute) where !candidates.contains(where: { $0.utf8.elementsEqual(path.utf8) }) {
            candidates.append(path)
        }
        return candidates
    }

    /// What the argument of a command may be the path of, which can have been dropped there, too.
    package func candidates(ofArgument text: String) -> [String] {
        if let path = Self.path(ofURL: text) { return [path] }
        let word = Self.shellWord(text)
        return [absolute(text)] + (word == text ? [] : [word].compactMap { $0 }.map(absolute))
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    private static func hasSlash(_ path: String) -> Bool { path.utf8.contains(UInt8(ascii: "/")) }

    /// The path of a `file://` URL of this machine; nil if it is none.
    static func path(ofURL text: String) -> String? {
        let scheme = "file://"
        guard String(decoding: text.utf8.prefix(scheme.utf8.count), as: UTF8.self).lowercased() == scheme else { return nil }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        let hostName = String(decoding: host, as: UTF8.self).lowercased()
        guard hostName.isEmpty || hostName == "localhost" else { return nil }
        var bytes: [UInt8] = []
        var place = host.endIndex
        while place < rest.endIndex {
            let next = rest.index(after: place)
            guard rest[place] == UInt8(ascii: "%") else {
                bytes.append(rest[place])
                place = next
                continue
            }
            let digits = rest[next...].prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), byte != 0
            else { return nil }
            bytes.append(byte)
            place = digits.endIndex
        }
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// What a shell would make of the text if it is one word to it; nil if it is several, or not finished.
    static func shellWord(_ text: String) -> String? {
        enum Quote { case none, single, double }
        var quote = Quote.none
        var word = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch (quote, scalar) {
            case (.none, "'"): quote = .single
            case (.none, "\""): quote = .double
            case (.single, "'"), (.double, "\""): quote = .none
            case (.none, "\\"):
                guard let next = rest.popFirst() else { return nil }
                word.append(next)
            case (.double, "\\"):
                // Inside of double quotes only these are escaped.
                let next = rest.first.flatMap { "\\\"$`".unicodeScalars.contains($0) ? rest.popFirst() : nil }
                word.append(next ?? scalar)
            case (.none, " "), (.none, "\t"): return nil
            default: word.append(scalar)
            }
        }
        return quote == .none ? String(word) : nil
    }
}
