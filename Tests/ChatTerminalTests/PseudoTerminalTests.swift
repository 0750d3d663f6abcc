import ChatTesting
import Testing

@Suite("Programs on a pseudo-terminal")
struct PseudoTerminalTests {
    @Test("a program's screen, keys, size and end are seen")
    func shell() throws {
        let script = """
            printf 'hello \\033[1mbold\\033[m 漢'; read line; printf 'got %s\\n' "$line"; trap 'stty size; exit 7' WINCH
            printf 'ready'; while :; do sleep 0.05; done
            """
        let program = try PseudoTerminal("/bin/sh", arguments: ["-c", script], columns: 40, rows: 5)
        #expect(program.waitFor("hello bold 漢"))
        #expect(program.screen.cell(row: 0, column: 6).isBold)
        #expect(program.screen.cell(row: 0, column: 11).width == 2)
        program.send("me")
        program.sendKey(.enter)
        #expect(program.waitFor("ready"))
        #expect(program.screen.contains("got me"))
        program.resize(columns: 50, rows: 6)
        #expect(program.waitForExit() == .code(7))
        #expect(program.screen.contains("6 50"))
        #expect(program.modesAreRestored)
    }

    @Test("the alternate screen and a changed mode are noticed")
    func modes() throws {
        let script = "stty raw -echo; printf '\\033[?1049hfull'; read x; printf '\\033[?1049l'; kill -9 $$"
        let program = try PseudoTerminal("/bin/sh", arguments: ["-c", script])
        #expect(program.waitFor("full"))
        #expect(program.screen.isAlternateScreen)
        #expect(program.isRaw && !program.modesAreRestored)
        program.sendKey(.lineFeed)
        #expect(program.waitForExit() == .signal(9))
        #expect(!program.screen.isAlternateScreen)
    }

    @Test("a program that does not exist is an error, not a silent child")
    func missing() {
        #expect(throws: PseudoTerminal.SpawnFailure.self) { try PseudoTerminal("/nonexistent") }
    }
}
