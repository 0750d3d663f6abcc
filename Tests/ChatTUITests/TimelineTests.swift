import ChatClient
import ChatProtocol
import ChatTesting
import TerminalText
import Testing

@testable import ChatTUI

@Suite("A timeline")
struct TimelineTests {
    private static let me = try! Username("alam")

    private func timeline() -> Timeline {
        Timeline(conversation("#progjar"), me: Self.me, clock: WallClock())
    }

    /// Messages, files and comings and goings of three people, with pauses in which a day may pass.
    private func history(_ count: Int64, _ generator: inout SeededGenerator) -> [Entry] {
        var minute: Int64 = 0
        return (1...count).map { seq in
            minute += [0, 1, 4, 30, 900].randomElement(using: &generator) ?? 0
            let author = ["alam", "firman", "dewi"].randomElement(using: &generator) ?? ""
            let kinds: [Entry.Kind] = [.message, .message, .message, .file(file("a.pdf")), .member(.joined), .unknown("poll")]
            return entry(
                "#progjar", seq, from: author, "pesan \(seq)", minute: minute,
                kind: kinds.randomElement(using: &generator) ?? .message,
                nonce: author == "alam" ? "n\(seq)" : nil)
        }
    }

    private func waiting(_ seq: Int64) throws -> OutboxItem {
        OutboxItem(
            id: try Nonce("n\(seq)"), conversation: conversation("#progjar"), text: try MessageText("pesan \(seq)"), ref: nil,
            time: Timestamp(milliseconds: 1_779_354_720_000), state: .queued)
    }

    @Test("what came piece by piece looks as if it had come at once")
    func pieces() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let entries = history(120, &generator)
            let ruler = Int.random(in: 0...120, using: &generator)
            var pieces = timeline()
            var whole = timeline()
            if ruler > 0 {
                pieces.setRuler(after: Seq(unchecked: Int64(ruler)), count: 7)
                whole.setRuler(after: Seq(unchecked: Int64(ruler)), count: 7)
            }
            var rest = entries[...]
            pieces.take(page("#progjar", Array(rest.prefix(20))), askedThrough: .zero)
            rest = rest.dropFirst(20)
            while !rest.isEmpty {
                // What waits stands below, and goes when its entry comes.
                let next = Int64.random(in: 1...130, using: &generator)
                pieces.take(outbox: Bool.random(using: &generator) ? [try waiting(next)] : [])
                let count = Int.random(in: 1...9, using: &generator)
                let after = pieces.loadedThrough
                pieces.take(page("#progjar", Array(rest.prefix(count)), .after(after, at: nil)), askedThrough: .zero)
                rest = rest.dropFirst(count)
            }
            for seq in 1...130 { pieces.discard(try Nonce("n\(seq)")) }
            whole.take(page("#progjar", entries), askedThrough: .zero)
            #expect(pieces.items == whole.items, "seed \(seed)")
            #expect(pieces.ids == whole.items.map(\.id), "seed \(seed)")
        }
    }
}
