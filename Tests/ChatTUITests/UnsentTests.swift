import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

/// What was written and has not arrived must not get out of sight.
@Suite("What is unsent")
struct UnsentTests {
    private func stage() -> Stage {
        var stage = Stage(columns: 100, rows: 24)
        stage.hear(.people([person("firman", "Firman A.")]))
        stage.hear(.conversations([row("@firman", last: 3, read: 3)]))
        return stage
    }

    private func item(_ name: String, _ id: String, _ state: OutboxItem.State) throws -> OutboxItem {
        OutboxItem(
            id: try Nonce(id), conversation: conversation(name), text: try MessageText("halo"), ref: nil,
            time: Timestamp(milliseconds: 1_779_354_720_000), state: state)
    }

    @Test("a message that failed keeps its conversation among the contacts, and is counted above")
    func failed() throws {
        var stage = stage()
        stage.submit("/chat tidakada")
        #expect(stage.shows("Nobody called tidakada is known here"))
        stage.submit("halo")
        let refused = OutboxItem.State.failed(ProtocolError(.noSuchUser, "There is no user."))
        stage.hear(.outbox(conversation("@tidakada"), [try item("@tidakada", "n", .sending)]))
        stage.hear(.outbox(conversation("@tidakada"), [try item("@tidakada", "n", refused)]))
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "m", refused)]))
        stage.press(Key(.escape))
        #expect(stage.lines.contains { $0.contains("○ tidakada") && $0.contains("✗") }, "\(stage.picture)")
        #expect(stage.lines.contains { $0.contains("firman") && $0.contains("✗") }, "\(stage.picture)")
        #expect(stage.lines[0].contains("✗ 2 not sent"))
        stage.hear(.outbox(conversation("@tidakada"), []))
        #expect(!stage.lines.contains { $0.contains("○ tidakada") }, "\(stage.picture)")
        #expect(stage.lines[0].contains("✗ 1 not sent"))
    }

    @Test("what is written to somebody for the first time is a draft among the contacts")
    func firstDraft() {
        var stage = stage()
        stage.submit("/chat hantu")
        stage.type("belum selesai")
        stage.press(Key(.escape))
        #expect(stage.lines.contains { $0.contains("○ hantu") && $0.contains("draft") }, "\(stage.picture)")
    }

    @Test("a room is offered where its name was taken for a person's")
    func roomForPerson() throws {
        var stage = stage()
        stage.hear(.rooms([.init(room: try RoomName("progjar"), topic: "", members: 2, joined: false)]))
        stage.submit("/chat progjar")
        #expect(stage.shows("#progjar is a room: /join #progjar"))
    }

    @Test("what was cleared after it was saved stays cleared, whatever is done next")
    func clearedDraft() {
        var stage = stage()
        stage.submit("/chat firman")
        stage.type("abc def")
        stage.now = Timestamp(milliseconds: stage.now.milliseconds + 600)
        stage.happen(.deadline)
        #expect(stage.intents.contains("saveDraft @firman abc def"))
        stage.press(.control("c"))
        stage.forget()
        stage.submit("/log")
        #expect(stage.intents == ["saveDraft @firman "])
    }

    @Test("logging out names what is pending, and asks")
    func logOut() throws {
        var stage = stage()
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "n", .queued)]))
        stage.submit("/logout")
        #expect(stage.shows("Log out?") && stage.shows("firman (1)"))
        #expect(!stage.intents.contains("logOut"))
        stage.press(Key(.down), Key(.enter))
        #expect(stage.intents.contains("logOut"))
    }

    @Test("what the server does not take so far says why where it stands, and elsewhere once")
    func held() throws {
        var stage = stage()
        let full = ProtocolError(.internal, "The server's disk is full.")
        var item = try item("@firman", "n", .sending)
        stage.hear(.outbox(item.conversation, [item]))
        (item.state, item.refusal) = (.queued, full)
        stage.hear(.outbox(item.conversation, [item]))
        #expect(stage.shows("Not sent to firman yet, tried again by itself: The server's disk is full."), "\(stage.picture)")
        item.state = .sending
        stage.hear(.outbox(item.conversation, [item]))
        #expect(stage.state.journal.notes.map(\.count) == [1])
        stage.submit("/chat firman")
        #expect(stage.shows("not sent yet, tried again by itself:") && stage.shows("disk is full"), "\(stage.picture)")
        #expect(stage.lines.contains { $0.contains("halo") && $0.contains("◌") })

        var transfer = Transfer(id: 1, direction: .up, name: "bab1.pdf", conversation: nil, size: 100, done: 61, state: .running)
        stage.hear(.transfer(transfer))
        transfer.refusal = full
        stage.hear(.transfer(transfer))
        #expect(stage.shows("bab1.pdf does not get on, tried again by itself: The server's disk is full."), "\(stage.picture)")
    }

    @Test("what the server does not take so far can be discarded, and it is said that the server may have it")
    func discardHeld() throws {
        var stage = stage()
        stage.submit("/chat firman")
        var item = try item("@firman", "n", .queued)
        stage.hear(.outbox(item.conversation, [item]))
        stage.state.focusPane(.middle)
        stage.press(Key(.up), Key(.enter))
        #expect(stage.shows("Not sent yet"), "\(stage.picture)")
        #expect(stage.shows("goes out by itself") && !stage.shows("It was on its way already"), "\(stage.picture)")
        stage.press(Key(.escape))
        item.refusal = ProtocolError(.internal, "The server's disk is full.")
        item.mayHaveArrived = true
        stage.hear(.outbox(item.conversation, [item]))
        stage.press(Key(.enter))
        #expect(stage.shows("disk is full") && stage.shows("It was on its way already"), "\(stage.picture)")
        stage.press(Key(.enter))
        #expect(stage.intents.contains("discard n"))
        #expect(stage.shows("Discarded, but the server may have it") && !stage.shows("halo"), "\(stage.picture)")
        stage.state.focusPane(.compose)
        stage.press(.control("p"))
        #expect(stage.shows("halo"), "its text is in compose's history")
    }

    @Test("what was sent while its menu stood open is not said to be discarded")
    func discardTooLate() throws {
        var stage = stage()
        stage.submit("/chat firman")
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "n", .queued)]))
        stage.state.focusPane(.middle)
        stage.press(Key(.up), Key(.enter))
        stage.hear(.outbox(conversation("@firman"), []))
        stage.press(Key(.enter))
        #expect(stage.shows("it has just been sent") && !stage.intents.contains("discard n"), "\(stage.picture)")
    }

    private func transfer(_ id: Transfer.ID, _ name: String, _ state: Transfer.State) -> ClientEvent {
        .transfer(Transfer(id: id, direction: .up, name: name, conversation: nil, size: 100, done: 61, state: state))
    }

    @Test("logging out names the transfers that end with it, also those that could be tried again")
    func logOutAmidTransfers() {
        var stage = stage()
        stage.hear(transfer(1, "bab1.pdf", .failed(.notConnected)))
        stage.hear(transfer(2, "bab2.pdf", .done(path: nil)))
        stage.press(.control("q"))
        #expect(stage.quits, "what failed waits for the next time")
        stage.submit("/logout")
        #expect(stage.shows("they will be given up") && stage.shows("│ bab1.pdf (61 %)"), "\(stage.picture)")
        stage.press(Key(.escape))
        stage.hear(transfer(3, "bab3.pdf", .running))
        stage.submit("/logout")
        #expect(stage.shows("│ bab3.pdf (61 %), bab1.pdf (61 %)"), "\(stage.picture)")
        stage.press(Key(.enter))
        #expect(!stage.intents.contains("logOut"))
    }

    @Test("where nothing is kept, who quits is told what will be lost", arguments: [Notice.cacheInUse, .cacheFailed(.diskFull)])
    func nothingIsKept(_ notice: Notice) throws {
        var stage = stage()
        stage.hear(.notice(notice))
        stage.hear(.connection(.offline(reason: .nobodyListens, nextAttempt: nil)))
        let refused = OutboxItem.State.failed(ProtocolError(.forbidden, "No."))
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "n", .queued), try item("@firman", "m", refused)]))
        stage.hear(transfer(1, "bab1.pdf", .running))
        stage.press(.control("q"))
        #expect(stage.shows("they will be lost: firman (2)") && stage.shows("they will be given up"), "\(stage.picture)")
        stage.press(Key(.enter))
        #expect(!stage.quits)
        stage.hear(.signedOut(reason: ""))
        stage.hear(.signedIn(Account(server: .local, username: Stage.me, name: "Alam")))
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "n", .queued)]))
        stage.press(.control("q"))
        #expect(stage.shows("they will go out the next time"), "\(stage.picture)")
    }

    @Test("that nothing is kept is known from the first screen on")
    func nothingIsKeptFromTheBeginning() throws {
        var stage = Stage(isSignedIn: false)
        let account = Account(server: .local, username: Stage.me, name: "Alam")
        stage.happen(.opened(Stage.me, ClientSnapshot(account: account, cacheInUse: true)))
        #expect(stage.shows("drafts and unsent messages are not kept"))
        stage.hear(.outbox(conversation("@firman"), [try item("@firman", "n", .queued)]))
        stage.press(.control("q"))
        #expect(stage.shows("they will be lost: firman (1)"))
    }

    @Test("with nothing pending nobody is asked")
    func logOutAtOnce() {
        var stage = stage()
        stage.submit("/logout")
        #expect(stage.intents.contains("logOut"))
    }

    @Test("rooms that others made are looked for where rooms are looked for, now and then")
    func freshRooms() {
        var stage = stage()
        stage.hear(.connection(.online))
        stage.forget()
        stage.now = Timestamp(milliseconds: stage.now.milliseconds + 60_000)
        stage.state.focusPane(.compose)
        stage.press(.control("g"))
        #expect(stage.intents == ["listRooms"])
        stage.press(Key(.escape), .control("g"))
        #expect(stage.intents == ["listRooms"], "once in a while")
    }

    @Test("lists that cannot be asked for while offline need no words: the banner has them")
    func offlineLists() {
        var stage = stage()
        stage.hear(.connection(.offline(reason: .nobodyListens, nextAttempt: nil)))
        stage.hear(.refused(Refusal(subject: .list, .notConnected)))
        #expect(!stage.shows("Not connected"))
    }
}
