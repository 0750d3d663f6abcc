import ChatProtocol
import Foundation
import GRDB
import Glibc

extension Check {
    /// Unfinished ones are no damage: a client may still go on with them.
    func checkUploads(_ lying: LyingFiles, _ db: Database, _ findings: Findings) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT id, content, file, created FROM upload")
        var known: Set<String> = []
        var oldest = Int64.max
        while let row = try rows.next() {
            known.insert(row["id"])
            if (row["file"] as String?) == nil { oldest = min(oldest, row["created"]) }
        }
        let unfinished = lying.uploads.filter(known.contains)
        if !unfinished.isEmpty {
            let bytes = unfinished.reduce(Int64(0)) { $0 + (Self.status(folder.uploads + "/" + $1)?.size ?? 0) }
            let since = oldest == .max ? "" : ", the oldest begun \(Self.day(oldest))"
            findings.note(
                """
                \(unfinished.count) uploads are not finished\(since); they hold \(bytes) bytes. Their senders may go on with \
                them for \(Upload.idleDays) days.
                """)
        }
        for name in lying.uploads where !known.contains(name) { noteLeftover(folder.uploads + "/" + name, findings) }
    }

    func checkContents(_ named: [NamedContent], _ lying: LyingFiles, _ findings: Findings) throws {
        for content in named { try check(content, findings) }
        let names = Set(named.map(\.id.text))
        // What an upload has finished waits under its own name until it is announced.
        for name in lying.contents where !names.contains(name) { noteLeftover(folder.files + "/" + name, findings) }
    }

    private func check(_ content: NamedContent, _ findings: Findings) throws {
        let path = folder.path(of: content.id)
        guard PathKind(path) == .file, let status = Self.status(path) else {
            return findings.damage(.contents, "The content \(content.id.text) of a file is missing")
        }
        guard status.size == content.digest.size else {
            return findings.damage(
                .contents, "The content \(content.id.text) has \(status.size) bytes and should have \(content.digest.size)")
        }
        guard isDeep else { return }
        do {
            if try ContentDigest(of: path) != content.digest {
                findings.damage(.contents, "The content \(content.id.text) is not what was sent: its SHA-256 differs")
            }
        } catch let error as AdministrationError {
            findings.damage(.contents, "The content \(content.id.text) cannot be read: \(error)")
        }
    }

    /// What is younger than an hour may be on its way.
    private func noteLeftover(_ path: String, _ findings: Findings) {
        guard let status = Self.status(path), now.timeIntervalSince1970 - status.modified > 3600 else { return }
        findings.note("\(path) (\(status.size) bytes) belongs to no message: an upload was broken off. It may be deleted.")
    }

    private static func status(_ path: String) -> (size: Int64, modified: Double)? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return (Int64(status.st_size), Double(status.st_mtim.tv_sec))
    }

    private static func day(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601.year().month().day())
    }
}
