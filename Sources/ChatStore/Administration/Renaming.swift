import CSys
import ChatProtocol
import Glibc

/// What a path names, without following a link.
enum PathKind: Equatable {
    case missing, file, folder, other

    init(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .other
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        case S_IFLNK: self = Self.followed(path)
        default: self = .other
        }
    }

    /// A link to a folder serves as one; no other link serves as anything.
    private static func followed(_ path: String) -> PathKind {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
    }
}

/// Gives names in one step, durably.
enum Renaming {
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// - Throws: `AdministrationError` if something of this name has come meanwhile, unless it may be replaced.
    static func publish(_ path: String, as target: String, replacing: Bool) throws {
        if replacing || !exclusively(path, target) {
            guard replacing || PathKind(target) == .missing else {
                throw AdministrationError("\(target) has come into being meanwhile. Choose another name.")
            }
            guard rename(path, target) == 0 else { throw AdministrationError(target, errno) }
        }
        try PlainFile.syncFolder(folder(of: target))
    }

    /// False if something stands there, or the file system cannot do it.
    private static func exclusively(_ path: String, _ target: String) -> Bool {
        csys_rename_exclusively(path, target) == 0
    }

    /// Two names change places at once. False if the file system cannot do it.
    static func exchange(_ one: String, _ other: String) -> Bool {
        csys_exchange_names(one, other) == 0
    }
}

/// A folder for what is not finished, beside what it is to become. Whoever makes it removes it, whatever happened.
struct WorkFolder {
    let path: String

    /// - Parameter purpose: a word for its name, for whoever finds it after a crash.
    init(beside target: String, _ purpose: String) throws {
        path = "\(target).\(purpose)-\(FileID.random().text.prefix(8))"
        guard mkdir(path, 0o700) == 0 else { throw AdministrationError(path, errno) }
    }

    func remove() { Self.remove(path) }

    private static func remove(_ path: String) {
        if PathKind(path) == .folder, let names = try? FolderListing.names(in: path) {
            for name in names { remove(path + "/" + name) }
        }
        // What cannot be removed is found by its name; there is nobody to tell.
        if unlink(path) != 0 { rmdir(path) }
    }
}

enum FolderListing {
    /// Of everything in a folder, sorted; none if there is no such folder.
    static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw AdministrationError(path, errno)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
