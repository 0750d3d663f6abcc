package import ChatProtocol

/// A question about the files of this machine. The state only asks; the shell looks, off the UI thread, and answers with
/// a ``FileFinding``.
package struct FileInquiry: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// The first of these paths at which there is a file.
        case file([String])
        /// What is in a folder, of that only what begins so, without regard to case.
        case folder(String, prefix: String)
        /// A file that holds this text, made for it.
        case keep(String)
    }

    package var id: Int
    package var subject: Subject

    package init(id: Int, _ subject: Subject) {
        self.id = id
        self.subject = subject
    }
}

/// What was found.
package struct FileFinding: Hashable, Sendable {
    package enum Result: Hashable, Sendable {
        case file(LocalFile)
        case folder(FolderListing)
        case nothing(FileTrouble)
    }

    /// The inquiry's.
    package var id: Int
    package var result: Result

    package init(id: Int, _ result: Result) {
        self.id = id
        self.result = result
    }
}

/// A regular file that can be read.
package struct LocalFile: Hashable, Sendable {
    package var path: String
    /// Bytes.
    package var size: Int64

    package init(path: String, size: Int64) {
        self.path = path
        self.size = size
    }
}

/// Why there is nothing to send or to list.
package enum FileTrouble: Hashable, Sendable {
    case notFound
    case notAllowed
    case isFolder(path: String)
    /// A pipe, a device, a socket.
    case isNoFile
    /// Too many looks are unanswered: a disk hangs.
    case noAnswer
    /// What the system says.
    case system(String)
}

/// What is in a folder: folders first, both by name.
package struct FolderListing: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// As it is, whatever it holds: to be cleaned where it is shown.
        package var name: String
        package var isFolder: Bool
        /// Bytes; of a file.
        package var size: Int64
        package var modified: Timestamp

        package init(name: String, isFolder: Bool, size: Int64 = 0, modified: Timestamp = Timestamp(milliseconds: 0)) {
            self.name = name
            self.isFolder = isFolder
            self.size = size
            self.modified = modified
        }

        package var isHidden: Bool { name.utf8.first == UInt8(ascii: ".") }
    }

    package var path: String
    package var entries: [Entry]
    /// There is more than a list can hold.
    package var isCut: Bool

    package init(path: String, entries: [Entry], isCut: Bool = false) {
        self.path = path
        self.entries = entries
        self.isCut = isCut
    }
}
