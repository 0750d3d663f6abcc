import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("Contacts")
struct ContactsTests {
    private func stage(columns: Int = 80) -> Stage {
        var stage = Stage(columns: columns)
        stage.hear(.people([person("firman", online: true), person("chendra", online: false), person("budi", online: false)]))
        stage.hear(
            .conversations([
                row("@firman", last: 5, read: 3, unread: 2, lastEntry: entry("@firman", 5, from: "firman", "hai", minute: 9)),
                row(
                    "@chendra", last: 1, read: 1, lastEntry: entry("@chendra", 1, from: "chendra", "ya", minute: 5),
                    draft: "nanti"),
                row("#progjar", last: 9, read: 4, unread: 5, mentions: 1, lastEntry: entry("#progjar", 9, from: "firman", "x")),
                row("#kelas-c", last: 1, read: 0, unread: 1, muted: true),
            ]))
        stage.hear(
            .rooms([
                .init(room: try! RoomName("progjar"), topic: "tugas akhir", members: 14, joined: true),
                .init(room: try! RoomName("umum"), topic: "", members: 3, joined: false),
            ]))
        return stage
    }

    @Test("conversations show presence, unread, mentions, drafts and muting; people and rooms follow")
    func marks() {
        let stage = stage()
        #expect(stage.shows("● firman      2"))
        #expect(stage.shows("○ chendra draft"))
        #expect(stage.shows("# progjar   @ 5"))
        #expect(stage.shows("# kelas-c muted"))
        #expect(stage.shows("PEOPLE"))
        #expect(stage.shows("○ budi"))
        #expect(stage.shows("# umum"))
        #expect(!stage.lines.contains { $0.contains("│ ○ alam") }, "oneself is nobody to meet")
    }

    @Test("typing filters, and the last lines say what the text could mean")
    func filter() {
        var stage = stage(columns: 120)
        stage.press(Key(.tab, .shift), Key(.tab, .shift))
        #expect(stage.state.focus == .contacts)
        stage.type("fi")
        #expect(stage.shows("● firman"))
        #expect(!stage.shows("chendra draft"))
        #expect(stage.shows("Chat with fi"))
        #expect(stage.shows("Create #fi (new)"))
        stage.press(Key(.enter))
        #expect(stage.state.conversation?.name == conversation("@firman"))
        #expect(stage.state.focus == .compose)
    }

    @Test("a filter that was left standing hides no conversation from the keys that go to the next")
    func nextBesideFilter() {
        var stage = stage(columns: 120)
        stage.press(Key(.tab, .shift), Key(.tab, .shift))
        stage.type("umum")
        stage.press(Key(.tab))
        #expect(!stage.state.contacts.filter.isEmpty)
        for (key, name) in [
            (Key(.function(8)), "@firman"), (Key(.function(8)), "#progjar"), (Key(.up, .alt), "@chendra"),
            (Key(.down, .alt), "#progjar"),
        ] {
            stage.press(key)
            #expect(stage.state.conversation?.name == conversation(name))
        }
    }

    @Test("an unread count reads the same everywhere, and says where more is not counted")
    func counts() {
        for (count, shown) in [(Limits.unreadCount - 1, "999"), (Limits.unreadCount, "1000+")] {
            for columns in [80, 39] {
                var stage = Stage(columns: columns)
                stage.hear(.conversations([row("@firman", last: 5000, unread: count)]))
                #expect(stage.state.windowTitle == "(\(shown)) obrol")
                #expect(stage.lines[0].contains(columns == 39 ? "(\(shown))" : "\(shown) unread "))
                #expect(stage.middle.contains { $0.hasPrefix(" firman") && $0.contains(" \(shown) ") }, "\(stage.picture)")
                stage.state.focusPane(.contacts)
                #expect(stage.shows("○ firman") && stage.lines.contains { $0.contains("firman") && $0.contains(" \(shown) ") })
            }
        }
    }

    @Test("/rooms shows rooms that one may join, and /who everybody, whatever was looked for in the contacts")
    func beyondFilter() {
        for (command, shown) in [("/rooms", "# umum"), ("/who", "○ budi")] {
            var stage = stage()
            stage.state.focusPane(.contacts)
            stage.type("zzz")
            stage.press(Key(.tab), Key(.tab))
            #expect(!stage.shows(shown))
            stage.submit(command)
            #expect(stage.state.focus == .contacts)
            #expect(stage.shows(shown), "\(stage.picture)")
            #expect(command == "/who" || stage.state.contacts.selection == .room(try! RoomName("umum")))
        }
    }

    @Test("a room that exists is joined, one that does not is asked about first")
    func rooms() {
        var stage = stage()
        stage.submit("/join #umum")
        #expect(stage.intents.contains("join #umum"))
        stage.forget()
        stage.submit("/join #baru")
        #expect(stage.intents == ["listRooms"], "somebody may have made it since the list was read")
        stage.forget()
        stage.hear(.rooms([]))
        #expect(stage.intents.isEmpty)
        #expect(stage.shows("There is no room #baru"))
        stage.press(Key(.enter))
        #expect(stage.intents == ["join #baru"])
        stage.hear(.changed(row("#baru", last: 1)))
        stage.hear(.joined(try! RoomName("baru")))
        #expect(stage.state.conversation?.name == conversation("#baru"))
    }

    @Test("the order is frozen while the list has the focus")
    func frozen() {
        var stage = stage()
        stage.state.focusPane(.contacts)
        let before = stage.state.contacts.rows
        stage.hear(
            .changed(row("@chendra", last: 2, unread: 1, lastEntry: entry("@chendra", 2, from: "chendra", "hei", minute: 60))))
        #expect(stage.state.contacts.rows == before)
        stage.press(Key(.escape))
        #expect(stage.state.contacts.rows[1] == .conversation(conversation("@chendra")))
    }

    @Test("Esc clears the filter first, and nothing else is lost")
    func escape() {
        var stage = stage()
        stage.type("tulisan")
        stage.state.focusPane(.contacts)
        stage.type("x")
        stage.press(Key(.escape))
        #expect(stage.state.focus == .contacts)
        stage.press(Key(.escape))
        #expect(stage.state.focus == .compose)
        #expect(stage.state.composeEditor.text == "tulisan")
    }

    @Test("presence changes live, and somebody new appears")
    func presence() {
        var stage = stage()
        stage.hear(.presence(person("firman", online: false)))
        #expect(stage.shows("○ firman"))
        stage.hear(.presence(person("dewi", online: true)))
        #expect(stage.shows("● dewi"))
    }
}

@Suite("The inbox")
struct InboxTests {
    private func stage() -> Stage {
        var stage = Stage()
        stage.hear(
            .conversations([
                row("#progjar", last: 9, unread: 5, lastEntry: entry("#progjar", 9, from: "firman", "rapat", minute: 1)),
                row("@firman", last: 5, unread: 2, lastEntry: entry("@firman", 5, from: "firman", "hai", minute: 9)),
                row("#kelas", last: 9, unread: 1, mentions: 1, lastEntry: entry("#kelas", 9, from: "dewi", "@alam?", minute: 3)),
                row("@budi", last: 1, read: 1, lastEntry: entry("@budi", 1, from: "budi", "ok")),
            ]))
        return stage
    }

    @Test("mentions come first, then people, then rooms; what is read follows")
    func order() {
        let stage = stage()
        #expect(stage.state.inbox.unread.map(\.description) == ["#kelas", "@firman", "#progjar"])
        #expect(stage.state.inbox.recent.map(\.description) == ["@budi"])
        #expect(stage.shows("8 unread"))
    }

    @Test("compose writes to the chosen row, and stays with it once something is written")
    func pinned() {
        var stage = stage()
        #expect(stage.shows("to #kelas"))
        stage.press(Key(.up), Key(.down))
        #expect(stage.state.composeTarget == conversation("@firman"))
        stage.type("halo")
        stage.press(Key(.up), Key(.down))
        #expect(stage.state.composeTarget == conversation("@firman"), "\(stage.picture)")
        stage.state.focusPane(.compose)
        stage.press(Key(.enter))
        #expect(stage.intents.contains("compose @firman halo"))
        #expect(stage.shows("Sent to firman"))
    }

    @Test("nothing moves when more arrives; it joins at the end")
    func snapshot() {
        var stage = stage()
        stage.hear(
            .changed(row("@chendra", last: 1, unread: 1, mentions: 1, lastEntry: entry("@chendra", 1, from: "chendra", "@alam"))))
        #expect(stage.state.inbox.unread.map(\.description) == ["#kelas", "@firman", "#progjar", "@chendra"])
    }

    @Test("an empty inbox says so and how to begin")
    func empty() {
        let stage = Stage()
        #expect(stage.shows("Nothing unread"))
        #expect(stage.shows("Start a chat"))
        #expect(stage.shows("to nobody yet"))
    }

    @Test("without a conversation a command can be typed, and a message is not lost")
    func nobody() {
        var stage = Stage()
        stage.submit("halo?")
        #expect(stage.shows("open a conversation first"))
        #expect(stage.state.composeEditor.text == "halo?")
        stage.press(.control("u"))
        stage.submit("/chat firman")
        #expect(stage.state.conversation?.name == conversation("@firman"))
    }
}

@Suite("Files")
struct FilesTests {
    private func stage() -> Stage {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 1, read: 1)]))
        stage.submit("/chat firman")
        stage.hear(.page(page("@firman", [entry("@firman", 1, from: "firman", "", kind: .file(file("laporan.pdf")))])))
        stage.forget()
        return stage
    }

    @Test("a file in a conversation is got with Enter")
    func download() {
        var stage = stage()
        #expect(stage.shows("↓ laporan.pdf  5.0 MB"))
        stage.state.focusPane(.middle)
        stage.press(Key(.enter), Key(.enter))
        #expect(stage.intents.first == "download laporan.pdf")
    }

    @Test("an upload is confirmed, the home folder is understood, and progress is shown")
    func upload() {
        var stage = stage()
        stage.submit("/upload ~/tugas akhir.pdf")
        #expect(stage.intents.isEmpty)
        stage.find("/home/alam/tugas akhir.pdf")
        stage.press(Key(.enter))
        #expect(stage.intents.first == "upload /home/alam/tugas akhir.pdf @firman")
        stage.hear(
            .transfer(
                Transfer(
                    id: 1, direction: .up, name: "tugas akhir.pdf", conversation: conversation("@firman"), size: 100, done: 61,
                    state: .running)))
        #expect(stage.shows("61%"))
        stage.press(Key(.tab))
        #expect(stage.shows("61 %"))
        stage.press(Key(.enter), Key(.down), Key(.down), Key(.enter))
        #expect(stage.intents.last == "cancel 1")
    }

    @Test("a file that failed says why, and may be tried again or forgotten")
    func failedTransfer() {
        var stage = stage()
        stage.hear(
            .transfer(
                Transfer(
                    id: -3, direction: .up, name: "tugas.pdf", conversation: conversation("@firman"), size: 100, done: 61,
                    state: .failed(.changed(path: "/home/alam/tugas.pdf")))))
        #expect(stage.shows("the file was changed meanwhile"))
        stage.press(Key(.tab))
        stage.press(Key(.enter), Key(.enter))
        #expect(stage.intents.last == "retryTransfer -3")
        stage.press(Key(.enter), Key(.down), Key(.enter))
        #expect(stage.intents.last == "cancel -3")
    }

    @Test("sizes are written as people read them", arguments: [(812, "812 B"), (88_000, "88 kB"), (3_120_000, "3.1 MB")])
    func sizes(bytes: Int64, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }
}
