import ChatStore
import Testing

@Suite("Headers of an archive")
struct TarTests {
    @Test(
        "say what they were made of, whatever the size", arguments: [0, 1, 512, 0o77777777777, 0o100000000000, Int64.max - 511])
    func sizes(size: Int64) throws {
        let bytes = TarHeader(name: "files/abc", size: size, time: 1_764_000_000).encoded
        #expect(bytes.count % 512 == 0)
        var header = try #require(TarHeader(block: Array(bytes.suffix(512))))
        if bytes.count > 512 {
            let extended = try #require(TarHeader(block: Array(bytes.prefix(512))))
            #expect(extended.kind == .extended)
            let isTaken = header.apply(Array(bytes[512..<(512 + Int(extended.size))]))
            #expect(isTaken)
        }
        #expect(header.name == "files/abc" && header.size == size && header.time == 1_764_000_000 && header.kind == .file)
    }

    @Test("are known from anything else: no byte of theirs can change unnoticed")
    func checksum() {
        let bytes = TarHeader(name: "obrol.sqlite", size: 4096).encoded
        for place in bytes.indices where place != 155 {
            var changed = bytes
            changed[place] ^= 0x41
            #expect(TarHeader(block: changed) == nil, "\(place)")
        }
        #expect(TarHeader(block: []) == nil)
    }

    @Test(
        "a record that is not whole is refused",
        arguments: ["", "x", "5 a=b", "99 size=1\n", "10 size=-1\n", "0 a=b\n", "-3 a=b\n", "6 abc\n", "11 size=ab\n"])
    func records(text: String) {
        var header = TarHeader(name: "a", size: 7)
        let isTaken = header.apply(Array(text.utf8))
        #expect(isTaken == text.isEmpty)
        #expect(header.size == 7)
    }
}
