import Testing

@testable import ChatTUI

@Suite("Paths as they are pasted and typed")
struct PathTextTests {
    private let paths = PathText(home: "/home/alam", workingDirectory: "/kerja")

    @Test(
        "a path is found however a terminal drops it",
        arguments: [
            ("/tmp/laporan.pdf", "/tmp/laporan.pdf"), ("/tmp/laporan.pdf\n", "/tmp/laporan.pdf"),
            ("file:///tmp/bab%203%20%E2%9C%93.pdf", "/tmp/bab 3 ✓.pdf"), ("FILE://localhost/tmp/a%25b", "/tmp/a%b"),
            ("'/tmp/bab 3.pdf' ", "/tmp/bab 3.pdf"), ("\"/tmp/bab \\\"3\\\".pdf\"", "/tmp/bab \"3\".pdf"),
            ("/tmp/bab\\ 3\\ \\(akhir\\).pdf", "/tmp/bab 3 (akhir).pdf"), ("'/tmp/it'\\''s.txt'", "/tmp/it's.txt"),
            ("~/bab 3.pdf", "/home/alam/bab 3.pdf"), ("./a", "/kerja/./a"), ("../a", "/kerja/../a"),
            ("'~/a b'", "/home/alam/a b"),
        ])
    func pasted(text: String, path: String) {
        #expect(paths.candidates(ofPaste: text).last == path)
    }

    @Test("the most literal reading comes first, since a name may hold quotes and backslashes itself")
    func literalFirst() {
        #expect(paths.candidates(ofPaste: "/tmp/a\\ b") == ["/tmp/a\\ b", "/tmp/a b"])
        #expect(paths.candidates(ofPaste: "/tmp/a ") == ["/tmp/a ", "/tmp/a"])
        #expect(paths.candidates(ofArgument: "'a b'") == ["/kerja/'a b'", "/kerja/a b"])
        #expect(paths.candidates(ofArgument: "file:///tmp/a%20b") == ["/tmp/a b"])
    }

    @Test(
        "other texts are no paths",
        arguments: [
            "", "   ", "halo", "Makefile", "/tmp/a\n/tmp/b", "/tmp/a\r/tmp/b", "file://other-host/tmp/a", "file:///a%00b",
            "file:///a%f", "file:///%ff", "/tmp/\u{0}a", "/" + String(repeating: "a", count: 4096),
        ])
    func noPaths(text: String) {
        let found = paths.candidates(ofPaste: text)
        #expect(found.isEmpty || text.hasPrefix("file:") && !found.contains { $0.hasPrefix("/tmp/a") && $0.count == 6 })
        if !text.hasPrefix("file:") { #expect(found.isEmpty) }
    }

    @Test("several words to a shell are one path only if they stand there as they are")
    func severalWords() {
        #expect(paths.candidates(ofPaste: "'/tmp/a' '/tmp/b'") == ["/kerja/'/tmp/a' '/tmp/b'"])
        #expect(PathText.shellWord("'/tmp/a") == nil)
        #expect(PathText.shellWord("a\\") == nil)
        #expect(PathText.shellWord("\"a\\b\"") == "a\\b")
    }

    @Test(
        "a path has a name and a folder",
        arguments: [
            ("/tmp/a.txt", "/tmp", "a.txt"), ("/tmp/b/", "/tmp", "b"), ("/a", "/", "a"), ("/", "/", ""),
            ("/tmp/\u{301}aneh", "/tmp", "\u{301}aneh"),
        ])
    func parts(path: String, folder: String, name: String) {
        #expect(PathText.parent(of: path) == folder)
        #expect(PathText.name(of: path).utf8.elementsEqual(name.utf8))
        if path != "/" { #expect(PathText.joined(folder, name).utf8.count == path.utf8.count - (path.hasSuffix("/") ? 1 : 0)) }
    }
}
