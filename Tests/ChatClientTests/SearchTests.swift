import ChatProtocol
import ChatTesting
import Foundation
import GRDB
import Testing

@testable import ChatClient

@Suite("Finding in the cache", .serialized)
struct SearchTests {
    private let firman = try! ConversationName("firman")
    private let room = try! ConversationName("#progjar")

    private func entry(_ conversation: ConversationName, _ seq: Int64, at time: Int64, _ text: String) -> Entry {
        Entry(
            conversation: conversation, seq: Seq(unchecked: seq), author: try! Username("chendra"), authorName: "Chendra",
            text: text, time: Timestamp(milliseconds: time))
    }

    private func cache(_ entries: [Entry]) throws -> Cache {
        let cache = try Cache(try Username("alam"), handicap: nil)
        try cache.wait { rows in
            try rows.save(entries)
            for conversation in Set(entries.map(\.conversation)) {
                try rows.save(ConversationState(conversation: conversation, title: ""), unsentRead: nil)
            }
        }
        return cache
    }

    private func find(
        _ text: String, in conversation: ConversationName? = nil, before place: Found.Place? = nil, limit: Int = 10,
        _ cache: Cache
    ) throws -> (found: Found, steps: Int) {
        try cache.wait { rows in
            var search = TextSearch(text, in: conversation, before: place, limit: limit)
            var steps = 0
            while !search.isOver {
                try search.advance(in: rows)
                steps += 1
            }
            return (try search.answer(in: rows), steps)
        }
    }

    @Test(
        "words are found whichever way they are spelt",
        arguments: [
            ("cafe", "Di Café saja", true), ("CAFÉ", "cafe\u{301} saja", true), ("tugas prog", "Programming: tugas 3", true),
            ("tugas besok", "tugas 3", false), ("o", "Ångström Ø", true), ("жук", "ЖУК", true), ("ぶ", "ぶん", true),
            ("aab", "aaab", true), ("halo", "hal", false), ("กิน", "กน", false), ("😀", "ok 😀", true),
        ])
    func spelling(question: String, text: String, expected: Bool) {
        var words = SearchWords(question)
        #expect(words.allOccur(in: text) == expected)
    }

    @Test("entries of all conversations come newest first, page after page, each once")
    func allConversations() throws {
        let cache = try cache(
            (1...30).map { entry(firman, $0, at: $0 * 10, "halo \($0)") }
                + (1...30).map { entry(room, $0, at: $0 * 10 + 5, "HALO") }
                + [entry(room, 31, at: 999, "lain")])
        var times: [Int64] = []
        var place: Found.Place?
        repeat {
            let found = try find("halo", before: place, limit: 7, cache).found
            #expect(found.entries.count <= 7)
            times += found.entries.map(\.time.milliseconds)
            place = found.next
        } while place != nil
        let expected: [Int64] = (1...30).reversed().flatMap { [$0 * 10 + 5, $0 * 10] }
        #expect(times == expected)
    }

    @Test("one conversation is searched alone, and files by their names")
    func oneConversation() throws {
        let file = SharedFile(
            id: try FileID(String(repeating: "a", count: 26)), label: try FileLabel("Laporan Akhir.pdf"), size: 7,
            sha256: try ContentHash(String(repeating: "0", count: 64)))
        var shared = entry(room, 2, at: 2, "")
        shared.kind = .file(file)
        var joined = entry(room, 3, at: 3, "laporan")
        joined.kind = .member(.joined)
        let cache = try cache([entry(room, 1, at: 1, "laporan?"), shared, joined, entry(firman, 1, at: 4, "laporan")])
        let found = try find("laporan", in: room, cache).found
        #expect(found.entries.map(\.seq.value) == [2, 1])
        #expect(found.text == "laporan" && found.conversation == room && found.next == nil)
        #expect(try find("laporan", cache).found.entries.count == 3)
        #expect(try find("  ", cache).found == Found(text: "  ", conversation: nil, entries: [], next: nil))
    }

    @Test("one answer looks at a bounded part in short steps, and says that there is more")
    func bounded() throws {
        let cache = try cache((1...110_000).map { entry(firman, $0, at: $0, $0 == 1 ? "jarum" : "jerami") })
        let (first, steps) = try find("jarum", cache)
        #expect(first.entries.isEmpty)
        #expect(steps == 20)
        let place = try #require(first.next)
        let (second, rest) = try find("jarum", before: place, cache)
        #expect(second.entries.map(\.seq.value) == [1])
        #expect(rest == 2)
        #expect(second.next == nil)
    }

    @Test("of many questions in a row the last one is answered, also without a server")
    func newestCounts() async throws {
        try await withFolder { folder in
            let server = try await TestServer.start(dataDirectory: folder + "/server")
            let alam = Face(port: server.port, root: folder + "/alam")
            try await alam.register("alam")
            for text in ["Jumpa besok", "jadi"] { try alam.say(text, to: "alam") }
            #expect(try await alam.texts(of: "alam", count: 2).count == 2)
            try await server.stop()
            try await alam.wait(for: "offline") { if case .connection(.offline) = $0 { true } else { nil } }
            // One that is answered before the next is asked has its answer; in some round nothing comes in between.
            var answered = 0
            for _ in 0..<20 where answered != 1 {
                alam.forget()
                for text in ["j", "ju", "jum", "jump", "jumpa"] {
                    alam.perform(.find(text, in: nil, before: nil, limit: 10))
                }
                let found = try await alam.wait(for: "what was found") { event -> Found? in
                    if case .found(let found) = event, found.text == "jumpa" { found } else { nil }
                }
                #expect(found.entries.map(\.text) == ["Jumpa besok"])
                answered = 1 + alam.events().count { if case .found = $0 { true } else { false } }
            }
            #expect(answered == 1)
            alam.client.shutDown()
        }
    }
}
