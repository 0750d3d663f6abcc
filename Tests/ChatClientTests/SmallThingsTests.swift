import ChatProtocol
import ChatTesting
import Foundation
import Testing

@testable import ChatClient

@Suite("Waiting before the next attempt")
struct BackoffTests {
    @Test("each wait is up to twice the one before, never under a quarter of a second and never over thirty")
    func grows() {
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()
        var span = Duration.milliseconds(500)
        for _ in 0..<20 {
            let delay = backoff.next(using: &generator)
            #expect(delay >= span / 2 && delay <= span)
            span = min(span * 2, .seconds(30))
        }
        #expect(span == .seconds(30))
    }

    @Test("success begins it anew")
    func resets() {
        var backoff = Backoff()
        for _ in 0..<10 { _ = backoff.next() }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(500))
    }
}

@Suite("The mailbox")
struct MailboxTests {
    @Test("what arrives while catching up stands between its beginning and its end")
    func catchingUp() throws {
        let mailbox = Mailbox {}
        let name = try ConversationName("alam")
        mailbox.post(.catchingUp(true))
        mailbox.post(.changed(ConversationState(conversation: name, title: "")))
        mailbox.post(.catchingUp(false))
        let kinds = mailbox.drain().map { event in
            switch event {
            case .catchingUp(let isCatchingUp): "\(isCatchingUp)"
            case .changed: "changed"
            default: "other"
            }
        }
        #expect(kinds == ["true", "changed", "false"])
    }

    @Test("a flood leaves one row for each conversation, as it stands")
    func coalesces() throws {
        let mailbox = Mailbox {}
        let (one, two) = (try ConversationName("alam"), try ConversationName("#foo"))
        for seq in 1...1000 {
            for name in [one, two] {
                mailbox.post(.changed(ConversationState(conversation: name, title: "", lastSeq: Seq(unchecked: Int64(seq)))))
            }
        }
        let events = mailbox.drain()
        #expect(events.count == 2)
        for event in events {
            guard case .changed(let state) = event else { continue }
            #expect(state.lastSeq.value == 1000)
        }
        #expect(mailbox.drain().isEmpty)
    }

    @Test("two spellings of a name are one conversation")
    func folds() throws {
        let mailbox = Mailbox {}
        for name in ["alam", "Alam", "ALAM"] {
            mailbox.post(.changed(ConversationState(conversation: try ConversationName(name), title: name)))
        }
        #expect(mailbox.drain().count == 1)
    }

    @Test("a row does not slip before an answer that came first")
    func keepsOrder() throws {
        let mailbox = Mailbox {}
        let name = try ConversationName("alam")
        mailbox.post(.changed(ConversationState(conversation: name, title: "old")))
        mailbox.post(.conversations([]))
        mailbox.post(.changed(ConversationState(conversation: name, title: "new")))
        let events = mailbox.drain()
        guard events.count == 3, case .changed(let last) = events[2] else {
            Issue.record("\(events)")
            return
        }
        #expect(last.title == "new")
    }

    @Test("it wakes its reader once until it is drained")
    func wakes() {
        let wakes = Counter()
        let mailbox = Mailbox { wakes.increase() }
        for _ in 0..<10 { mailbox.post(.catchingUp(true)) }
        #expect(wakes.value == 1)
        _ = mailbox.drain()
        mailbox.post(.catchingUp(false))
        #expect(wakes.value == 2)
    }
}

@Suite("Addresses and places")
struct PlaceTests {
    @Test(
        "an address is read as people write it",
        arguments: [
            ("chat.example.org", "chat.example.org", 8889), ("localhost:9000", "localhost", 9000), ("[::1]:9000", "::1", 9000),
            ("[::1]", "::1", 8889), ("fe80::1", "fe80::1", 8889), ("10.0.0.1", "10.0.0.1", 8889),
        ])
    func addresses(_ text: String, _ host: String, _ port: Int) throws {
        let address = try #require(ServerAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(
        "what is no address is none", arguments: ["", ":8889", "host:", "host:0", "host:70000", "[::1", "a b", "a/b", "[::1]x"])
    func malformed(_ text: String) { #expect(ServerAddress(text) == nil) }

    @Test("all names of this machine share a folder, and no host name can leave it")
    func folders() {
        #expect(ServerAddress(host: "127.0.0.1", port: 1).folderName == ServerAddress(host: "LocalHost", port: 1).folderName)
        #expect(ServerAddress(host: "../x", port: 1).folderName == "..%2fx_1")
        #expect(ServerAddress(host: "a", port: 1).folderName != ServerAddress(host: "a", port: 2).folderName)
    }

    @Test("the XDG variables decide, and relative ones are ignored")
    func xdg() {
        let paths = ClientPaths(environment: ["HOME": "/home/alam", "XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "state"])
        #expect(paths.data == "/data/obrol/client")
        #expect(paths.state == "/home/alam/.local/state/obrol")
        #expect(paths.configuration == "/home/alam/.config/obrol")
        #expect(paths.downloads == "/home/alam/Downloads")
    }

    @Test("the download folder is the one that the desktop names")
    func downloads() {
        let text = "# comment\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\nXDG_DOWNLOAD_DIR=\"$HOME/Unduhan\"\n"
        #expect(ClientPaths.downloadFolder(userFolders: text, home: "/home/alam") == "/home/alam/Unduhan")
        #expect(ClientPaths.downloadFolder(userFolders: "XDG_DOWNLOAD_DIR=\"/mnt/dl\"", home: "/h") == "/mnt/dl")
        #expect(ClientPaths.downloadFolder(userFolders: "XDG_DOWNLOAD_DIR=\"$HOME/\"", home: "/h") == nil)
    }
}

@Suite("Being named")
struct MentionTests {
    private func entry(_ text: String) throws -> Entry {
        Entry(
            conversation: try ConversationName("#foo"), seq: Seq(unchecked: 1), author: try Username("firman"), authorName: "F",
            text: text, time: Timestamp(milliseconds: 0))
    }

    @Test(
        "a name after an at sign, as a word of its own",
        arguments: ["@alam", "halo @Alam!", "(@alam)", "@alam.", "lihat @ALAM, ya", "a @alam-"])
    func named(_ text: String) throws { #expect(try entry(text).mentions(try Username("alam"))) }

    @Test("nobody else is meant", arguments: ["alam", "@alamsyah", "x@alam.org", "@ala", "@alam_2", "@ alam"])
    func notNamed(_ text: String) throws { #expect(try !entry(text).mentions(try Username("alam"))) }
}
