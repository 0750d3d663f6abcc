import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Foundation
import Testing

@testable import ChatTUI

@Suite("The log")
struct LogTests {
    @Test("an empty log says so, and where the whole one is")
    func empty() {
        var stage = Stage()
        stage.submit("/log")
        #expect(stage.shows("Nothing went wrong so far"))
        #expect(stage.shows("Full log: /home/alam/.local/state/obrol/obrol.log"))
    }

    @Test("every warning that was missed can be read again, with its time, the newest last")
    func warnings() {
        var stage = Stage()
        stage.hear(.connection(.offline(reason: .nobodyListens, nextAttempt: nil)))
        stage.hear(.connection(.connecting))
        stage.hear(.connection(.offline(reason: .nobodyListens, nextAttempt: nil)))
        stage.wait(milliseconds: 60_000)
        stage.hear(.connection(.online))
        stage.hear(.notice(.cacheFailed(.diskFull)))
        stage.hear(.refused(Refusal(subject: .list, .refused(ProtocolError(.rateLimited, "Slow down.")))))
        stage.hear(.refused(Refusal(subject: .list, .refused(ProtocolError(.rateLimited, "Slow down.")))))
        stage.submit("/nonsense")
        stage.press(.control("u"))
        stage.submit("/log")
        let shown = stage.lines.filter { $0.contains("12:4") && !$0.contains("obrol  localhost") }
        let expected = [
            "12:41 Offline: no server runs", "12:42 Online again", "12:42 The local cache could not be written",
            "12:42 Slow down. (×2)", "12:42 There is no command /nonsense",
        ]
        #expect(shown.count == expected.count, "\(stage.picture)")
        var rest = shown.joined(separator: "\n")[...]
        for text in expected {
            let range = rest.range(of: text)
            #expect(range != nil, "\(text) is not, or not there, in\n\(stage.picture)")
            if let range { rest = rest[range.upperBound...] }
        }
    }

    @Test("a message that fails is in the log, and announced where it does not stand")
    func failures() throws {
        var stage = Stage()
        var item = OutboxItem(
            id: try Nonce("n"), conversation: conversation("@firman"), text: try MessageText("hai"), ref: nil, time: stage.now,
            state: .sending)
        stage.hear(.outbox(item.conversation, [item]))
        item.state = .failed(ProtocolError(.noSuchUser, "There is no firman."))
        stage.hear(.outbox(item.conversation, [item]))
        #expect(stage.shows("Not sent to firman: There is no firman."))
        stage.hear(.outbox(item.conversation, [item]))
        let earlier = OutboxItem(
            id: try Nonce("m"), conversation: conversation("@firman"), text: try MessageText("hai"), ref: nil, time: stage.now,
            state: .failed(ProtocolError(.noSuchUser, "There is no firman.")))
        stage.hear(.outbox(item.conversation, [item, earlier]))
        #expect(stage.state.journal.notes.map(\.count) == [1], "once, and not for what failed in an earlier life")
        stage.hear(
            .transfer(
                Transfer(
                    id: 1, direction: .up, name: "a.txt", conversation: nil, size: 1, done: 0, state: .failed(.goneFromServer))))
        #expect(stage.state.journal.notes.count == 2)
    }

    @Test("it scrolls by lines and pages, stops at its ends, and stays where it is read while more comes")
    func scrolling() {
        var stage = Stage()
        for number in 1...60 { stage.state.announce(Sentence(verbatim: "problem \(number)."), isWarning: true) }
        stage.submit("/log")
        #expect(stage.shows("problem 60."))
        stage.press(Key(.up))
        #expect(!stage.shows("problem 60.") && stage.shows("problem 59."))
        stage.hear(.notice(.cacheInUse))
        #expect(stage.shows("problem 59.") && !stage.shows("problem 60."), "what is read does not move")
        stage.press(Key(.home))
        #expect(stage.shows("problem 1."))
        let top = stage.lines
        stage.press(Key(.pageUp), Key(.up))
        #expect(stage.lines == top)
        stage.press(Key(.down))
        #expect(!stage.shows("problem 1."), "what was struck too much at the top is not owed")
        stage.press(Key(.pageDown), Key(.pageDown), Key(.pageDown), Key(.pageDown), Key(.pageDown))
        #expect(stage.shows("drafts and unsent messages"))
        stage.press(Key(.escape))
        #expect(stage.state.overlays.isEmpty)
    }

    @Test("it is bounded")
    func bounded() {
        var journal = Journal()
        for number in 1...500 { journal.add(Sentence(verbatim: "\(number)"), at: .init(milliseconds: 0), isWarning: true) }
        #expect(journal.notes.count == Journal.capacity)
        #expect(journal.notes.last?.sentence.english == "500")
    }
}
