import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("Sending a file")
struct UploadTests {
    private func stage(columns: Int = 80, rows: Int = 24) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.conversations([row("#progjar", last: 1, read: 1), row("@firman", last: 1, read: 1)]))
        stage.open("#progjar")
        return stage
    }

    private let path = "/home/alam/laporan.pdf"

    // MARK: Pasting

    @Test("a pasted path is looked at, and its file goes up on Enter instead of the text")
    func paste() {
        var stage = stage()
        stage.type("ini: ")
        stage.paste("'\(path)' ")
        #expect(stage.looks.last?.subject == .file(["/home/alam/kerja/'\(path)' ", "/home/alam/kerja/'\(path)'", path]))
        #expect(stage.state.composeEditor.text == "ini: '\(path)' ", "the text waits for nobody")
        stage.find(path)
        #expect(stage.shows("Send laporan.pdf (3.1 MB) to #progjar?"))
        #expect(stage.intents.isEmpty)
        stage.press(Key(.enter))
        #expect(stage.intents.first == "upload \(path) #progjar")
        #expect(stage.state.composeEditor.text == "ini: ")
        #expect(stage.shows("Sending laporan.pdf to #progjar"))
    }

    @Test("Esc leaves the path as text, and so does the other answer")
    func asText() {
        for keys in [[Key(.escape)], [Key(.down), Key(.enter)]] {
            var stage = stage()
            stage.paste(path)
            stage.find(path)
            #expect(stage.shows("As text"))
            for key in keys { stage.press(key) }
            #expect(stage.state.overlays.isEmpty)
            #expect(stage.state.composeEditor.text == path)
            #expect(stage.intents.isEmpty)
        }
    }

    @Test(
        "what is no file that can be read is text",
        arguments: [
            FileTrouble.notFound, .notAllowed, .isFolder(path: "/tmp"), .isNoFile, .noAnswer, .system("I/O error"),
        ])
    func noFile(trouble: FileTrouble) {
        var stage = stage()
        stage.paste("/tmp/x")
        stage.find(.nothing(trouble))
        #expect(stage.state.overlays.isEmpty)
        #expect(stage.state.composeEditor.text == "/tmp/x")
    }

    @Test("keys struck before the answer follow the path, and then nothing is asked", arguments: [true, false])
    func typingOn(isKey: Bool) {
        var stage = stage()
        stage.paste(path)
        if isKey { stage.type(" rusak?") } else { stage.paste(" rusak?") }
        stage.happen(.found(FileFinding(id: stage.looks[0].id, .file(LocalFile(path: path, size: 1)))))
        #expect(stage.state.overlays.isEmpty)
        #expect(stage.state.composeEditor.text == path + " rusak?")
    }

    @Test("an answer that comes in another conversation, or after signing out, asks nothing")
    func elsewhere() {
        var stage = stage()
        stage.paste(path)
        stage.press(Key(.up, .alt))
        stage.press(Key(.down, .alt))
        stage.press(Key(.down, .alt))
        let isBack = stage.state.conversation?.name == conversation("#progjar")
        stage.find(path)
        #expect(stage.state.overlays.isEmpty != isBack)
        stage = self.stage()
        stage.paste(path)
        stage.hear(.signedOut(reason: ""))
        stage.find(path)
        #expect(stage.state.overlays.isEmpty)
    }

    @Test("an answer that nobody asked for changes nothing, nor does one that comes twice")
    func unasked() {
        var stage = stage()
        stage.happen(.found(FileFinding(id: 99, .file(LocalFile(path: path, size: 1)))))
        #expect(stage.state.overlays.isEmpty)
        stage.paste(path)
        stage.find(path)
        stage.find(path)
        #expect(stage.state.overlays.count == 1)
    }

    @Test("many lines, a cut paste, a word and a paste to nobody are not looked at")
    func notLookedAt() {
        var stage = stage()
        stage.paste("/tmp/a\n/tmp/b")
        stage.paste("Makefile")
        stage.happen(.input(.paste(Paste(text: path, isComplete: false))))
        #expect(stage.looks.isEmpty)
        stage = Stage()
        stage.paste(path)
        #expect(stage.looks.isEmpty)
        #expect(stage.state.composeEditor.text == path)
    }

    @Test("the file goes to whom it was asked for, whatever is opened by then")
    func pinned() {
        var stage = stage()
        stage.paste(path)
        stage.find(path)
        stage.hear(.joined(try! RoomName("umum")))
        stage.state.reopen(conversation("@firman"))
        stage.press(Key(.enter))
        #expect(stage.intents.contains("upload \(path) #progjar"))
        stage.state.open(conversation("#progjar"))
        #expect(stage.state.composeEditor.isEmpty)
    }

    @Test("a file dropped on contacts goes to compose, not into the filter")
    func droppedOnContacts() {
        var stage = stage()
        stage.state.focusPane(.contacts)
        stage.paste(path)
        #expect(stage.state.contacts.filter.isEmpty)
        stage.find(path)
        #expect(stage.shows("Send laporan.pdf"))
    }

    @Test("a file that the server would not take is not asked about")
    func tooLarge() {
        var stage = stage()
        stage.paste(path)
        stage.find(path, size: Limits.file + 1)
        #expect(stage.state.overlays.isEmpty)
        #expect(stage.shows("laporan.pdf is too large: 4.3 GB is the most"))
    }

    @Test(
        "hostile names show harmlessly, and the right file goes up",
        arguments: [
            "a\u{1B}[31mb", "baris\nbaru", "lap\u{202E}fdp.exe", String(repeating: "x", count: 251) + ".pdf", "\u{301}x",
        ])
    func hostile(name: String) {
        for size in GoldenTests.sizes {
            var stage = stage(columns: size.columns, rows: size.rows)
            let path = "/tmp/" + name
            stage.submit("/upload x")
            stage.find(path)
            #expect(stage.shows("#progjar"))
            for scalar in stage.picture.unicodeScalars {
                #expect(scalar == "\n" || scalar.value >= 0x20 && scalar.value != 0x1B && scalar.value != 0x202E)
            }
            stage.press(Key(.enter))
            let sent = stage.intents.first { $0.hasPrefix("upload") }
            #expect(sent.map { $0.utf8.elementsEqual("upload \(path) #progjar".utf8) } == true)
        }
    }

    // MARK: /upload

    @Test("/upload asks with size and recipient; what was typed stays until the file is on its way")
    func command() {
        var stage = stage()
        stage.submit("/upload bab 3.pdf")
        #expect(stage.looks.last?.subject == .file(["/home/alam/kerja/bab 3.pdf"]))
        stage.find("/home/alam/kerja/bab 3.pdf")
        #expect(stage.shows("Send bab 3.pdf (3.1 MB) to #progjar?"))
        stage.press(Key(.escape))
        #expect(stage.state.composeEditor.text == "/upload bab 3.pdf")
        #expect(stage.intents.isEmpty)
        stage.press(Key(.enter))
        stage.find("/home/alam/kerja/bab 3.pdf")
        stage.press(Key(.enter))
        #expect(stage.intents.first == "upload /home/alam/kerja/bab 3.pdf #progjar")
        #expect(stage.state.composeEditor.isEmpty)
        stage.press(.control("p"))
        #expect(stage.state.composeEditor.text == "/upload bab 3.pdf")
    }

    @Test("a path that leads to no file says why, and can be corrected")
    func noSuchFile() {
        var stage = stage()
        stage.submit("/upload tidak ada")
        stage.find(.nothing(.notFound))
        #expect(stage.shows("Not sent: there is no such file"))
        #expect(stage.state.composeEditor.text == "/upload tidak ada")
        stage.press(Key(.enter))
        stage.find(.nothing(.isNoFile))
        #expect(stage.shows("that is not a file"))
    }

    @Test("a file dropped behind /upload is its argument")
    func droppedBehind() {
        var stage = stage()
        stage.type("/upload ")
        stage.paste("/tmp/bab\\ 3.pdf")
        stage.find("/tmp/bab 3.pdf")
        stage.press(Key(.enter))
        #expect(stage.intents.first == "upload /tmp/bab 3.pdf #progjar")
        #expect(stage.state.composeEditor.isEmpty)
    }

    @Test("who has left a room, or writes to nobody, is told so instead of asked")
    func nowhere() {
        var stage = Stage()
        stage.submit("/upload x")
        #expect(stage.looks.isEmpty)
        #expect(stage.shows("Open the conversation that the file is for"))
        stage = self.stage()
        stage.hear(.changed(row("#progjar", last: 1, read: 1, joined: false)))
        stage.press(.control("o"))
        #expect(stage.state.overlays.isEmpty)
        #expect(stage.shows("you are not in this room"))
        stage.paste(path)
        #expect(stage.looks.isEmpty)
    }
}
