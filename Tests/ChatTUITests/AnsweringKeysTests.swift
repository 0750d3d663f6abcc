import ChatClient
import ChatProtocol
import ChatTerminal
import Testing

@testable import ChatTUI

/// A key that cannot act says why: nobody is left to wonder whether it was struck.
@Suite("Keys that cannot act")
struct AnsweringKeysTests {
    enum Scene: String, CaseIterable, Sendable {
        case nothing, emptyConversation, conversation, inbox
    }

    private static func stage(_ scene: Scene, _ pane: Pane, columns: Int = 120) -> Stage {
        var stage = Stage(columns: columns)
        switch scene {
        case .nothing: stage.hear(.conversations([]))
        case .emptyConversation: stage.submit("/chat firman")
        case .conversation:
            stage.hear(.conversations([row("@firman", last: 1, read: 1)]))
            stage.submit("/chat firman")
            stage.hear(.page(page("@firman", [entry("@firman", 1, from: "firman", "hai")])))
        case .inbox:
            stage.hear(.conversations([row("@firman", last: 1, unread: 1)]))
            stage.hear(.page(page("@firman", [entry("@firman", 1, from: "firman", "hai")], .after(.zero, at: nil))))
        }
        stage.state.focusPane(pane)
        stage.happen(.deadline)
        stage.forget()
        return stage
    }

    /// At the edge of a text everybody knows why the caret stays, and Esc may be struck to be sure.
    private static let silent: Set<Action> = [
        .moveLeft, .moveRight, .moveWordLeft, .moveWordRight, .moveLineStart, .moveLineEnd, .deleteBackward, .deleteForward,
        .killWord, .killWordRight, .killToStart, .killToEnd, .yank, .leaveCompose, .backToCompose, .clearFilterOrCompose,
    ]

    @Test("in every pane every key does something or says why not", arguments: Scene.allCases, Pane.allCases)
    func panes(scene: Scene, pane: Pane) {
        let map = KeyMap.standard
        let context = Self.stage(scene, pane).state.keyContext
        for key in Set(map.bindings.flatMap(\.keys)) {
            guard let action = map.action(for: key, in: context), !Self.silent.contains(action) else { continue }
            var stage = Self.stage(scene, pane)
            let before = stage.grid
            stage.press(key)
            let answers = stage.grid != before || !stage.effects.isEmpty || stage.state.announcement != nil
            if !answers { Issue.record("\(key.label) (\(action)) is silent") }
        }
    }

    @Test("a key that is bound nowhere here says so, and where the keys are listed")
    func unbound() {
        var stage = Self.stage(.nothing, .compose)
        stage.press(.control("s"))
        #expect(stage.shows("^S does nothing here; F1 lists the keys"))
        stage.press(Key(.function(1)), Key(.function(8)))
        #expect(stage.shows("F8 does nothing here"))
    }

    @Test("what the bottom line says of a state goes with the state, without a key")
    func stale() {
        var stage = Self.stage(.conversation, .compose)
        stage.hear(.notice(.serverRestarting))
        stage.hear(.connection(.offline(reason: .lost, nextAttempt: nil)))
        #expect(stage.shows("The server restarts"))
        stage.hear(.connection(.connecting))
        stage.hear(.connection(.online))
        #expect(!stage.shows("The server restarts"))
        stage.submit("/reconnect")
        #expect(stage.shows("The server is there"))
        stage.hear(.connection(.connecting))
        #expect(!stage.shows("The server is there"))
        stage.press(Key(.function(8)))
        #expect(stage.lines.last?.contains("Nothing unread") == true)
        stage.hear(.changed(row("@dewi", last: 1, unread: 1)))
        #expect(!stage.shows("Nothing unread"))
    }

    @Test("what is looked for in the help is found by its key and by what it does, in commands and keys")
    func help() {
        var stage = Stage()
        stage.press(Key(.function(1)))
        stage.type("unread")
        #expect(stage.shows("F8 Alt-a"))
        #expect(!stage.shows("/join"))
        stage.press(.control("u"))
        stage.type("/theme")
        #expect(stage.shows("choose how everything looks"))
        stage.press(.control("u"))
        stage.type("^r")
        #expect(stage.shows("find what was said here"))
        stage.type("xyz")
        #expect(stage.shows("Nothing found"))
    }

    @Test("Go to finds people, rooms, files and commands")
    func goTo() {
        var stage = Stage()
        stage.hear(.people([person("firman", "Firman A.")]))
        stage.hear(.rooms([.init(room: try! RoomName("umum"), topic: "apa saja", members: 3, joined: false)]))
        stage.hear(.conversations([row("#progjar", last: 1, read: 1)]))
        stage.open("#progjar")
        stage.hear(
            .page(page("#progjar", [entry("#progjar", 1, from: "firman", "", kind: .file(file("laporan akhir.pdf")))])))
        let shared = SharedEntry(
            file: file("laporan akhir.pdf"), author: try! Username("firman"), authorName: "Firman", seq: Seq(unchecked: 1),
            time: stage.now)
        stage.hear(.shared(conversation("#progjar"), [shared]))
        for (typed, shown) in [
            ("firm", "@firman"), ("apa saja", "#umum"), ("lapakhir", "laporan akhir.pdf"), ("leave", "/leave"),
            ("temukan", "Nothing found"),
        ] {
            stage.press(.control("g"))
            stage.type(typed)
            #expect(stage.shows(shown), "\(typed):\n\(stage.picture)")
            stage.press(Key(.escape))
        }
        stage.press(.control("g"))
        stage.submit("laporan")
        #expect(stage.shows("Get the file"))
        stage.press(Key(.enter))
        #expect(stage.intents.contains("download laporan akhir.pdf"))
    }
}
