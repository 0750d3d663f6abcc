import Testing

@testable import ChatTerminal

@Suite("Roles, styles and colours")
struct StyleTests {
    @Test("a role is the same wherever its name is used")
    func roles() {
        #expect(Role("message.author") == "message.author")
        #expect(Role("message.author").name == "message.author")
        #expect(Role("") == .standard)
    }

    @Test("a role falls back to its longest prefix")
    func fallback() {
        let red = Style(foreground: .ansi(1))
        let bold = Style(emphasis: .bold)
        let table = StyleTable(styles: ["message": red, "message.author": bold])
        #expect(table.style(for: "message.author.self") == bold)
        #expect(table.style(for: "message.body") == red)
        #expect(table.style(for: "messages") == Style())
    }

    @Test("colours come from the role, then from its ground, then from the background")
    func composition() {
        let table = StyleTable(styles: [
            "ui.background": Style(foreground: .ansi(7), background: .ansi(0)),
            "ui.selection": Style(background: .ansi(4)), "list.unread": Style(foreground: .ansi(3), emphasis: .bold),
        ])
        #expect(
            table.look(role: "list.unread", ground: "ui.selection", emphasis: .italic)
                == Style(foreground: .ansi(3), background: .ansi(4), emphasis: [.bold, .italic]))
        #expect(
            table.look(role: .standard, ground: .standard, emphasis: []) == Style(foreground: .ansi(7), background: .ansi(0)))
    }

    @Test(
        "a colour steps down to the nearest that the terminal has",
        arguments: [
            (Color.hex(0xFF0000), ColorDepth.direct, Int32(0xFF0000)), (.hex(0x000003), .direct, 8), (.ansi(3), .direct, 3),
            (.ansi(9), .direct, 0xFF0000), (.hex(0xFF0000), .indexed256, 196), (.hex(0x808080), .indexed256, 244),
            (.hex(0xFE0102), .ansi16, 9), (.hex(0xCC0000), .ansi8, 1), (.ansi(12), .ansi16, 12), (.ansi(12), .ansi8, 4),
            (.default, .direct, -1), (.hex(0xFF0000), .mono, -1),
        ])
    func stepDown(color: Color, depth: ColorDepth, number: Int32) {
        #expect(depth.number(for: color) == number)
    }

    @Test("without colours a ground of its own is shown reversed")
    func mono() {
        let base = Style(background: .hex(0x101010))
        #expect(DeviceLook(Style(background: .hex(0x3030A0)), over: base, depth: .mono).emphasis == .reverse)
        #expect(DeviceLook(Style(background: .hex(0x101010)), over: base, depth: .mono).emphasis == [])
    }

    @Test("two colours that became one do not hide the text")
    func contrast() {
        let style = Style(foreground: .hex(0x0A0A0A), background: .hex(0x000000))
        let look = DeviceLook(style, over: Style(), depth: .ansi8)
        #expect(look.foreground != look.background)
    }
}
