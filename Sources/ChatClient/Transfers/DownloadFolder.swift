import ChatProtocol
import Glibc
import Synchronization

/// Where downloads land. Names from the network are only labels: nothing leaves this folder, nothing is overwritten,
/// no link is followed.
struct DownloadFolder: Sendable {
    let path: String

    /// Where a download is written until it is whole: hidden, and under a name that is nobody else's.
    func part(of label: FileLabel, _ nonce: Nonce) -> String {
        path + "/." + Self.localName(label) + "." + nonce.text.prefix(12) + ".part"
    }

    /// Opens a part where an earlier turn left it, or makes one.
    static func open(part path: String, for file: SharedFile) throws -> Part {
        let (folder, _) = split(path: path)
        try PrivateFiles.makeFolder(folder)
        return try Part(path, file)
    }

    /// Bytes that have come.
    static func length(ofPart path: String) -> Int64 {
        var status = stat()
        return lstat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Removes a part, if there is one.
    static func remove(part path: String) {
        let (folder, name) = split(path: path)
        // What is no part was never ours.
        if name.hasPrefix("."), name.hasSuffix(".part") { unlink(folder + "/" + name) }
    }

    fileprivate static func split(path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    fileprivate static let attempts = 10_000

    // MARK: Names

    /// The name that a label gets here: not hidden, and short enough for what is added to it.
    static func localName(_ label: FileLabel) -> String {
        // Bytes hide a name, and a dot with an accent is another character.
        let isHidden = label.text.utf8.first == UInt8(ascii: ".")
        let text = isHidden ? "_" + String(label.text.unicodeScalars.dropFirst()) : label.text
        let (stem, suffix) = split(text)
        let room = 255 - " (10000)".utf8.count - "..123456789012.part".utf8.count
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

    /// At most so many bytes. A single character may be longer than that, with all its accents.
    private static func shortened(_ text: Substring, to bytes: Int) -> Substring {
        var text = text
        while text.utf8.count > bytes { text.unicodeScalars.removeLast() }
        return text
    }
}

extension DownloadFolder {
    /// A file that is being written, under a hidden name until it is whole.
    final class Part: Sendable {
        let folderPath: String
        let descriptor: Int32
        /// Bytes that were there when it was opened.
        let length: Int64
        /// Whether it has its name already, and only this one is left over.
        let isPlaced: Bool
        private let folder: Int32
        private let name: String
        private let placed = Mutex<String?>(nil)
        private let label: FileLabel

        fileprivate init(_ path: String, _ file: SharedFile) throws(PrivateFiles.Failure) {
            (folderPath, name) = DownloadFolder.split(path: path)
            label = file.label
            folder = Glibc.open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { throw PrivateFiles.Failure(folderPath) }
            descriptor = openat(folder, name, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
            var status = stat()
            guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_size <= file.size || ftruncate(descriptor, 0) == 0
            else {
                let failure = PrivateFiles.Failure(path)
                if descriptor >= 0 { close(descriptor) }
                close(folder)
                throw failure
            }
            length = status.st_size <= file.size ? Int64(status.st_size) : 0
            isPlaced = status.st_nlink > 1 && status.st_size == file.size
        }

        deinit {
            close(descriptor)
            close(folder)
        }

        /// Throws away what came so far.
        func empty() throws(PrivateFiles.Failure) {
            guard ftruncate(descriptor, 0) == 0 else { throw PrivateFiles.Failure(folderPath + "/" + name) }
        }

        /// Where the whole file lies, once it does.
        var placedPath: String? { placed.withLock { $0 } }

        /// Gives a whole file its name: `name.ext`, or `name (2).ext` … The part stays beside it, to be removed. Done a
        /// second time, as when the line broke while the file was checked, it changes nothing.
        /// - Returns: Its path.
        func place() throws(PrivateFiles.Failure) -> String {
            if let placedPath { return placedPath }
            guard fsync(descriptor) == 0 else { throw PrivateFiles.Failure(folderPath) }
            let shown = DownloadFolder.localName(label)
            for number in 1...DownloadFolder.attempts {
                let name = DownloadFolder.numbered(shown, number)
                if place(as: name) {
                    fsync(folder)
                    let path = folderPath + "/" + name
                    placed.withLock { $0 = path }
                    return path
                }
                guard errno == EEXIST else { break }
            }
            throw PrivateFiles.Failure(folderPath + "/" + shown)
        }

        /// `link` refuses a name that exists, links included. Where a file system has no hard links, an empty file
        /// reserves the name and is replaced.
        private func place(as shown: String) -> Bool {
            if linkat(folder, name, folder, shown, 0) == 0 { return true }
            guard errno != EEXIST else { return false }
            let reserved = openat(folder, shown, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard reserved >= 0 else { return false }
            close(reserved)
            guard renameat(folder, name, folder, shown) == 0 else {
                let code = errno
                unlinkat(folder, shown, 0)
                errno = code
                return false
            }
            return true
        }
    }
}
