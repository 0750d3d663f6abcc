import ChatClient
import ChatProtocol
import ChatTerminal
import ChatTesting
import ChatText
import Testing

@testable import ChatTUI

@Suite("Compose")
struct ComposeTests {
    private func stage() -> Stage {
        var stage = Stage()
        stage.hear(.people([person("firman"), person("fira")]))
        stage.hear(.conversations([row("@firman", last: 1, read: 1, draft: "draf lama"), row("#progjar", last: 1, read: 1)]))
        return stage
    }

    @Test("drafts belong to their conversation and are saved a little after the last key")
    func drafts() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("belum")
        #expect(stage.intents.isEmpty)
        stage.wait(milliseconds: 299)
        #expect(stage.intents.isEmpty)
        stage.wait(milliseconds: 1)
        #expect(stage.intents == ["saveDraft #progjar belum"])
        stage.press(Key(.up, .alt))
        #expect(stage.state.composeEditor.text == "draf lama")
        stage.press(Key(.down, .alt))
        #expect(stage.state.composeEditor.text == "belum")
        #expect(stage.shows("draft"))
    }

    @Test("a draft is saved every few seconds, also while somebody types without a pause")
    func savedWhileTyping() {
        var stage = Stage()
        stage.submit("/chat firman")
        stage.forget()
        for _ in 0..<40 {
            stage.type("x")
            stage.wait(milliseconds: 200)
        }
        let saved = stage.intents.filter { $0.hasPrefix("saveDraft @firman x") }
        #expect(saved.count == 2, "\(stage.intents)")
    }

    @Test("a draft is saved at once when another conversation is opened, and when the program must end")
    func draftsAreSavedInTime() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("belum")
        stage.press(Key(.up, .alt))
        #expect(stage.intents.first == "saveDraft #progjar belum")
        stage.forget()
        stage.type("!")
        stage.happen(.ended)
        #expect(stage.intents == ["saveDraft @firman draf lama!"])
        #expect(stage.quits)
    }

    @Test("a command that was typed slowly does not come back as a draft")
    func commandsAreNoDrafts() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("/who")
        stage.wait(milliseconds: 300)
        #expect(stage.intents == ["saveDraft #progjar /who"])
        stage.press(Key(.enter))
        #expect(stage.intents.contains("saveDraft #progjar "))
        #expect(stage.state.directory.conversations[conversation("#progjar")]?.draft.isEmpty == true)
    }

    @Test("several lines are one message, and compose grows with them")
    func lines() {
        var stage = stage()
        stage.open("#progjar")
        let before = stage.state.layout.compose?.rows
        stage.type("satu")
        stage.press(.control("j"))
        stage.type("dua")
        stage.press(Key(.enter, .alt))
        stage.type("tiga")
        #expect(before == 1)
        #expect(stage.state.layout.compose?.rows == 3)
        stage.press(Key(.enter))
        #expect(stage.intents.first == "compose #progjar satu\ndua\ntiga")
    }

    @Test("a paste is shown before it is sent, without its control characters, as one message")
    func pasting() {
        var stage = stage()
        stage.open("#progjar")
        stage.happen(.input(.paste(Paste(text: "satu\r\ndua\rtiga\u{1B}[31m"))))
        #expect(stage.state.composeEditor.text == "satu\ndua\ntiga[31m")
        #expect(stage.shows("Lines pasted: 3; control characters removed: 1"))
        #expect(stage.intents.isEmpty)
        stage.press(Key(.enter))
        #expect(stage.intents.first == "compose #progjar satu\ndua\ntiga[31m")
    }

    @Test("a message that is too long is not sent and not lost")
    func tooLong() {
        var stage = stage()
        stage.open("#progjar")
        stage.happen(.input(.paste(Paste(text: String(repeating: "x", count: 17_000)))))
        #expect(stage.shows("As a file"))
        #expect(stage.shows("A message holds at most 16 KiB"))
        #expect(!stage.shows("As text"), "that is no way out")
        stage.press(Key(.escape), Key(.enter))
        #expect(stage.intents.isEmpty)
        #expect(stage.shows("at most 16 KiB"))
        #expect(stage.state.composeEditor.characters.count == 17_000)
    }

    @Test("a long paste goes as a file once that stands on disk, and leaves compose then")
    func pasteAsFile() throws {
        var stage = stage()
        stage.open("#progjar")
        stage.type("lihat: ")
        let text = Array(repeating: "baris", count: 101).joined(separator: "\r\n")
        stage.happen(.input(.paste(Paste(text: text))))
        #expect(stage.shows("lines: 101,"))
        #expect(stage.shows("As text"))
        stage.press(Key(.enter))
        let inquiry = try #require(stage.looks.last)
        guard case .keep(let kept) = inquiry.subject else { return #expect(Bool(false)) }
        #expect(kept == Array(repeating: "baris", count: 101).joined(separator: "\n"))
        #expect(stage.state.composeEditor.text.hasPrefix("lihat: baris"))
        stage.find("/home/alam/pasted.txt")
        #expect(stage.intents.last == "upload /home/alam/pasted.txt #progjar")
        #expect(stage.state.composeEditor.text == "lihat: ")
    }

    @Test("Tab completes commands, people and rooms, and changes panes where there is nothing to complete")
    func completion() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("/le")
        stage.press(Key(.tab))
        #expect(stage.state.composeEditor.text == "/leave ")
        stage.press(.control("u"))
        stage.type("halo @fi")
        stage.press(Key(.tab))
        #expect(stage.state.composeEditor.text == "halo @fir")
        #expect(stage.shows("@fira  @firman"))
        stage.type("m")
        stage.press(Key(.tab))
        #expect(stage.state.composeEditor.text == "halo @firman ")
        stage.press(Key(.tab))
        #expect(stage.state.focus == .files)
    }

    @Test("^C clears, ^_ brings it back, and on nothing it says how to quit")
    func interrupt() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("panjang sekali")
        stage.press(.control("c"))
        #expect(stage.state.composeEditor.isEmpty)
        #expect(stage.shows("^_ brings it back"))
        stage.press(.control("_"))
        #expect(stage.state.composeEditor.text == "panjang sekali")
        stage.press(.control("c"), .control("c"))
        #expect(stage.shows("^Q quits"))
        #expect(!stage.quits)
    }

    @Test("Esc goes back to the inbox and keeps the draft")
    func escape() {
        var stage = stage()
        stage.open("#progjar")
        stage.type("nanti")
        stage.press(Key(.escape))
        #expect(stage.state.conversation == nil)
        #expect(stage.intents.contains("saveDraft #progjar nanti"))
        #expect(stage.shows("draft"))
    }

    @Test("an unknown command says so and stays to be corrected; two slashes are text")
    func commands() {
        var stage = stage()
        stage.open("#progjar")
        stage.submit("/jion x")
        #expect(stage.shows("There is no command /jion"))
        #expect(stage.state.composeEditor.text == "/jion x")
        stage.press(.control("u"))
        stage.submit("/join")
        #expect(stage.shows("Usage: /join ROOM"))
        stage.press(.control("u"))
        stage.submit("//join")
        #expect(stage.intents == ["compose #progjar /join", "saveDraft #progjar "])
    }

    @Test("letters typed elsewhere go to compose")
    func home() {
        var stage = stage()
        stage.open("#progjar")
        stage.state.focusPane(.middle)
        stage.type("h")
        #expect(stage.state.focus == .compose)
        stage.state.focusPane(.files)
        stage.type("i")
        #expect(stage.state.composeEditor.text == "hi")
    }
}

@Suite("Overlays and leaving")
struct OverlayTests {
    @Test("F1 lists every key and command, and searching finds one")
    func help() {
        var stage = Stage(columns: 120, rows: 36)
        stage.press(Key(.function(1)))
        #expect(stage.shows("/join ROOM"))
        stage.type("suspend")
        #expect(stage.shows("^Z"))
        #expect(!stage.shows("/join ROOM"))
        stage.press(Key(.escape))
        #expect(stage.state.overlays.isEmpty)
        let lines = stage.state.helpLines(matching: "")
        let text = lines.map(\.text).joined(separator: " ")
        for binding in KeyMap.standard.bindings { #expect(text.contains(binding.action.help.english)) }
    }

    @Test("Go to finds conversations, people, rooms and commands by a few letters")
    func goTo() {
        var stage = Stage()
        stage.hear(.people([person("firman"), person("dewi", "Dewi Lestari")]))
        stage.hear(.conversations([row("#progjar", last: 1, read: 1)]))
        stage.press(.control("g"))
        stage.submit("prj")
        #expect(stage.state.conversation?.name == conversation("#progjar"))
        stage.press(.control("g"))
        stage.submit("lestari")
        #expect(stage.state.conversation?.name == conversation("@dewi"))
        stage.press(.control("g"))
        stage.submit("join")
        #expect(stage.state.composeEditor.text == "/join ")
        #expect(FuzzyMatch.score("xyz", in: "progjar") == nil)
    }

    @Test("quitting asks only if something is on its way")
    func quitting() {
        var stage = Stage()
        stage.press(.control("q"))
        #expect(stage.quits)

        stage = Stage()
        let item = OutboxItem(
            id: try! Nonce("n"), conversation: conversation("@firman"), text: try! MessageText("x"), ref: nil, time: stage.now,
            state: .queued)
        stage.hear(.outbox(conversation("@firman"), [item]))
        stage.press(.control("q"))
        #expect(!stage.quits)
        #expect(stage.shows("not sent yet"))
        #expect(stage.shows("firman (1)"), "it is named")
        stage.press(Key(.enter))
        #expect(!stage.quits)
        stage.press(.control("q"), .control("q"))
        #expect(stage.quits)
    }

    @Test("who quits is told the names of the files that are on their way")
    func quittingAmidTransfers() {
        var stage = Stage()
        for id in 1...5 {
            stage.hear(
                .transfer(
                    Transfer(
                        id: id, direction: .up, name: "bab\(id).pdf", conversation: nil, size: 100, done: 61, state: .running)))
        }
        stage.press(.control("q"))
        #expect(!stage.quits)
        #expect(stage.shows("bab5.pdf (61 %), bab4.pdf (61"))
        #expect(stage.shows("+2"))
        stage.press(Key(.down), Key(.enter))
        #expect(stage.quits)
    }

    @Test("^D in an empty compose quits, and deletes forward where something is written")
    func endOfFile() {
        var stage = Stage()
        stage.type("ab")
        stage.press(.control("a"), .control("d"))
        #expect(stage.state.composeEditor.text == "b")
        #expect(!stage.quits)
        stage.press(.control("d"), .control("d"))
        #expect(stage.quits)
    }

    @Test("being offline is a banner with the next attempt, not a stop")
    func offline() {
        var stage = Stage()
        stage.hear(
            .connection(
                .offline(reason: .nobodyListens, nextAttempt: Timestamp(milliseconds: stage.now.milliseconds + 4500))))
        #expect(stage.lines[0].contains("Offline: no server runs at that address — next attempt in 5 s"))
        #expect(stage.state.nextDeadline == Timestamp(milliseconds: stage.now.milliseconds + 500))
        stage.wait(milliseconds: 500)
        #expect(stage.lines[0].contains("in 4 s"))
        stage.submit("/chat firman")
        stage.submit("tetap bisa")
        #expect(stage.intents.contains("compose @firman tetap bisa"))
        stage.hear(.connection(.online))
        #expect(stage.lines[0].contains("● online"))
    }

    @Test("idle there is nothing to wake up for but the clock's next minute, and nothing at all where it is not shown")
    func asleep() {
        let stage = Stage()
        #expect(stage.state.nextDeadline == Timestamp(milliseconds: stage.now.milliseconds + 60_000))
        #expect(Stage(columns: 30).state.nextDeadline == nil)
        #expect(Stage(isSignedIn: false).state.nextDeadline == nil)
    }

    @Test("members of a room are listed when they come")
    func members() {
        var stage = Stage()
        stage.submit("/who #progjar")
        #expect(stage.intents == ["listMembers #progjar"])
        stage.hear(.members(try! RoomName("progjar"), [person("firman"), person("dewi", "Dewi \u{1B}[31m", online: false)]))
        #expect(stage.shows("Members of #progjar"))
        #expect(stage.shows("○ dewi"))
        stage.press(Key(.escape))
        #expect(stage.state.overlays.isEmpty)
    }

    @Test("a refusal says what happened, in the bottom line")
    func refusals() {
        var stage = Stage()
        stage.hear(.refused(Refusal(subject: .join(try! RoomName("x")), .refused(ProtocolError(.forbidden, "You are banned.")))))
        #expect(stage.lines.last?.contains("You are banned.") == true)
        stage.press(Key(.left))
        #expect(stage.lines.last?.contains("You are banned.") == false)
    }

    @Test("the mouse focuses, chooses and scrolls")
    func mouse() {
        var stage = Stage()
        stage.hear(.conversations([row("@firman", last: 1, read: 1), row("@dewi", last: 1, read: 1)]))
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: Position(row: 5, column: 4)))))
        #expect(stage.state.focus == .contacts)
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: Position(row: 5, column: 4)))))
        #expect(stage.state.conversation?.name == conversation("@firman"))
        stage.happen(.input(.mouse(MouseEvent(.wheelUp, at: Position(row: 5, column: 40)))))
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: Position(row: 500, column: 400)))))
    }

    @Test("whatever is pressed in whatever size, a screen is drawn", arguments: 0..<4 as Range<UInt64>)
    func monkey(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var stage = Stage()
        stage.hear(.people([person("firman"), person("dewi")]))
        stage.hear(.conversations([row("@firman", last: 3, unread: 3), row("#progjar", last: 1, read: 1)]))
        let keys = KeyMap.standard.bindings.flatMap(\.keys)
        for _ in 0..<250 {
            switch Int.random(in: 0..<11, using: &random) {
            case 0: stage.type(["a", "日", "/", "#", "@f", " "].randomElement(using: &random) ?? "")
            case 1:
                stage.happen(
                    .resized(Size(columns: .random(in: 0...130, using: &random), rows: .random(in: 0...40, using: &random))))
            case 2: stage.hear(.page(page("@firman", [entry("@firman", 3, from: "firman", "hai\n日本語")])))
            case 3:
                let place = Position(row: .random(in: 0..<40, using: &random), column: .random(in: 0..<130, using: &random))
                let actions: [MouseEvent.Action] = [.press(.left), .drag(.left), .release(.left), .wheelUp, .wheelDown]
                actions.randomElement(using: &random).map { stage.happen(.input(.mouse(MouseEvent($0, at: place)))) }
            case 4:
                stage.paste("/tmp/\(Int.random(in: 0..<9, using: &random))")
                let entries = (0..<30).map { FolderListing.Entry(name: "f\($0)", isFolder: $0 < 9) }
                stage.find(
                    Bool.random(using: &random) ? .folder(FolderListing(path: "/tmp", entries: entries)) : .nothing(.notFound))
                stage.find(.file(LocalFile(path: "/tmp/f", size: 1)))
            case 5:
                let id = Int.random(in: 1...5, using: &random)
                let states: [Transfer.State] = [.waiting, .running, .cancelled, .done(path: "/x"), .failed(.notConnected)]
                let state = states.randomElement(using: &random) ?? .waiting
                stage.hear(
                    .transfer(
                        Transfer(id: id, direction: .down, name: "x", conversation: nil, size: 9, done: 3, state: state)))
            case 6:
                stage.happen(.themes(["mono", "obrol-dark"]))
                stage.hear(.connection(Bool.random(using: &random) ? .online : .offline(reason: .lost, nextAttempt: nil)))
                stage.hear(.notice(.cacheInUse))
                guard case .find(let view)? = stage.state.overlays.last else {
                    if Bool.random(using: &random), stage.state.overlays.count < 5 { stage.state.run(.log) }
                    break
                }
                let hits = (1...9).map { entry("@firman", $0, from: "firman", "kata a日 \($0)") }
                stage.hear(.found(Found(text: view.text, conversation: view.place, entries: hits, next: nil)))
            default: keys.randomElement(using: &random).map { stage.press($0) }
            }
            #expect(stage.grid.size == stage.state.size)
        }
    }
}
