import ChatProtocol
import Glibc

/// Looks at the files of this machine. Blocks for as long as the disk does: called on a thread of its own.
///
/// Nothing is opened but folders: a pipe or a device is only looked at.
enum LocalFiles {
    /// What a listing holds at most, and how many names are read for it.
    static let longestListing = 4000
    static let mostNames = 50_000

    /// The first file, or why the first path that exists is none.
    static func look(at paths: [String]) -> FileFinding.Result {
        var trouble: FileTrouble?
        for path in paths {
            switch look(at: path) {
            case .nothing(.notFound): continue
            case .nothing(let found): trouble = trouble ?? found
            case let result: return result
            }
        }
        return .nothing(trouble ?? .notFound)
    }

    private static func look(at path: String) -> FileFinding.Result {
        var status = stat()
        guard stat(path, &status) == 0 else { return .nothing(trouble(errno)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            guard faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 else { return .nothing(trouble(errno)) }
            return .file(LocalFile(path: path, size: Int64(status.st_size)))
        case S_IFDIR: return .nothing(.isFolder(path: path))
        default: return .nothing(.isNoFile)
        }
    }

    static func list(_ path: String, prefix: String) -> FileFinding.Result {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .nothing(trouble(errno)) }
        guard let folder = fdopendir(descriptor) else {
            let found = trouble(errno)
            close(descriptor)
            return .nothing(found)
        }
        defer { closedir(folder) }
        var listing = FolderListing(path: path, entries: [])
        var count = 0
        while let name = nextName(of: folder) {
            count += 1
            guard count <= mostNames, listing.entries.count < longestListing else {
                listing.isCut = true
                break
            }
            // A name that is not UTF-8 could be neither shown nor sent.
            guard let text = String(validating: name, as: UTF8.self), text != ".", text != ".." else { continue }
            guard prefix.isEmpty || text.lowercased().hasPrefix(prefix.lowercased()) else { continue }
            if let entry = entry(text, in: descriptor) { listing.entries.append(entry) }
        }
        listing.entries.sort(by: comesFirst)
        return .folder(listing)
    }

    private static func nextName(of folder: OpaquePointer) -> [UInt8]? {
        guard let record = readdir(folder) else { return nil }
        return withUnsafeBytes(of: record.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
    }

    /// Links are followed; what is neither a file nor a folder cannot be sent.
    private static func entry(_ name: String, in folder: Int32) -> FolderListing.Entry? {
        var status = stat()
        guard fstatat(folder, name, &status, 0) == 0 else { return nil }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { return nil }
        let time = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
        return FolderListing.Entry(
            name: name, isFolder: kind == S_IFDIR, size: Int64(status.st_size), modified: Timestamp(milliseconds: time))
    }

    private static func comesFirst(_ a: FolderListing.Entry, _ b: FolderListing.Entry) -> Bool {
        if a.isFolder != b.isFolder { return a.isFolder }
        let (afolded, bfolded) = (a.name.lowercased(), b.name.lowercased())
        return afolded == bfolded ? a.name < b.name : afolded < bfolded
    }

    static func trouble(_ code: Int32) -> FileTrouble {
        switch code {
        case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP: .notFound
        case EACCES, EPERM: .notAllowed
        default: .system(String(cString: strerror(code)))
        }
    }
}
