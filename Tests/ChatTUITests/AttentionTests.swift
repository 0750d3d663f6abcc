import ChatClient
import ChatProtocol
import ChatTerminal
import ChatTesting
import Foundation
import Testing

@testable import ChatTUI

/// Whether a message that comes is told of, and how.
@Suite("Notifications")
struct AttentionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var name = "@firman"
        var mentions = 0
        var author = "firman"
        var hasFocus = false
        var opens: String?
        var hindrance: Hindrance?
        var level: NotifyLevel?
        var isMuted = false
        var isCatchingUp = false
        var unread = 1
        let rings: Bool
    }

    static let cases = [
        Case(testDescription: "a direct message while one looks elsewhere", rings: true),
        Case(
            testDescription: "a direct message while one looks at another conversation", hasFocus: true, opens: "#progjar",
            rings: true),
        Case(testDescription: "a direct message while one looks at it", hasFocus: true, opens: "@firman", rings: false),
        Case(testDescription: "a direct message to the open conversation of an unseen terminal", opens: "@firman", rings: true),
        Case(
            testDescription: "a direct message while help lies over it", hasFocus: true, opens: "@firman", hindrance: .overlay,
            rings: true),
        Case(
            testDescription: "a direct message while the window is too small", hasFocus: true, opens: "@firman",
            hindrance: .smallWindow, rings: true),
        Case(
            testDescription: "a direct message while another pane has the screen", hasFocus: true, opens: "@firman",
            hindrance: .otherPane, rings: true),
        Case(testDescription: "talk in a room", name: "#progjar", rings: false),
        Case(testDescription: "a mention in a room", name: "#progjar", mentions: 1, rings: true),
        Case(
            testDescription: "a mention in the open room of a seen terminal", name: "#progjar", mentions: 1, hasFocus: true,
            opens: "#progjar", rings: false),
        Case(testDescription: "what one wrote on another device", author: "alam", unread: 0, rings: false),
        Case(testDescription: "while catching up", isCatchingUp: true, rings: false),
        Case(testDescription: "a room of which everything is wanted", name: "#progjar", level: .all, rings: true),
        Case(testDescription: "a person of whom only mentions are wanted", level: .mentions, rings: false),
        Case(testDescription: "a mention where nothing is wanted", name: "#progjar", mentions: 1, level: .nothing, rings: false),
        Case(testDescription: "a muted conversation", isMuted: true, rings: false),
        Case(testDescription: "a mention in a muted room", name: "#progjar", mentions: 1, isMuted: true, rings: false),
    ]

    private func stage(_ levels: [ConversationName: NotifyLevel] = [:]) -> Stage {
        var stage = Stage()
        stage.hear(.people([person("firman")]))
        stage.hear(.conversations([row("@firman", last: 1, read: 1), row("#progjar", last: 1, read: 1)]))
        stage.happen(.notifyLevels(levels))
        return stage
    }

    @Test("a message is told of when it should be", arguments: cases)
    func table(_ each: Case) {
        let name = conversation(each.name)
        var stage = stage(each.level.map { [name: $0] } ?? [:])
        if each.isMuted { stage.hear(.changed(row(each.name, last: 1, read: 1, muted: true))) }
        if let opens = each.opens { stage.submit("/chat \(opens)") }
        each.hindrance?.begin(&stage)
        stage.happen(.input(.focus(each.hasFocus)))
        if each.isCatchingUp { stage.hear(.catchingUp(true)) }
        stage.forget()
        stage.hear(
            .changed(
                row(
                    each.name, last: 2, read: 1, unread: each.unread, mentions: each.mentions,
                    lastEntry: entry(each.name, 2, from: each.author, "hai **semua**"), muted: each.isMuted)))
        let expected = each.name == "@firman" ? "alert firman: hai **semua**" : "alert #progjar: firman: hai **semua**"
        #expect(stage.wishes == (each.rings ? [expected] : []))
    }

    @Test("a burst is told of once, and what comes later again")
    func burst() {
        var stage = stage()
        stage.happen(.input(.focus(false)))
        stage.forget()
        for number in 2...20 {
            stage.hear(.changed(row("@firman", last: Int64(number), read: 1, unread: number - 1)))
        }
        #expect(stage.wishes == ["alert firman: 1 new"])
        stage.wait(milliseconds: State.alertMilliseconds)
        stage.hear(.changed(row("@firman", last: 21, read: 1, unread: 20)))
        #expect(stage.wishes.count == 2)
    }

    @Test("what was read elsewhere, and drafts, tell of nothing")
    func notNews() {
        var stage = stage()
        stage.happen(.input(.focus(false)))
        stage.hear(.changed(row("@firman", last: 5, read: 1, unread: 4)))
        stage.wait(milliseconds: 60_000)
        stage.forget()
        stage.hear(.changed(row("@firman", last: 5, read: 5)))
        stage.hear(.changed(row("@firman", last: 5, read: 5, draft: "x")))
        stage.hear(.conversations([row("@firman", last: 9, read: 5, unread: 4)]))
        #expect(stage.wishes.isEmpty)
    }

    @Test("/notify says what is so, changes it, and it is remembered for this account")
    func levels() {
        var stage = stage()
        #expect(stage.state.notifyLevel(of: conversation("@firman")) == .all)
        stage.submit("/chat #progjar")
        stage.submit("/notify")
        #expect(stage.shows("#progjar: only mentions notify"))
        stage.forget()
        stage.submit("/notify none")
        #expect(stage.wishes == ["keepNotifyLevels #progjar none"])
        #expect(stage.shows("#progjar: nothing notifies"))
        #expect(stage.shows("# progjar   muted") || stage.lines.contains { $0.contains("# progjar") && $0.contains("muted") })
        stage.submit("/notify sometimes")
        #expect(stage.shows("Usage: /notify [all|mentions|none]"))
        stage.press(.control("u"))
        stage.type("/notify m")
        stage.press(Key(.tab))
        #expect(stage.state.composeEditor.text == "/notify mentions ")
    }

    @Test("levels are asked for with the account and forgotten with it")
    func account() {
        var stage = Stage(isSignedIn: false)
        stage.hear(.signedIn(Account(server: .local, username: Stage.me, name: "Alam")))
        #expect(stage.wishes.contains("loadNotifyLevels alam"))
        stage.happen(.notifyLevels([conversation("@firman"): .nothing]))
        stage.hear(.signedOut(reason: ""))
        #expect(stage.state.notifyLevels.isEmpty)
    }

    @Test("levels are kept on disk for each account, for its owner alone")
    func onDisk() throws {
        let root = try TemporaryFolder.make("levels")
        defer { try? FileManager.default.removeItem(atPath: root) }
        let paths = ClientPaths(root: root)
        let levels: [ConversationName: NotifyLevel] = [conversation("#progjar"): .nothing, conversation("@firman"): .mentions]
        #expect(paths.notifyLevels(of: Stage.me, at: .local).isEmpty)
        try paths.keep(levels, of: Stage.me, at: .local)
        #expect(paths.notifyLevels(of: Stage.me, at: .local) == levels)
        #expect(paths.notifyLevels(of: try Username("firman"), at: .local).isEmpty)
    }

    @Test("the window's title says what is unread and where one is")
    func title() {
        var stage = Stage(isSignedIn: false)
        #expect(stage.state.windowTitle == "obrol")
        stage = self.stage()
        stage.hear(.changed(row("@firman", last: 4, read: 1, unread: 3)))
        #expect(stage.state.windowTitle == "(3) obrol")
        stage.submit("/chat #progjar")
        #expect(stage.state.windowTitle == "(3) #progjar — obrol")
    }
}
