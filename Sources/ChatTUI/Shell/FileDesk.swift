import Foundation
import Synchronization

/// Answers what the state asks about files, away from the UI thread: a disk may be slow, and one that is reached through a
/// network may never answer.
///
/// Each look has a thread for as long as it takes, so that one that hangs holds nobody else up; there are never many.
final class FileDesk: Sendable {
    private struct Content {
        var findings: [FileFinding] = []
        var lookCount = 0
    }

    static let mostLooks = 8

    private let content = Mutex(Content())
    private let pastes: PastedFiles
    private let wake: @Sendable () -> Void

    /// - Parameters:
    ///   - pastes: where pasted texts become files.
    ///   - wake: called on any thread when there is something to take.
    init(pastes: PastedFiles, wake: @escaping @Sendable () -> Void) {
        self.pastes = pastes
        self.wake = wake
    }

    /// Never waits.
    func ask(_ inquiry: FileInquiry) {
        let mayLook = content.withLock { content in
            guard content.lookCount < Self.mostLooks else { return false }
            content.lookCount += 1
            return true
        }
        guard mayLook else { return answer(FileFinding(id: inquiry.id, .nothing(.noAnswer)), endsLook: false) }
        Thread.detachNewThread { [self] in
            answer(FileFinding(id: inquiry.id, result(of: inquiry.subject)), endsLook: true)
        }
    }

    private func result(of subject: FileInquiry.Subject) -> FileFinding.Result {
        switch subject {
        case .file(let paths): LocalFiles.look(at: paths)
        case .folder(let path, let prefix): LocalFiles.list(path, prefix: prefix)
        case .keep(let text): pastes.keep(text)
        }
    }

    /// Everything that was found, in the order in which it was.
    func takeFindings() -> [FileFinding] {
        content.withLock { content in
            defer { content.findings = [] }
            return content.findings
        }
    }

    private func answer(_ finding: FileFinding, endsLook: Bool) {
        content.withLock { content in
            content.findings.append(finding)
            if endsLook { content.lookCount -= 1 }
        }
        wake()
    }
}
