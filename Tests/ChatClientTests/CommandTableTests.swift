import ChatClient
import ChatProtocol
import Testing

@Suite("What people type")
struct CommandTableTests {
    @Test("in compose everything is said that is not a command")
    func composeSays() {
        for text in ["halo", "", "  halo", "a/b", "$ send x", "/usr/bin/env is a path", "/ alone"] {
            let expected: TypedLine = text.hasPrefix("$") ? .unknown(verb: "$") : .text(text)
            #expect(CommandTable.parse(text, in: .compose) == expected, "\(text)")
        }
    }

    @Test("a doubled slash is said with one")
    func escapes() {
        #expect(CommandTable.parse("//join foo", in: .compose) == .text("/join foo"))
        #expect(CommandTable.parse("//leave", in: .room) == .text("/leave"))
    }

    @Test("commands are read without case, with their names checked")
    func commands() throws {
        #expect(CommandTable.parse("/Join #Kelas-C ", in: .compose) == .command(.join(try RoomName("kelas-c"))))
        #expect(CommandTable.parse("/chat @alam", in: .compose) == .command(.chat(try ConversationName("alam"))))
        #expect(CommandTable.parse("/chat #foo", in: .compose) == .command(.chat(try ConversationName("#foo"))))
        #expect(CommandTable.parse("/leave", in: .compose) == .command(.leave(nil)))
        #expect(CommandTable.parse("/who", in: .compose) == .command(.who(nil)))
        #expect(CommandTable.parse("send file", in: .prompt) == .command(.sendFile(to: nil, path: nil)))
        #expect(CommandTable.parse("LOGIN", in: .prompt) == .command(.logIn(username: nil)))
        #expect(CommandTable.parse("  list   file ", in: .prompt) == .command(.listFiles))
        #expect(CommandTable.parse("", in: .prompt) == .text(""))
    }

    @Test("the last argument may hold blanks, and quotes around it are not part of it")
    func paths() throws {
        #expect(CommandTable.parse("/upload /tmp/my file.txt", in: .compose) == .command(.upload(path: "/tmp/my file.txt")))
        #expect(CommandTable.parse("/upload '/tmp/a b'", in: .compose) == .command(.upload(path: "/tmp/a b")))
        #expect(
            CommandTable.parse("send file firman my notes.txt", in: .prompt)
                == .command(.sendFile(to: try ConversationName("firman"), path: "my notes.txt")))
        #expect(
            CommandTable.parse("$ get laporan akhir.pdf", in: .room) == .command(.getFile(try FileLabel("laporan akhir.pdf"))))
    }

    @Test("a room is left by a command, wherever one is; in a room the prompt's words are said")
    func leaving() throws {
        #expect(CommandTable.parse("leave room foo", in: .prompt) == .command(.leave(try RoomName("foo"))))
        #expect(CommandTable.parse("/leave", in: .room) == .command(.leave(nil)))
        #expect(CommandTable.parse("/join bar", in: .room) == .command(.join(try RoomName("bar"))))
        #expect(CommandTable.parse("leave room foo", in: .room) == .text("leave room foo"))
    }

    @Test("a verb that is not there is unknown, not said")
    func unknown() {
        #expect(CommandTable.parse("/jion foo", in: .compose) == .unknown(verb: "/jion"))
        #expect(CommandTable.parse("dance", in: .prompt) == .unknown(verb: "dance"))
        #expect(CommandTable.parse("send", in: .prompt) == .unknown(verb: "send"))
    }

    @Test("in a room money is talk")
    func money() {
        #expect(CommandTable.parse("$5 is enough", in: .room) == .text("$5 is enough"))
        #expect(CommandTable.parse("$ 5", in: .room) == .text("$ 5"))
    }

    @Test("what a place cannot ask for must be given")
    func lacking() throws {
        guard case .lacking(.room, let row) = CommandTable.parse("/join", in: .compose) else {
            Issue.record("not lacking")
            return
        }
        #expect(row.verb == .join)
        #expect(CommandTable.parse("join room", in: .prompt) == .command(.join(nil)))
    }

    @Test("a malformed name, or one word too many, is refused with its row")
    func invalid() {
        for line in ["/join kelas c!", "/chat a b", "/quit now"] {
            guard case .invalid = CommandTable.parse(line, in: .compose) else {
                Issue.record("\(line) is taken")
                continue
            }
        }
    }

    @Test("every verb has a row and is spelt once in each place")
    func table() {
        #expect(Set(CommandTable.rows.map(\.verb)) == Set(CommandTable.Verb.allCases))
        for place in CommandTable.Place.allCases {
            let spellings = CommandTable.rows(in: place).compactMap { $0.spelling[place] }
            #expect(Set(spellings).count == spellings.count)
        }
    }
}
