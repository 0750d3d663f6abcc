import ChatProtocol
import Testing

@Suite("Names")
struct NameTests {
    private func code(_ body: () throws(ProtocolError) -> Void) -> ErrorCode? {
        do throws(ProtocolError) { try body() } catch { return error.code }
        return nil
    }

    @Test("user names are compared without case and kept as typed")
    func usernames() throws {
        #expect(try Username("Alam") == Username("aLAM"))
        #expect(try Username("Alam").text == "Alam")
        #expect(try Set([Username("a"), Username("A")]).count == 1)
    }

    @Test(
        "what is no user name is refused",
        arguments: ["", "system", "Room", "a b", "a/b", "é", "a\u{0}", "a\n", "@a", String(repeating: "a", count: 33)])
    func badUsernames(text: String) { #expect(code { () throws(ProtocolError) in _ = try Username(text) } == .invalidName) }

    @Test("a room may be given with its mark")
    func rooms() throws {
        #expect(try RoomName("#foo") == RoomName("foo"))
        #expect(try RoomName("#foo").description == "#foo")
        #expect(code { () throws(ProtocolError) in _ = try RoomName("##foo") } == .invalidName)
        #expect(code { () throws(ProtocolError) in _ = try RoomName("#") } == .invalidName)
    }

    @Test("a destination is a person with or without mark, or a room")
    func conversations() throws {
        #expect(try ConversationName("alam") == ConversationName("@ALAM"))
        #expect(try ConversationName("#alam") == .room(RoomName("alam")))
        #expect(try ConversationName("@alam").description == "@alam")
    }

    @Test(
        "a file's name is a label and never a path",
        arguments: [
            "", ".", "..", "../x", "a/b", "a\\b", "a\u{0}b", "a\nb", "a\u{202E}b", "a\u{9B}b", String(repeating: "f", count: 256),
        ])
    func labels(text: String) { #expect(code { () throws(ProtocolError) in _ = try FileLabel(text) } == .invalidName) }

    @Test("labels of any script are fine", arguments: ["laporan akhir.pdf", "世界.png", ".profil", "a..b", "résumé (2).doc"])
    func goodLabels(text: String) throws { #expect(try FileLabel(text).text == text) }

    @Test(
        "display names hold no controls and are not blank", arguments: ["", "  ", "a\u{7}", "\u{202E}x", "a\u{85}", "a\u{2028}b"])
    func displayNames(text: String) { #expect(code { () throws(ProtocolError) in _ = try DisplayName(text) } == .invalidName) }

    @Test("messages hold line feeds and tabs, and no other controls")
    func texts() throws {
        #expect(try MessageText("a\n\tb 👩‍👩‍👧 é").text == "a\n\tb 👩‍👩‍👧 é")
        for bad in ["a\u{1B}[0m", "\u{0}", "a\rb", "\u{7F}", "\u{9B}31m"] {
            #expect(code { () throws(ProtocolError) in _ = try MessageText(bad) } == .invalidText)
        }
        #expect(code { () throws(ProtocolError) in _ = try MessageText(String(repeating: "é", count: 8193)) } == .tooLarge)
    }

    @Test(
        "a mention is a name behind an @, as a word of its own",
        arguments: [
            ("@alam", true), ("halo @ALAM, sini", true), ("tanya @alam.", true), ("(@alam)", true), ("@alamsyah", false),
            ("surat@alam.id", false), ("alam", false), ("@ alam", false), ("@firman @alam", true), ("@alam_", false),
        ])
    func mentions(text: String, isMention: Bool) throws {
        #expect(try Username("Alam").isMentioned(in: text) == isMention)
    }

    @Test("any file of this machine has a label, with an underscore for what others should not have to read")
    func localFiles() throws {
        #expect(try FileLabel.ofLocalFile("bab 3.pdf").text == "bab 3.pdf")
        #expect(try FileLabel.ofLocalFile("a\nb\u{1B}[31m\\c\u{202E}d").text == "a_b_[31m_c_d")
        #expect(try FileLabel.ofLocalFile(String(repeating: "\u{85}", count: 127)).text.utf8.count == 127)
        #expect(code { () throws(ProtocolError) in _ = try FileLabel.ofLocalFile("..") } == .invalidName)
    }

    @Test("a token never shows in text about it")
    func tokens() throws {
        let token = try SessionToken("deadbeef")
        #expect(!"\(token) \(String(reflecting: token))".contains("deadbeef"))
    }
}
