import ChatProtocol
import ChatTesting
import NIOCore
import Testing

@Suite("The form encoding")
struct FormTests {
    private func fields(_ text: String) throws -> FormFields { try FormFields(parsing: ByteBuffer(string: text)) }

    @Test("decodes pairs, plus signs and escapes; the first of a repeated key counts; unknown keys are left alone")
    func decodes() throws {
        let form = try fields("a=1+2%2B3&b=%e4%b8%96&a=no&&c&d=&e=x=y&%66=g")
        #expect(try form.optional("a") == "1 2+3")
        #expect(try form.optional("b") == "世")
        #expect(try form.optional("c") == nil)
        #expect(try form.present("c") == "")
        #expect(try form.optional("d") == nil)
        #expect(try form.optional("e") == "x=y")
        #expect(try form.optional("f") == "g")
        #expect(try form.present("z") == nil)
    }

    @Test("refuses broken escapes, broken UTF-8 and empty required fields", arguments: ["a=%", "a=%4", "a=%4g", "%zz=a"])
    func refuses(text: String) {
        #expect(throws: ProtocolError.self) { _ = try fields(text) }
    }

    @Test("UTF-8 that is broken is refused where it is read")
    func brokenUTF8() throws {
        #expect(throws: ProtocolError.self) { try fields("a=%ff").optional("a") }
        var bytes = ByteBuffer(string: "a=")
        bytes.writeBytes([0xC3, 0x28])
        #expect(throws: ProtocolError.self) { try FormFields(parsing: bytes).optional("a") }
    }

    @Test("numbers are whole and not negative", arguments: ["-1", "1.5", "+1", "x", "99999999999999999999", "1 "])
    func numbers(text: String) throws {
        #expect(throws: ProtocolError.self) { try fields("n=\(text)").number("n") }
    }

    @Test("whatever is written is read back", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var values: [String: String] = [:]
        for index in 0..<Int.random(in: 1...6, using: &random) { values["k\(index)"] = random.text() }
        var form = FormWriter(command: "test")
        for (key, value) in values { form.field(key, value) as Void }
        let request = try RawRequest(parsing: form.buffer, framing: .lines)
        for (key, value) in values { #expect(try request.fields.present(key) == value) }
    }
}
