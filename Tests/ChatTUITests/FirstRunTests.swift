import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

@Suite("The first minute")
struct FirstRunTests {
    @Test("who has nobody to write to yet can type a name at once")
    func beginsInContacts() {
        var stage = Stage()
        #expect(stage.state.focus == .compose)
        stage.hear(.conversations([]))
        stage.hear(.people([person("firman"), person("dewi")]))
        #expect(stage.state.focus == .contacts)
        #expect(stage.shows("Start a chat: type a name in contacts, Enter; or ^G"), "\(stage.picture)")
        stage.submit("firm")
        #expect(stage.state.conversation?.name == conversation("@firman"))
        #expect(stage.state.focus == .compose)
    }

    @Test("who has conversations, or has begun to write, stays in compose")
    func staysInCompose() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 1, read: 1)]))
        stage.hear(.conversations([]))
        #expect(stage.state.focus == .compose)
        stage = Stage()
        stage.type("/ch")
        stage.hear(.conversations([]))
        #expect(stage.state.focus == .compose)
    }

    @Test("conversations that only the server knew of bring the focus back, unless a key came first")
    func serverKnowsMore() {
        var stage = Stage()
        stage.hear(.conversations([]))
        stage.hear(.conversations([row("@firman", last: 1, read: 1)]))
        #expect(stage.state.focus == .compose)
        stage = Stage()
        stage.hear(.conversations([]))
        stage.type("f")
        stage.hear(.conversations([row("@firman", last: 1, read: 1)]))
        #expect(stage.state.focus == .contacts)
        #expect(stage.state.contacts.filter.text == "f")
    }

    @Test("a command can be typed from the contacts, too")
    func commands() {
        var stage = Stage()
        stage.hear(.conversations([]))
        stage.submit("/chat firman")
        #expect(stage.state.conversation?.name == conversation("@firman"))
    }

    @Test("the hint of the empty inbox holds: its key goes to the people from compose")
    func hint() {
        var stage = Stage()
        stage.hear(.people([person("dewi")]))
        stage.press(.control("g"))
        stage.submit("dewi")
        #expect(stage.state.conversation?.name == conversation("@dewi"))
    }

    @Test("the rooms are asked for once there is a line to ask on")
    func rooms() {
        var stage = Stage(isSignedIn: false)
        let account = Account(server: .local, username: Stage.me, name: "Alam")
        stage.hear(.connection(.connecting))
        stage.hear(.signedIn(account))
        #expect(!stage.intents.contains("listRooms"))
        stage.hear(.connection(.online))
        #expect(stage.intents.count { $0 == "listRooms" } == 1)
        stage.hear(.connection(.online))
        #expect(stage.intents.count { $0 == "listRooms" } == 1)
    }
}
