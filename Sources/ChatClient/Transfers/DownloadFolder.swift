import ChatProtocol
import Glibc
import Synchronization

/// Where downloads land. Names from the network are only labels: nothing leaves this folder, nothing is overwritten,
/// no link is followed.
struct DownloadFolder: Sendable {
    let path: String

    /// A file that is being written, under a hidden name until it is whole. Deleted unless it was put in its place.
    final class Part: Sendable {
        let folder: Int32
        let descriptor: Int32
        let name: String
        let label: FileLabel
        /// Its hidden name may be another download's by now.
        private let isPlaced = Mutex(false)

        init(folder: Int32, descriptor: Int32, name: String, label: FileLabel) {
            self.folder = folder
            self.descriptor = descriptor
            self.name = name
            self.label = label
        }

        func markPlaced() { isPlaced.withLock { $0 = true } }

        deinit {
            if !isPlaced.withLock({ $0 }) { unlinkat(folder, name, 0) }
            close(descriptor)
            close(folder)
        }
    }

    /// Begins a download: `.name.part`, or `.name.part (2)` …
    func begin(_ label: FileLabel) throws(PrivateFiles.Failure) -> Part {
        try PrivateFiles.makeFolder(path)
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw PrivateFiles.Failure(path) }
        let shown = Self.localName(label)
        for number in 1... {
            let name = Self.numbered("." + shown + ".part", number)
            let descriptor = openat(folder, name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { return Part(folder: folder, descriptor: descriptor, name: name, label: label) }
            guard errno == EEXIST, number < Self.attempts else { break }
        }
        let failure = PrivateFiles.Failure(path)
        close(folder)
        throw failure
    }

    /// Puts a whole file in its place: `name.ext`, or `name (2).ext` …
    /// - Returns: Its path.
    func finish(_ part: Part) throws(PrivateFiles.Failure) -> String {
        guard fsync(part.descriptor) == 0 else { throw PrivateFiles.Failure(path) }
        let shown = Self.localName(part.label)
        for number in 1...Self.attempts {
            let name = Self.numbered(shown, number)
            if place(part, as: name) {
                fsync(part.folder)
                return path + "/" + name
            }
            guard errno == EEXIST else { break }
        }
        throw PrivateFiles.Failure(path + "/" + shown)
    }

    /// Gives the part another name, which nobody has. `link` refuses a name that exists, links included. Where a file
    /// system has no hard links, an empty file reserves the name and is replaced.
    private func place(_ part: Part, as name: String) -> Bool {
        if linkat(part.folder, part.name, part.folder, name, 0) == 0 {
            unlinkat(part.folder, part.name, 0)
            part.markPlaced()
            return true
        }
        guard errno != EEXIST else { return false }
        let reserved = openat(part.folder, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard reserved >= 0 else { return false }
        close(reserved)
        guard renameat(part.folder, part.name, part.folder, name) == 0 else {
            let code = errno
            unlinkat(part.folder, name, 0)
            errno = code
            return false
        }
        part.markPlaced()
        return true
    }

    private static let attempts = 10_000

    // MARK: Names

    /// The name that a label gets here: not hidden, and short enough for what is added to it.
    static func localName(_ label: FileLabel) -> String {
        let text: String = label.text.hasPrefix(".") ? "_" + String(label.text.dropFirst()) : label.text
        let (stem, suffix) = split(text)
        let room = 255 - " (10000)".utf8.count - "..part".utf8.count
        return String(shortened(stem, to: max(1, room - suffix.utf8.count))) + suffix
    }

    /// `laporan.pdf` is `laporan (2).pdf` the second time.
    static func numbered(_ name: String, _ number: Int) -> String {
        guard number > 1 else { return name }
        let (stem, suffix) = split(name)
        return "\(stem) (\(number))\(suffix)"
    }

    /// Into stem and extension, of which archives have two.
    private static func split(_ name: String) -> (stem: Substring, suffix: Substring) {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name[dot...].utf8.count <= 16 else {
            return (name[...], "")
        }
        let stem = name[..<dot]
        if stem.hasSuffix(".tar"), stem.count > 4 { return (stem.dropLast(4), name[stem.index(stem.endIndex, offsetBy: -4)...]) }
        return (stem, name[dot...])
    }

    /// At most so many bytes, cut between characters.
    private static func shortened(_ text: Substring, to bytes: Int) -> Substring {
        var text = text
        while text.utf8.count > bytes { text.removeLast() }
        return text
    }
}
