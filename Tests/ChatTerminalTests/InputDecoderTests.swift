import ChatTerminal
import ChatTesting
import Testing

@Suite("Reading keys from bytes")
struct InputDecoderTests {
    private let start = ContinuousClock.now

    private func events(_ bytes: [UInt8]) -> [InputEvent] {
        var decoder = InputDecoder()
        return decoder.decode(bytes, now: start) + decoder.expire(now: start + .seconds(2))
    }

    private func events(_ text: String) -> [InputEvent] { events(Array(text.utf8)) }

    /// What is sent, and what was done.
    static let table: [(String, [InputEvent])] = [
        ("a", [.key(.character("a"))]), ("é漢", [.key(.character("é")), .key(.character("漢"))]),
        ("\r", [.key(Key(.enter))]), ("\n", [.key(.control("j"))]), ("\t", [.key(Key(.tab))]),
        ("\u{7F}", [.key(Key(.backspace))]), ("\u{1}\u{1A}", [.key(.control("a")), .key(.control("z"))]),
        ("\u{1F}", [.key(.control("_"))]), ("\u{0}", [.key(.control(" "))]), ("\u{1B}a", [.key(.alt("a"))]),
        ("\u{1B}\r", [.key(Key(.enter, .alt))]), ("\u{1B}é", [.key(.alt("é"))]), ("\u{1B}", [.key(Key(.escape))]),
        ("\u{1B}\u{1B}", [.key(Key(.escape)), .key(Key(.escape))]), ("\u{1B}[A", [.key(Key(.up))]),
        ("\u{1B}OB", [.key(Key(.down))]), ("\u{1B}[1;3A", [.key(Key(.up, .alt))]), ("\u{1B}[1;5C", [.key(Key(.right, .control))]),
        ("\u{1B}[1;4D", [.key(Key(.left, [.alt, .shift]))]), ("\u{1B}\u{1B}[A", [.key(Key(.up, .alt))]),
        ("\u{1B}[H\u{1B}[4~", [.key(Key(.home)), .key(Key(.end))]),
        ("\u{1B}[5~\u{1B}[6;5~", [.key(Key(.pageUp)), .key(Key(.pageDown, .control))]),
        ("\u{1B}[Z", [.key(Key(.tab, .shift))]), ("\u{1B}[3~", [.key(Key(.delete))]), ("\u{1B}OP", [.key(Key(.function(1)))]),
        ("\u{1B}[15~\u{1B}[24~", [.key(Key(.function(5))), .key(Key(.function(12)))]), ("\u{1B}[[C", [.key(Key(.function(3)))]),
        ("\u{1B}[1;2R", [.key(Key(.function(3), .shift))]), ("\u{1B}[I\u{1B}[O", [.focus(true), .focus(false)]),
        ("\u{1B}[27;3;13~", [.key(Key(.enter, .alt))]), ("\u{1B}[106;5u", [.key(.control("j"))]),
        ("\u{1B}[<0;10;5M", [.mouse(MouseEvent(.press(.left), at: Position(row: 4, column: 9)))]),
        ("\u{1B}[<2;300;5m", [.mouse(MouseEvent(.release(.right), at: Position(row: 4, column: 299)))]),
        ("\u{1B}[<64;1;1M", [.mouse(MouseEvent(.wheelUp, at: Position(row: 0, column: 0)))]),
        ("\u{1B}[<48;1;1M", [.mouse(MouseEvent(.drag(.left), at: Position(row: 0, column: 0), .control))]),
        ("\u{1B}[200~two\rlines\u{1B}[A\u{1B}[201~x", [.paste(Paste(text: "two\rlines\u{1B}[A")), .key(.character("x"))]),
        ("\u{1B}[200~never", [.paste(Paste(text: "never", isComplete: false))]), ("\u{1B}[", [.key(.alt("["))]),
        ("\u{1B}O", [.key(.alt("O"))]), ("\u{1B}Pq", [.key(.alt("P")), .key(.character("q"))]),
        // Replies to questions, and what is broken, is nobody's key.
        ("\u{1B}[?64;1;2c", []), ("\u{1B}[>0;115;0c", []), ("\u{1B}[?2026;2$y", []), ("\u{1B}[24;80R", []),
        ("\u{1B}[8;24;80t", []),
        ("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", []), ("\u{1B}]10;rgb:ff/ff/ff\u{07}", []), ("\u{1B}P>|XTerm(370)\u{1B}\\", []),
        ("\u{1B}_Gi=1;OK\u{1B}\\", []), ("\u{1B}[201~", []), ("\u{1B}[999~", []), ("\u{1B}[M !!", []), ("\u{1B}[?1;2", []),
        ("\u{9B}", []), ("\u{1B}[12\u{1B}[A", [.key(Key(.up))]), ("\u{1B}]0;x\u{1B}[A", [.key(Key(.up))]),
    ]

    @Test("each sequence is the key it is said to be", arguments: table)
    func decoding(bytes: String, expected: [InputEvent]) {
        #expect(events(bytes) == expected)
    }

    @Test("it does not matter where the bytes are split", arguments: table)
    func splitting(bytes: String, expected: [InputEvent]) {
        let bytes = Array(bytes.utf8)
        for cut in 0...bytes.count {
            var decoder = InputDecoder()
            var got = decoder.decode(bytes[..<cut], now: start)
            got += decoder.decode(bytes[cut...], now: start + .milliseconds(10))
            got += decoder.expire(now: start + .seconds(3))
            #expect(got == expected, "split at \(cut)")
        }
        var decoder = InputDecoder()
        var got: [InputEvent] = []
        for byte in bytes { got += decoder.decode([byte], now: start) }
        #expect(got + decoder.expire(now: start + .seconds(3)) == expected)
    }

    @Test("broken bytes become U+FFFD, one for each part that could not be read")
    func brokenText() {
        let replacement = InputEvent.key(.character("\u{FFFD}"))
        #expect(events([0xFF]) == [replacement])
        #expect(events([0xC3]) == [replacement])
        #expect(events([0xC3, 0x61]) == [replacement, .key(.character("a"))])
        #expect(events([0xE6, 0xBC]) == [replacement])
        #expect(events([0xED, 0xA0, 0x80]) == [replacement, replacement, replacement])
        #expect(events([0xF0, 0x9F, 0x91, 0x8D]) == [.key(.character("👍"))])
    }

    @Test("a lone Esc is certain after 50 ms, and nothing waits that is not begun")
    func escape() {
        var decoder = InputDecoder()
        #expect(decoder.deadline == nil)
        #expect(decoder.decode([0x1B], now: start) == [])
        #expect(decoder.deadline == start + .milliseconds(50))
        #expect(decoder.expire(now: start + .milliseconds(49)) == [])
        #expect(decoder.expire(now: start + .milliseconds(50)) == [.key(Key(.escape))])
        #expect(decoder.deadline == nil)
        #expect(decoder.decode([0x61], now: start) == [.key(.character("a"))])
    }

    @Test("a paste that stalls is handed over so far, and what follows is pasted too, up to its end")
    func pasteStalls() {
        var decoder = InputDecoder()
        #expect(decoder.decode("\u{1B}[200~satu\r".utf8, now: start) == [])
        #expect(decoder.decode("du\u{1B}".utf8, now: start + .milliseconds(900)) == [])
        #expect(decoder.expire(now: start + .milliseconds(1000)) == [])
        let first = decoder.expire(now: start + .milliseconds(1900))
        #expect(first == [.paste(Paste(text: "satu\rdu", isComplete: false))])
        // Nothing more comes at first, and then a part by itself.
        #expect(decoder.expire(now: start + .seconds(3)) == [])
        #expect(decoder.decode("[31m\rtiga".utf8 + [0xC3], now: start + .seconds(20)) == [])
        let second = decoder.expire(now: start + .seconds(21))
        #expect(second == [.paste(Paste(text: "\u{1B}[31m\rtiga", isComplete: false))])
        // Who waits looks at another window.
        _ = decoder.decode([0xA9], now: start + .seconds(22))
        #expect(decoder.expire(now: start + .seconds(23)) == [.paste(Paste(text: "é", isComplete: false))])
        #expect(decoder.decode("\u{1B}[O".utf8, now: start + .seconds(24)) == [])
        #expect(decoder.expire(now: start + .seconds(25)) == [.focus(false)])
        let end = decoder.decode("\r\u{1B}[201~\r".utf8, now: start + .seconds(50))
        #expect(end == [.paste(Paste(text: "\r", isComplete: false)), .key(Key(.enter))])
        #expect(decoder.deadline == nil)
    }

    @Test("an end that comes late ends the paste without another, wherever it was cut", arguments: 0...6)
    func lateEnd(cut: Int) {
        let end = Array("\u{1B}[201~".utf8)
        var decoder = InputDecoder()
        #expect(decoder.decode(Array("\u{1B}[200~abc".utf8) + end[..<cut], now: start).count == (cut == 6 ? 1 : 0))
        #expect(decoder.expire(now: start + .seconds(1)).count == (cut == 6 ? 0 : 1))
        #expect(decoder.decode(Array(end[cut...]) + [0x0D], now: start + .seconds(9)) == [.key(Key(.enter))])
    }

    @Test("a paste whose end never comes leaves the keys to who strikes one that writes nothing, or waits")
    func endlessPaste() {
        for (bytes, keys) in [
            ("\u{3}", [.control("c")]), ("\u{1B}", [Key(.escape)]), ("\u{1B}[A\u{11}", [Key(.up), .control("q")]),
        ] {
            var decoder = InputDecoder()
            _ = decoder.decode("\u{1B}[200~abc".utf8, now: start)
            #expect(decoder.expire(now: start + .seconds(1)).count == 1)
            #expect(decoder.decode(bytes.utf8, now: start + .seconds(2)) == [])
            #expect(decoder.expire(now: start + .seconds(3)) == keys.map(InputEvent.key))
            #expect(decoder.decode("x".utf8, now: start + .seconds(4)) == [.key(.character("x"))])
        }
        var decoder = InputDecoder()
        _ = decoder.decode("\u{1B}[200~abc".utf8, now: start)
        _ = decoder.expire(now: start + .seconds(1))
        #expect(decoder.decode("y\r".utf8, now: start + .seconds(2)) == [])
        #expect(decoder.expire(now: start + .seconds(3)) == [.paste(Paste(text: "y\r", isComplete: false))])
        #expect(decoder.deadline == start + .seconds(2) + InputDecoder.pastePatience)
        #expect(decoder.expire(now: start + .seconds(2) + InputDecoder.pastePatience) == [])
        #expect(decoder.deadline == nil)
        #expect(decoder.decode("x".utf8, now: start + .seconds(60)) == [.key(.character("x"))])
    }

    @Test("a reply that is longer than is kept is skipped to its end")
    func longReply() {
        let text = "\u{1B}]52;c;" + String(repeating: "QUJD", count: 5000) + "\u{1B}\\a"
        #expect(events(text) == [.key(.character("a"))])
        var decoder = InputDecoder()
        var got: [InputEvent] = []
        for chunk in Array(text.utf8).chunked(by: 1000) { got += decoder.decode(chunk, now: start) }
        #expect(got == [.key(.character("a"))])
    }

    @Test("a key of this terminal's own is known by its name in terminfo")
    func terminfoKeys() {
        var table = KeyTable.standard
        table.add("\u{1B}OX".utf8, Key(.pageUp, .alt))
        table.add("q".utf8, Key(.delete))
        var decoder = InputDecoder(keys: table)
        #expect(decoder.decode("\u{1B}OXq".utf8, now: start) == [.key(Key(.pageUp, .alt)), .key(.character("q"))])
    }

    @Test("no bytes whatever stop the decoder or leave it waiting for ever")
    func fuzz() {
        var generator = SeededGenerator(seed: 8)
        let interesting: [UInt8] = Array("\u{1B}[]OP_~;<?0129AMmRc\\".utf8) + [0x07, 0x80, 0xC3, 0xE6, 0xFF, 0x0D]
        for _ in 0..<3000 {
            var decoder = InputDecoder()
            var now = start
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                    interesting.randomElement(using: &generator) ?? 0
                }
                _ = decoder.decode(bytes, now: now)
                now += .milliseconds(Int.random(in: 0...100, using: &generator))
                _ = decoder.expire(now: now)
            }
            _ = decoder.expire(now: now + .seconds(2))
            _ = decoder.expire(now: now + .seconds(4) + InputDecoder.pastePatience)
            #expect(decoder.deadline == nil)
        }
    }
}

extension Array {
    fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
