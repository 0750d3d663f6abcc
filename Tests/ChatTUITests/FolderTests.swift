import ChatClient
import ChatProtocol
import ChatTerminal
import ChatTesting
import Foundation
import Glibc
import Testing

@testable import ChatTUI

private func folder(_ name: String) -> FolderListing.Entry { FolderListing.Entry(name: name, isFolder: true) }
private func plain(_ name: String, _ size: Int64 = 88_000) -> FolderListing.Entry {
    FolderListing.Entry(
        name: name, isFolder: false, size: size, modified: Timestamp(milliseconds: 1_779_354_720_000))
}

private func stage(columns: Int = 80, rows: Int = 24) -> Stage {
    var stage = Stage(columns: columns, rows: rows)
    stage.hear(.conversations([row("#progjar", last: 1, read: 1)]))
    stage.open("#progjar")
    return stage
}

@Suite("Completing paths")
struct PathCompletionTests {
    private func complete(_ text: String, _ entries: [FolderListing.Entry], isCut: Bool = false) -> Stage {
        var stage = stage()
        stage.type("/upload " + text)
        stage.press(Key(.tab))
        guard case .folder(let path, let prefix) = stage.looks.last?.subject else { return stage }
        let fitting = entries.filter { $0.name.lowercased().hasPrefix(prefix.lowercased()) }
        stage.find(.folder(FolderListing(path: path, entries: fitting, isCut: isCut)))
        return stage
    }

    @Test(
        "the folder is the typed one, home or the one where one is",
        arguments: [
            ("lap", "/home/alam/kerja", "lap"), ("~/lap", "/home/alam", "lap"), ("/etc/ho", "/etc/", "ho"),
            ("./a b", "/home/alam/kerja/./", "a b"), ("~", "/home/alam", ""), ("..", "/home/alam/kerja/../", ""),
            ("", "/home/alam/kerja", ""),
            ("\"~/a", "/home/alam", "a"),
        ])
    func folders(typed: String, path: String, prefix: String) {
        var stage = stage()
        stage.type("/upload " + typed)
        stage.press(Key(.tab))
        #expect(stage.looks.map(\.subject) == [.folder(path, prefix: prefix)])
        #expect(stage.state.focus == .compose)
    }

    @Test(
        "one name completes: a folder with its slash, a file to be sent",
        arguments: [
            ("lap", "/upload laporan.pdf"), ("Tug", "/upload Tugas akhir/"), ("tug", "/upload Tugas akhir/"),
            ("~/lap", "/upload ~/laporan.pdf"), (".pro", "/upload .profile"), ("ber", "/upload \"berblank \""),
            ("'Tug", "/upload 'Tugas akhir/"), ("'lap", "/upload 'laporan.pdf'"), ("./'k", "/upload ./'kutip.txt"),
        ])
    func one(typed: String, completed: String) {
        let entries = [folder("Tugas akhir"), plain("laporan.pdf"), plain(".profile"), plain("berblank "), plain("'kutip.txt")]
        let stage = complete(typed, entries)
        #expect(stage.state.composeEditor.text == completed)
        #expect(stage.state.suggestions == nil)
    }

    @Test("a name that begins with a quote is not taken for a quoted one")
    func quoteInName() {
        let entries = [plain("a"), plain("\"b\"")]
        var stage = stage()
        stage.type("/upload ")
        stage.press(Key(.tab))
        stage.find(.folder(FolderListing(path: "/home/alam/kerja", entries: [entries[1]])))
        #expect(stage.state.composeEditor.text == "/upload ./\"b\"")
    }

    @Test("several names complete to what they share and are listed until the next key; Esc only closes the list")
    func several() {
        var stage = complete("b", [folder("bab"), plain("bab1.txt"), plain("bab2.txt"), plain("x")])
        #expect(stage.state.composeEditor.text == "/upload bab")
        #expect(stage.shows("bab/"))
        #expect(stage.shows("bab2.txt"))
        stage.press(Key(.escape))
        #expect(!stage.shows("bab2.txt"))
        #expect(stage.state.conversation != nil)
        #expect(stage.state.composeEditor.text == "/upload bab")
    }

    @Test("hidden names are for who types a dot, the very letters come before others")
    func hidden() {
        let stage = complete("", [plain(".rahasia"), plain("satu")])
        #expect(stage.state.composeEditor.text == "/upload satu")
        #expect(complete("a", [plain("A1"), plain("a2")]).state.composeEditor.text == "/upload a2")
    }

    @Test("more names than fit are counted, and of a list that was cut no name is taken for the only one")
    func many() {
        var stage = complete("f", (10..<40).map { plain("f\($0)") })
        #expect(stage.shows("… 23 more"))
        stage = complete("f", [plain("f1")], isCut: true)
        #expect(stage.state.suggestions != nil)
        #expect(stage.shows("… 0+ more"))
    }

    @Test("who types on does not wait: a late answer changes nothing")
    func late() {
        var stage = stage()
        stage.type("/upload l")
        stage.press(Key(.tab))
        stage.type("x")
        stage.find(.folder(FolderListing(path: "/", entries: [plain("laporan.pdf")])))
        #expect(stage.state.composeEditor.text == "/upload lx")
    }

    @Test("what stands behind the caret stays")
    func middle() {
        var stage = stage()
        stage.type("/upload la.bak")
        for _ in 0..<4 { stage.press(Key(.left)) }
        stage.press(Key(.tab))
        stage.find(.folder(FolderListing(path: "/home/alam/kerja", entries: [plain("laporan")])))
        #expect(stage.state.composeEditor.text == "/upload laporan.bak")
    }

    @Test("a folder that cannot be read says so")
    func unreadable() {
        var stage = stage()
        stage.type("/upload /root/")
        stage.press(Key(.tab))
        stage.find(.nothing(.notAllowed))
        #expect(stage.shows("you may not read it"))
    }
}

@Suite("The folder list")
struct FolderListTests {
    private let kerja = FolderListing(
        path: "/home/alam/kerja",
        entries: [folder("bab"), folder(".git"), plain("laporan.pdf"), plain("logo.svg"), plain(".env")])

    private func opened(columns: Int = 80, rows: Int = 24) -> Stage {
        var stage = stage(columns: columns, rows: rows)
        stage.press(.control("o"))
        stage.find(.folder(kerja))
        return stage
    }

    @Test("^O lists the folder: folders, then files with size and time; hidden ones for who types a dot")
    func list() {
        var stage = opened()
        #expect(stage.shows("─ ~/kerja ─"))
        #expect(stage.shows("bab/"))
        #expect(stage.lines.contains { $0.contains("laporan.pdf") && $0.contains("88 kB") && $0.contains("09:12") })
        #expect(!stage.shows(".env"))
        stage.type(".")
        #expect(stage.shows(".env"))
        #expect(!stage.shows("logo.svg"))
    }

    @Test("typing filters, Enter asks about a file, and the list is left when it goes up")
    func send() {
        var stage = opened()
        stage.type("lap")
        #expect(!stage.shows("logo.svg"))
        stage.press(Key(.enter))
        #expect(stage.looks.last?.subject == .file(["/home/alam/kerja/laporan.pdf"]))
        stage.find("/home/alam/kerja/laporan.pdf")
        #expect(stage.shows("Send laporan.pdf (3.1 MB) to #progjar?"))
        stage.press(Key(.escape))
        #expect(stage.shows("─ ~/kerja ─"), "back to the list")
        stage.press(Key(.enter))
        stage.find("/home/alam/kerja/laporan.pdf")
        stage.press(Key(.enter))
        #expect(stage.intents.first == "upload /home/alam/kerja/laporan.pdf #progjar")
        #expect(stage.state.overlays.isEmpty)
    }

    @Test("Enter goes into a folder, Backspace on nothing goes up to where one came from")
    func upAndDown() {
        var stage = opened()
        stage.press(Key(.enter))
        #expect(stage.looks.last?.subject == .folder("/home/alam/kerja/bab", prefix: ""))
        stage.type("x")
        stage.find(.folder(FolderListing(path: "/home/alam/kerja/bab", entries: [plain("x1"), plain("y1")])))
        #expect(stage.shows("x1"), "typed before the answer came")
        #expect(!stage.shows("y1"))
        stage.press(Key(.backspace))
        #expect(stage.shows("y1"))
        stage.press(Key(.backspace))
        #expect(stage.looks.last?.subject == .folder("/home/alam/kerja", prefix: ""))
        stage.find(.folder(kerja))
        guard case .folders(let list) = stage.state.overlays.last else { return #expect(Bool(false)) }
        #expect(list.chosen?.name == "bab")
    }

    @Test("only the folder that was entered last is shown, however late an answer comes")
    func lateAnswers() {
        var stage = stage()
        stage.press(.control("o"))
        let first = stage.looks.last
        stage.press(Key(.backspace))
        stage.happen(.found(FileFinding(id: first?.id ?? 0, .folder(kerja))))
        #expect(!stage.shows("laporan.pdf"))
        stage.find(.folder(FolderListing(path: "/home/alam", entries: [folder("kerja")])))
        #expect(stage.shows("kerja/"))
    }

    @Test("it opens where it was last, and where a file was sent from")
    func remembers() {
        var stage = opened()
        stage.press(Key(.enter))
        stage.find(.folder(FolderListing(path: "/home/alam/kerja/bab", entries: [])))
        #expect(stage.shows("Nothing in this folder"))
        stage.press(Key(.escape), .control("o"))
        #expect(stage.looks.last?.subject == .folder("/home/alam/kerja/bab", prefix: ""))
        stage.press(Key(.escape))
        stage.paste("/tmp/a.txt")
        stage.find("/tmp/a.txt")
        stage.press(Key(.enter), .control("o"))
        #expect(stage.looks.last?.subject == .folder("/tmp", prefix: ""))
    }

    @Test("a folder that cannot be read says so, and one can go on from there")
    func unreadable() {
        var stage = stage()
        stage.press(.control("o"))
        stage.find(.nothing(.notAllowed))
        #expect(stage.shows("you may not read it"))
        stage.press(Key(.enter), Key(.down), Key(.pageUp))
        stage.press(Key(.backspace))
        #expect(stage.looks.last?.subject == .folder("/home/alam", prefix: ""))
    }

    @Test("typed paths lead somewhere: the root, home, a folder by its name")
    func typedPaths() {
        var stage = opened()
        stage.type("bab/")
        #expect(stage.looks.last?.subject == .folder("/home/alam/kerja/bab", prefix: ""))
        stage.type("~/")
        #expect(stage.looks.last?.subject == .folder("/home/alam", prefix: ""))
        stage.type("/")
        #expect(stage.looks.last?.subject == .folder("/", prefix: ""))
        let count = stage.looks.count
        stage.press(Key(.backspace))
        #expect(stage.looks.count == count, "there is nothing above the root")
    }

    @Test("a folder behind /upload is listed, and one that is dropped on the list is gone to")
    func droppedFolder() {
        var stage = stage()
        stage.submit("/upload /tmp")
        stage.find(.nothing(.isFolder(path: "/tmp")))
        #expect(stage.looks.last?.subject == .folder("/tmp", prefix: ""))
        stage.find(.folder(FolderListing(path: "/tmp", entries: [])))
        stage.paste("'/home/alam/Foto saya'")
        stage.find(.nothing(.isFolder(path: "/home/alam/Foto saya")))
        #expect(stage.looks.last?.subject == .folder("/home/alam/Foto saya", prefix: ""))
    }

    @Test("/upload alone, and Upload in Go to, open the list")
    func otherWays() {
        var stage = stage()
        stage.submit("/upload")
        guard case .folders = stage.state.overlays.last else { return #expect(Bool(false), "\(stage.picture)") }
        stage.press(Key(.escape), .control("g"))
        stage.submit("/upload")
        guard case .folders = stage.state.overlays.last else { return #expect(Bool(false), "\(stage.picture)") }
    }
}

@Suite("Looking at files")
struct LocalFilesTests {
    private let root: String

    init() throws {
        root = try TemporaryFolder.make("obrol-files")
    }

    private func find(_ subject: FileInquiry.Subject) -> FileFinding.Result {
        switch subject {
        case .file(let paths): LocalFiles.look(at: paths)
        case .folder(let path, let prefix): LocalFiles.list(path, prefix: prefix)
        case .keep(let text): PastedFiles(folder: root + "/tempel").keep(text)
        }
    }

    @Test("the first path that is a file is found; folders, pipes and nothing are told apart, and nothing is waited for")
    func looking() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let path = root + "/a b.txt"
        try "12345".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(mkfifo(root + "/pipa", 0o600) == 0)
        #expect(find(.file([root + "/'a b.txt'", path])) == .file(LocalFile(path: path, size: 5)))
        #expect(find(.file([root])) == .nothing(.isFolder(path: root)))
        #expect(find(.file([root + "/pipa"])) == .nothing(.isNoFile))
        #expect(find(.file(["/dev/zero"])) == .nothing(.isNoFile))
        #expect(find(.file([root + "/tidak ada", path + "/x"])) == .nothing(.notFound))
        #expect(find(.file(["/" + String(repeating: "x", count: 300)])) == .nothing(.notFound))
    }

    @Test("a folder lists folders first, by name without regard to case, hostile names as they are, others not at all")
    func listing() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let names = ["b.txt", "A.txt", ".env", "baris\nbaru", "\u{1B}[31m", String(repeating: "x", count: 255)]
        for name in names { try "1".write(toFile: root + "/" + name, atomically: false, encoding: .utf8) }
        try FileManager.default.createDirectory(atPath: root + "/z", withIntermediateDirectories: false)
        #expect(mkfifo(root + "/pipa", 0o600) == 0)
        #expect(symlink("/", root + "/akar") == 0)
        #expect(symlink("/tidak ada", root + "/putus") == 0)
        let odd = open(root + "/\u{FF}".replacingOccurrences(of: "\u{FF}", with: "o"), O_CREAT | O_WRONLY, 0o600)
        close(odd)
        var bytes = Array((root + "/").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
        close(open(&bytes, O_CREAT | O_WRONLY, 0o600))
        guard case .folder(let listing) = find(.folder(root, prefix: "")) else { return #expect(Bool(false)) }
        #expect(
            listing.entries.map(\.name).filter { !$0.hasPrefix("x") } == [
                "akar", "z", "\u{1B}[31m", ".env", "A.txt", "b.txt", "baris\nbaru", "o",
            ])
        #expect(listing.entries.contains { $0.name.utf8.count == 255 })
        #expect(listing.entries.first { $0.name == "b.txt" }?.size == 1)
        guard case .folder(let some) = find(.folder(root, prefix: "BA")) else { return #expect(Bool(false)) }
        #expect(some.entries.map(\.name) == ["baris\nbaru"])
        #expect(find(.folder(root + "/pipa", prefix: "")) == .nothing(.notFound))
    }

    @Test("a listing is bounded, and says that it was cut")
    func bounded() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        for number in 0...LocalFiles.longestListing { close(open(root + "/\(number)", O_CREAT | O_WRONLY, 0o600)) }
        guard case .folder(let listing) = find(.folder(root, prefix: "")) else { return #expect(Bool(false)) }
        #expect(listing.entries.count == LocalFiles.longestListing)
        #expect(listing.isCut)
    }

    @Test("a pasted text becomes a file of its own, for its owner alone, and goes after a week")
    func pastes() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        var paths: [String] = []
        for text in ["satu\ndua", String(repeating: "é", count: 100_000)] {
            guard case .file(let file) = find(.keep(text)) else { return #expect(Bool(false)) }
            #expect(file.size == Int64(text.utf8.count))
            #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            paths.append(file.path)
        }
        #expect(Set(paths).count == 2)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -8 * 24 * 60 * 60)], ofItemAtPath: paths[0])
        guard case .file(let third) = find(.keep("tiga")) else { return #expect(Bool(false)) }
        // Its name is free again.
        #expect(third.path == paths[0] || !FileManager.default.fileExists(atPath: paths[0]))
        #expect(try String(contentsOfFile: third.path, encoding: .utf8) == "tiga")
        #expect(FileManager.default.fileExists(atPath: paths[1]))
        try "".write(toFile: root + "/bukan folder", atomically: true, encoding: .utf8)
        guard case .nothing = PastedFiles(folder: root + "/bukan folder").keep("x") else { return #expect(Bool(false)) }
    }

    @Test("the desk answers from another thread, and says so when too many looks are unanswered")
    func desk() async throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let (wakes, continuation) = AsyncStream<Void>.makeStream()
        let desk = FileDesk(pastes: PastedFiles(folder: root)) { continuation.yield() }
        desk.ask(FileInquiry(id: 7, .file([root])))
        for await _ in wakes { break }
        #expect(desk.takeFindings() == [FileFinding(id: 7, .nothing(.isFolder(path: root)))])
        #expect(desk.takeFindings().isEmpty)
    }
}
