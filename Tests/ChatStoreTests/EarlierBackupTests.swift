import ChatProtocol
import ChatStore
import ChatTesting
import Foundation
import GRDB
import Testing

@Suite("A backup of an earlier version's data")
struct EarlierBackupTests {
    @Test("is made, restored, and taken over by the server that starts on it")
    func earlier() throws {
        let folder = try TemporaryFolder.make("obrol-earlier")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (data, archive, restored) = (folder + "/data", folder + "/copy.tar", folder + "/restored")
        try FileManager.default.createDirectory(atPath: data + "/files", withIntermediateDirectories: true)
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("version1.sql")
        var unchecked = Configuration()
        unchecked.foreignKeysEnabled = false
        let old = try DatabaseQueue(path: data + "/obrol.sqlite", configuration: unchecked)
        let sql = try String(contentsOf: dump, encoding: .utf8)
        try old.write { db in try db.execute(sql: sql) }
        let epoch = try old.read { db in try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") }
        try old.close()

        // The file that the dump announces was not kept with it.
        var options = Backup.Options()
        #expect(throws: AdministrationError.self) { try Backup(of: data, to: archive, options: options, now: Date()).run() }
        options.toleratesDamage = true
        let backup = try Backup(of: data, to: archive, options: options, now: Date()).run()
        let summary = try Restore(archive, to: restored, movesAside: false, now: Date()).run()
        #expect(summary.messages == backup.messages && backup.messages > 200 && summary.damaged.count == 1)
        #expect(throws: AdministrationError.self) { try Check(restored, isDeep: true, now: Date()).run { _ in } }

        let store = try SQLiteStore(directory: restored, now: { Timestamp(milliseconds: 1_795_410_200_000) })
        #expect(store.epoch != epoch)
        try store.close()
        var findings: [Finding] = []
        let checked = try Check(restored, isDeep: true, now: Date()).run { findings.append($0) }
        #expect(checked.messages == backup.messages)
        #expect(findings.count == 1 && findings[0].text.contains("is missing"), "\(findings)")
    }
}
