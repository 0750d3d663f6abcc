import ChatProtocol

/// What a backup holds: read from front to back, and refused if anything in it is not ours or not whole.
struct BackupArchive {
    let manifest: BackupManifest
    let contents: [FileID: ContentDigest]

    static let manifestName = "obrol-backup.txt"
    static let databaseName = "obrol.sqlite"
    static let contentsName = "files"

    private enum Member: Hashable {
        case manifest, database
        case content(FileID)
        /// A folder that somebody who packed the archive anew has put in.
        case folder
    }

    /// - Parameter folder: takes what is in the archive, the manifest excepted; nil only to look. It has a folder `files`.
    /// - Throws: `AdministrationError`.
    init(reading path: String, into folder: String? = nil) throws {
        var reader = try TarReader(reading: path)
        var seen: Set<Member> = []
        var manifestText: [UInt8] = []
        var database: ContentDigest?
        var contents: [FileID: ContentDigest] = [:]
        while let header = try reader.next() {
            let member = try Self.member(header, path)
            guard member == .folder || seen.insert(member).inserted else {
                throw AdministrationError("\(path) holds \"\(header.name)\" twice: it is not a backup of Obrol.")
            }
            switch member {
            case .folder: break
            case .manifest:
                guard header.size <= 1 << 26 else { throw Self.notOurs(path) }
                try reader.read { manifestText += $0 }
            case .database:
                database = try Self.take(&reader, into: folder.map { $0 + "/" + Self.databaseName })
            case .content(let id):
                contents[id] = try Self.take(&reader, into: folder.map { "\($0)/\(Self.contentsName)/\(id.text)" })
            }
        }
        guard let database, let manifest = BackupManifest(text: String(decoding: manifestText, as: UTF8.self)) else {
            throw Self.notOurs(path)
        }
        guard database.sha256 == manifest.database else {
            throw AdministrationError("The database in \(path) is not what was backed up: the archive is damaged. Use another.")
        }
        (self.manifest, self.contents) = (manifest, contents)
    }

    /// Only the names that a backup has: nothing in an archive chooses where it is written.
    private static func member(_ header: TarHeader, _ path: String) throws -> Member {
        var name = header.name[...]
        if name.hasPrefix("./") { name = name.dropFirst(2) }
        if header.kind == .folder, ["", contentsName, contentsName + "/"].contains(String(name)) { return .folder }
        guard header.kind == .file else { throw refused(header, path) }
        if name == manifestName[...] { return .manifest }
        if name == databaseName[...] { return .database }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == contentsName[...], let id = try? FileID(String(parts[1])) else {
            throw refused(header, path)
        }
        return .content(id)
    }

    private static func take(_ reader: inout TarReader, into target: String?) throws -> ContentDigest {
        var digester = ContentDigester()
        let file = try target.map { try PlainFile(creating: $0) }
        try reader.read { bytes in
            digester.update(bytes)
            try file?.write(bytes)
        }
        try file?.sync()
        return digester.digest
    }

    private static func notOurs(_ path: String) -> AdministrationError {
        AdministrationError("\(path) is not a backup of Obrol, or it is not whole: \(manifestName) or the database is missing.")
    }

    private static func refused(_ header: TarHeader, _ path: String) -> AdministrationError {
        let name = String(
            header.name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F ? Character($0) : "?" })
        return AdministrationError("\(path) holds \"\(name)\", which no backup of Obrol holds: nothing was restored from it.")
    }

    /// That everything a database names is here and is what it should be.
    func verify(_ named: [NamedContent], _ path: String) throws {
        let excused = Set(manifest.damaged)
        for content in named where !excused.contains(content.id) && contents[content.id] != content.digest {
            throw AdministrationError(
                "The content \(content.id.text) of a file in \(path) is missing or damaged: use another backup.")
        }
    }
}
