import ChatTesting
import Foundation
import Synchronization
import Testing

/// People who write until they are told to stop, and what they know to be stored.
private final class Writers: Sendable {
    private struct Known {
        var texts: [String: Int] = [:]
        var files: [String: String] = [:]
        var isStopped = false
    }

    private let known = Mutex(Known())
    private let group = DispatchGroup()

    /// Each writes into the room; every second one sends a file now and then, too.
    func start(_ count: Int, tokens: [String], port: Int) {
        for writer in 0..<count {
            group.enter()
            Thread.detachNewThread { [self] in
                defer { group.leave() }
                do { try write(as: writer, token: tokens[writer], port: port) } catch { Issue.record(error) }
            }
        }
    }

    private func write(as writer: Int, token: String, port: Int) throws {
        let client = try WireClient(port: port)
        try client.ask("room_join session=\(token)&roomname=ramai")
        for number in 0... {
            if known.withLock({ $0.isStopped }) { return }
            let text = "s\(writer)-\(number)"
            if writer.isMultiple(of: 2), number % 20 == 0 {
                let content = Data(String(repeating: text, count: 2000).utf8).base64EncodedString()
                    .replacingOccurrences(of: "+", with: "%2B")
                let reply = try client.ask("room_send_file roomname=ramai&filename=\(text)&payload=\(content)")
                guard let id = reply.object("file").text("id") else { throw TestFailure("\(reply)") }
                known.withLock { $0.files[text] = id }
            } else {
                let reply = try client.ask("room_chat roomname=ramai&message=\(text)&nonce=\(text)")
                guard let seq = reply.seq else { throw TestFailure("\(reply)") }
                known.withLock { $0.texts[text] = seq }
            }
        }
    }

    var texts: [String: Int] { known.withLock { $0.texts } }
    var files: [String: String] { known.withLock { $0.files } }

    func wait(texts: Int, files: Int) async throws {
        try await eventually("\(texts) texts and \(files) files are stored", within: .seconds(60)) {
            self.texts.count >= texts && self.files.count >= files
        }
    }

    func stop() {
        known.withLock { $0.isStopped = true }
        group.wait()
    }
}

@Suite("A backup", .serialized)
struct BackupTests {
    private static let writers = 8

    @Test("under load holds everything that was acknowledged before it began, and nothing half")
    func underLoad() async throws {
        try await withFolder { folder in
            let server = try ServerProcess(dataDirectory: folder + "/data")
            let client = try WireClient(port: server.port)
            let tokens = try (0..<Self.writers).map { try client.join(as: "s\($0)") }
            let epoch = try client.ask("hello").text("epoch")
            let writers = Writers()
            writers.start(Self.writers, tokens: tokens, port: server.port)
            try await writers.wait(texts: 1000, files: 20)

            let (texts, files) = (writers.texts, writers.files)
            let ending = try await obrold("backup", folder + "/copy.tar", "--data-dir", folder + "/data")
            let afterwards = writers.texts.count
            let amid = try await obrold("check", "--data-dir", folder + "/data", "--deep")
            #expect(amid.status == 0 && amid.lines.count == 1, "\(amid)")
            writers.stop()
            #expect(ending.status == 0 && ending.output.contains("verified"), "\(ending)")
            #expect(afterwards > texts.count, "the server went on meanwhile")
            #expect(try names(in: folder) == ["copy.tar", "data"])

            let restored = try await obrold("restore", folder + "/copy.tar", "--data-dir", folder + "/restored")
            #expect(restored.status == 0, "\(restored)")
            #expect(try await obrold("check", "--data-dir", folder + "/restored", "--deep").status == 0)
            #expect(try await obrold("check", "--data-dir", folder + "/data", "--deep").status == 0)
            #expect(server.terminate() == 0)

            let second = try ServerProcess(dataDirectory: folder + "/restored")
            let reader = try WireClient(port: second.port)
            #expect(try reader.ask("hello").text("epoch") != epoch)
            let log = try reader.history(of: "#ramai", session: tokens[0])
            #expect(log.compactMap(\.seq) == Array(1...log.count))
            let stored = Dictionary(
                uniqueKeysWithValues: log.compactMap { entry in entry.text("msg").map { ($0, entry.seq) } }
                    .filter { !$0.0.isEmpty })
            for (text, seq) in texts where stored[text] != seq { Issue.record("\(text) was acknowledged and is not there") }
            let shared = log.compactMap { $0["file"] as? [String: Any] }
            #expect(Set(files.values).isSubset(of: Set(shared.compactMap { $0.text("id") })))
            for file in shared {
                let size = try #require(file["size"] as? Int)
                let part = try reader.ask("file_read file=\(try #require(file.text("id")))&offset=0&length=262144")
                let bytes = try reader.receive(raw: try #require(part["attached"] as? Int))
                let name = try #require(file.text("name"))
                #expect(bytes.count == size && bytes.starts(with: Array(name.utf8)))
            }
            let retry = try #require(texts.first)
            let again = try reader.ask(
                "room_chat roomname=ramai&message=\(retry.key)&nonce=\(retry.key)&session=\(tokens[writer(of: retry.key)])")
            #expect(again["duplicate"] as? Bool == true && again.seq == retry.value, "a retry is known after all this")
            #expect(second.terminate() == 0)
        }
    }

    private func writer(of text: String) -> Int { Int(text.dropFirst().prefix { $0 != "-" }) ?? 0 }

    /// A stopped server's folder with two messages and a file, and its backup.
    private func withBackup(_ body: (_ folder: String, _ archive: String) async throws -> Void) async throws {
        try await withFolder { folder in
            let server = try ServerProcess(dataDirectory: folder + "/data")
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            for text in ["satu", "dua"] { #expect(try client.ask("send destination=alam&message=\(text)").status == "OK") }
            #expect(try client.ask("file_send username=alam&filename=a.txt&payload=aGFsbw==").status == "OK")
            #expect(server.terminate() == 0)
            let ending = try await obrold("backup", folder + "/copy.tar", "--data-dir", folder + "/data")
            #expect(ending.status == 0, "\(ending)")
            try await body(folder, folder + "/copy.tar")
        }
    }

    @Test("can be looked into with tar, and restored after tar has packed it anew")
    func tar() async throws {
        try await withBackup { folder, archive in
            func run(_ arguments: String...) async throws -> PipedProcess.Ending {
                try await PipedProcess("/bin/tar", arguments: arguments, environment: [:]).end()
            }
            let list = try await run("-tf", archive)
            let content = try #require(try names(in: folder + "/data/files").first)
            #expect(list.lines == ["obrol.sqlite", "files/" + content, "obrol-backup.txt"] && list.errors.isEmpty)
            #expect(try await run("-xOf", archive, "files/" + content).output == "halo")
            try FileManager.default.createDirectory(atPath: folder + "/open", withIntermediateDirectories: false)
            #expect(try await run("-xf", archive, "-C", folder + "/open").status == 0)
            for format in ["gnu", "pax"] {
                let packed = "\(folder)/\(format).tar"
                #expect(try await run("-cf", packed, "--format", format, "-C", folder + "/open", ".").status == 0)
                let restored = try await obrold("restore", packed, "--data-dir", "\(folder)/\(format)")
                #expect(restored.status == 0, "\(restored)")
                #expect(try await obrold("check", "--deep", "--data-dir", "\(folder)/\(format)").status == 0)
            }
        }
    }

    @Test("is for its owner alone, as everything is that the server keeps, though its folders are open to everybody")
    func ownerOnly() async throws {
        try await withFolder { folder in
            let data = folder + "/made/data"
            try FileManager.default.createDirectory(
                atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            func start() throws -> ServerProcess {
                // As most programs are started: what they make, everybody may read.
                try ServerProcess(dataDirectory: data, through: ["/bin/sh", "-c", "umask 022; exec \"$@\"", "sh"])
            }
            let database = ["", "-wal", "-shm"].map { data + "/obrol.sqlite" + $0 }
            let server = try start()
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            #expect(try client.ask("file_send username=alam&filename=a.txt&payload=aGFsbw==").status == "OK")
            #expect(try openToOthers(in: data) == [])
            server.kill()

            // As an earlier version, or a careless hand, has left them.
            for path in database { #expect(chmod(path, 0o644) == 0, "\(path)") }
            let again = try start()
            #expect(try WireClient(port: again.port).logIn(as: "alam") != "")
            #expect(try openToOthers(in: data) == [])
            let copy = folder + "/made/copy.tar"
            #expect(try await obrold("backup", copy, "--data-dir", data).status == 0)
            #expect(try await obrold("restore", copy, "--data-dir", folder + "/made/new/data").status == 0)
            #expect(try openToOthers(in: folder + "/made") == ["data"], "a folder stays as its owner made it")
        }
    }

    /// Whatever below a folder others than its owner may do anything with.
    private func openToOthers(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
            return try #require(mode) & 0o077 != 0
        }
    }

    @Test("never overwrites, unless it is told to, and says what is in the way")
    func overwriting() async throws {
        try await withBackup { folder, archive in
            let before = try Data(contentsOf: URL(fileURLWithPath: archive))
            let data = folder + "/data"
            let refused = try await obrold("backup", archive, "--data-dir", data)
            #expect(refused.status == 1 && refused.errors.contains("--force"), "\(refused)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: archive)) == before)
            #expect(try await obrold("backup", archive, "--data-dir", data, "--force").status == 0)
            #expect(try await obrold("backup", folder, "--data-dir", data, "--force").status == 1)
            let nowhere = try await obrold("backup", folder + "/no/copy.tar", "--data-dir", data)
            #expect(nowhere.status == 1 && nowhere.errors.contains("There is no folder \(folder)/no"), "\(nowhere)")
            let nothing = try await obrold("backup", folder + "/new.tar", "--data-dir", folder + "/nothing")
            #expect(nothing.status == 1 && nothing.errors.contains("There is no data"), "\(nothing)")
            #expect(try await obrold("backup").status == 64)
            #expect(try names(in: folder) == ["copy.tar", "data"], "nothing is left behind")
        }
    }

    @Test("says so when the database or the files find no room, and leaves nothing there", arguments: [100, 600])
    func noRoom(blocks: Int) async throws {
        try await withBackup { folder, _ in
            let server = try ServerProcess(dataDirectory: folder + "/data")
            let client = try WireClient(port: server.port)
            try client.logIn(as: "alam")
            let large = Data(count: 600_000).base64EncodedString()
            #expect(try client.ask("file_send username=alam&filename=b.bin&payload=\(large)").status == "OK")
            #expect(server.terminate() == 0)
            // A limit on the size of files, in blocks of 512 bytes, stands for the end of the disk.
            let shell = try PipedProcess(
                "/bin/sh",
                arguments: [
                    "-c", "ulimit -f \(blocks); exec \"$0\" backup \"$1/full.tar\" --data-dir \"$1/data\"",
                    try BuiltProgram.path("obrold"), folder,
                ], environment: ["SWIFT_BACKTRACE": "enable=no"])
            let ending = try await shell.end()
            #expect(ending.status == 1 && ending.errors.contains("no room"), "\(ending)")
            #expect(try names(in: folder) == ["copy.tar", "data"])
        }
    }

    @Test("is refused while a content is damaged, and names it when it is to be made all the same")
    func damagedContent() async throws {
        try await withBackup { folder, _ in
            // What it prints is to be run whatever the folder is called.
            let data = folder + "/Firman's data"
            try FileManager.default.moveItem(atPath: folder + "/data", toPath: data)
            let content = try #require(try names(in: data + "/files").first)
            try Data("hallo".utf8).write(to: URL(fileURLWithPath: "\(data)/files/\(content)"))
            let refused = try await obrold("backup", folder + "/new.tar", "--data-dir", data)
            #expect(refused.status == 1 && refused.errors.contains(content), "\(refused)")
            let made = try await obrold("backup", folder + "/new.tar", "--data-dir", data, "--incomplete")
            #expect(made.status == 0 && made.errors.contains(content), "\(made)")
            let restored = try await obrold("restore", folder + "/new.tar", "--data-dir", folder + "/restored")
            #expect(restored.status == 0 && restored.errors.contains(content), "\(restored)")
            #expect(try await obrold("check", "--data-dir", folder + "/restored").status == 1)

            // What it says to do, done by hand.
            let found = try await obrold("check", "--data-dir", data)
            let advice = try #require(found.lines[0].firstMatch(of: /tar xf BACKUP .*(?= - or restore)/)).output
                .replacing("BACKUP", with: "copy.tar").replacing("NAME", with: content)
            let shell = try PipedProcess(
                "/bin/sh", arguments: ["-c", "cd \(folder) && \(advice)"], environment: ["PATH": "/usr/bin:/bin"])
            let repaired = try await shell.end()
            #expect(repaired.status == 0, "\(advice): \(repaired)")
            #expect(try await obrold("check", "--deep", "--data-dir", data).status == 0)
        }
    }

    @Test("leaves a link alone, also with --force, and says that it is one")
    func linkAsTarget() async throws {
        try await withFolder { folder in
            let server = try await TestServer.start(dataDirectory: folder + "/data")
            try await server.stop()
            try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/other"))
            for aim in [folder + "/other", folder + "/nowhere"] {
                let link = folder + "/latest.tar"
                try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: aim)
                for arguments in [["--force"], []] {
                    let program = try PipedProcess(
                        try BuiltProgram.path("obrold"), arguments: ["backup", link, "--data-dir", folder + "/data"] + arguments,
                        environment: ["PATH": "/usr/bin:/bin"])
                    let refused = try await program.end(timeout: .seconds(60))
                    #expect(refused.status == 1 && refused.errors.contains("is a link"), "\(refused)")
                    #expect(!refused.errors.contains("--force"), "it would not help: \(refused)")
                }
                #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == aim)
                try FileManager.default.removeItem(atPath: link)
            }
            #expect(try String(contentsOfFile: folder + "/other", encoding: .utf8) == "mine")
            #expect(try names(in: folder) == ["data", "other"])
        }
    }
}
