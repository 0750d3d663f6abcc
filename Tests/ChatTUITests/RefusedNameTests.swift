import Testing

@testable import ChatTUI

@Suite("Names that are refused")
struct RefusedNameTests {
    @Test(
        "what a name may be is said where one is refused",
        arguments: [
            ("/join Ruang Baru", "A room's name has 1 to 64"), ("/who ruang!", "A room's name has 1 to 64"),
            ("/chat #ruang!", "A room's name has 1 to 64"), ("/chat nama orang", "A user name has 1 to 32"),
        ])
    func names(typed: String, rule: String) {
        var stage = Stage()
        stage.submit(typed)
        #expect(stage.shows(rule))
        #expect(stage.state.composeEditor.text == typed, "it can be corrected")
    }

    @Test("a filter that cannot be a name says so when it is to be opened")
    func filter() {
        var stage = Stage()
        stage.state.focusPane(.contacts)
        stage.submit("#ruang baru")
        #expect(stage.shows("A room's name has 1 to 64"))
    }
}
