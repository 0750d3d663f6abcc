import ChatProtocol
import Foundation
import Glibc

/// Texts that are too long for a message, as files that can be sent. Blocks for as long as the disk does.
///
/// A file must outlast its transfer, which may be taken up again after a restart; what is older than a week is removed
/// when the next one is made.
struct PastedFiles: Sendable {
    /// Made when it is needed, for its owner alone.
    let folder: String

    private static let secondsKept = 7 * 24 * 60 * 60

    /// Writes a text to a new file, on disk when this returns.
    func keep(_ text: String) -> FileFinding.Result {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { return .nothing(.system(error.localizedDescription)) }
        removeOld()
        for number in 1...1000 {
            let path = folder + "/" + name(number)
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            if descriptor < 0, errno == EEXIST { continue }
            guard descriptor >= 0 else { return .nothing(LocalFiles.trouble(errno)) }
            return write(text, to: descriptor, path)
        }
        return .nothing(LocalFiles.trouble(EEXIST))
    }

    private func write(_ text: String, to descriptor: Int32, _ path: String) -> FileFinding.Result {
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return giveUp(path) }
            rest.removeFirst(count)
        }
        guard fsync(descriptor) == 0 else { return giveUp(path) }
        return .file(LocalFile(path: path, size: Int64(text.utf8.count)))
    }

    private func giveUp(_ path: String) -> FileFinding.Result {
        let trouble = LocalFiles.trouble(errno)
        unlink(path)
        return .nothing(trouble)
    }

    /// `pasted 2026-11-23 05.12.txt`: what its receivers see.
    private func name(_ number: Int) -> String {
        var now = time(nil)
        var local = tm()
        localtime_r(&now, &local)
        let parts = [local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min].map { part in
            part < 10 ? "0\(part)" : String(part)
        }
        let copy = number > 1 ? " (\(number))" : ""
        return "pasted \(parts[0])-\(parts[1])-\(parts[2]) \(parts[3]).\(parts[4])\(copy).txt"
    }

    private func removeOld() {
        guard case .folder(let listing) = LocalFiles.list(folder, prefix: "pasted ") else { return }
        let oldest = Int64(time(nil) - Self.secondsKept) * 1000
        for entry in listing.entries where !entry.isFolder && entry.modified.milliseconds < oldest {
            unlink(folder + "/" + entry.name)
        }
    }
}
