import ChatTesting
import Foundation
import Testing

/// libvterm and tmux have tables of widths of their own, and ours is a third: where all agree, so will the terminals that
/// people have.
@Suite("Widths, as two terminals see them", .serialized)
struct WidthWitnessTests {
    private static let texts = [
        "k1 日本語と한국어", "k2 é e\u{301} ä̈", "k3 👍🏽 ❤️ 🇮🇩 👨‍👩‍👧", "k4 ｆｕｌｌ ﾊﾝｶｸ", "k5 שלום مرحبا", "k6 ก็ि நி", "k7 \u{1FAE8}\u{1F6DC} ꙮ",
        "k8 ①②③ ½ € …", "k9 a\u{200B}b\u{FEFF}c\u{AD}d",
    ]

    @Test("a line of any script ends at the same column in tmux as in libvterm")
    func sameCells() throws {
        let folder = try TemporaryFolder.make("obrol-width")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try ServerProcess(dataDirectory: folder + "/server")
        let wire = try WireClient(port: server.port)
        let token = try wire.join(as: "firman")
        let alam = try TerminalUser(server.port, home: folder + "/a")
        alam.register("alam")
        alam.submit("/chat firman")
        #expect(alam.sees("to firman"))
        for text in Self.texts {
            let reply = try wire.ask(
                "send session=\(token)&destination=alam&message="
                    + (text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""))
            #expect(reply["status"] as? String == "OK", "\(reply)")
        }
        #expect(alam.sees("k9"))
        #expect(alam.seesWholeFrame())

        // The same account on another device, in tmux.
        var environment = PseudoTerminal.standardEnvironment
        environment["HOME"] = folder + "/b"
        let tmux = try TmuxPane(
            try BuiltProgram.path("obrol"), arguments: ["127.0.0.1:\(server.port)"], environment: environment, columns: 80,
            rows: 24)
        try #require(try tmux.waitFor("Have an account?"))
        for key in ["BTab", "BTab", "Enter"] { try tmux.sendKey(key) }
        try #require(try tmux.waitFor("New here?"))
        try tmux.send("alam\talam-password\r")
        try #require(try tmux.waitFor("alam ● "))
        try tmux.send("/chat firman\r")
        try #require(try tmux.waitFor("k9"))
        let lines = try tmux.lines()
        for text in Self.texts {
            let mark = text.prefix(2)
            let ours = alam.terminal.screen.lines.last { $0.contains(mark) }.map(Self.middle)
            let theirs = lines.last { $0.contains(mark) }.map(Self.middle)
            #expect(ours != nil)
            #expect(ours == theirs, "\(text)")
        }
    }

    /// What stands between the contacts and the right border, blanks included.
    private static func middle(_ line: String) -> [Substring] {
        Array(line.split(separator: "│", omittingEmptySubsequences: false).dropFirst(2))
    }
}
