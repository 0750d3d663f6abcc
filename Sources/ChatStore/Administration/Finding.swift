import Glibc

/// Something that a check found.
package struct Finding: Sendable {
    package enum Severity: String, Sendable {
        case damage
        /// Nothing is lost or in danger.
        case note
    }

    package let severity: Severity
    /// What is so, and what to do about it.
    package let text: String

    /// What findings are about: each has its own advice.
    package enum Topic: CaseIterable, Sendable {
        case database, log, references, milestones, heads, nonces, people, files, contents
        case leftovers

        /// Given to `sqlite3` while the server is stopped, it makes this anew from the entries; nil for what only a backup has.
        package var repair: String? {
            switch self {
            case .milestones:
                "DELETE FROM milestone; INSERT INTO milestone SELECT conversation, seq, id FROM entry WHERE seq % 64 = 0;"
            case .heads: "DELETE FROM head; DELETE FROM meta WHERE key = 'heads';"
            case .nonces: "DELETE FROM nonce_run; DELETE FROM nonce_segment;"
            case .database, .log, .references, .people, .files, .contents, .leftovers: nil
            }
        }

        func advice(_ folder: DataFolder) -> String {
            if let repair {
                return
                    "It can be made anew: stop the server, copy the folder, run: sqlite3 \(ShellWord(folder.database)) \"\(repair)\""
            }
            return switch self {
            case .database: "The disk may be failing: stop the server, keep a copy of the folder, restore the last good backup."
            case .contents:
                "Take it out of a backup: tar xf BACKUP -C \(ShellWord(folder.path)) files/NAME\(ownership(folder)) - or restore the backup."
            case .leftovers: ""
            default: "Restore the last good backup; obrold restore keeps what is here."
            }
        }

        /// What is taken out by somebody else is to be the server's.
        private func ownership(_ folder: DataFolder) -> String {
            var status = stat()
            guard stat(folder.path, &status) == 0, status.st_uid != geteuid() else { return "" }
            return " && chown --reference=\(ShellWord(folder.path)) \(ShellWord(folder.files))/NAME"
        }
    }
}

/// Hands findings on, not more than a few of a kind.
final class Findings {
    private let folder: DataFolder
    private let report: (Finding) -> Void
    private var counts: [Finding.Topic: Int] = [:]
    private(set) var damage = 0

    private static let shown = 20

    init(_ folder: DataFolder, _ report: @escaping (Finding) -> Void) {
        self.folder = folder
        self.report = report
    }

    func damage(_ topic: Finding.Topic, _ text: String) {
        damage += 1
        counts[topic, default: 0] += 1
        guard counts[topic, default: 0] <= Self.shown else { return }
        report(Finding(severity: .damage, text: "\(text). \(topic.advice(folder))"))
    }

    func note(_ text: String) { report(Finding(severity: .note, text: text)) }

    /// Says of how much more nothing was said.
    func finish() {
        for topic in Finding.Topic.allCases {
            let more = counts[topic, default: 0] - Self.shown
            if more > 0 { report(Finding(severity: .damage, text: "\(more) more of the kind: \(topic).")) }
        }
    }
}
