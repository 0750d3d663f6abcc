import ChatTesting
import Testing

@testable import ChatStore

@Suite("What stays in memory of sealed tables of nonces")
struct NonceFilterTests {
    private func sealed(_ tags: [UInt32], run: Int64 = 1) -> SealedNonces {
        var table = NonceTable(base: EntryID(0))
        for (index, tag) in tags.enumerated() { table.insert(tag, EntryID(Int64(index + 1))) }
        return SealedNonces(
            run: run, base: table.base, through: EntryID(Int64(tags.count)), newest: 0, bits: table.bits,
            tags: table.slots.map { $0 == 0 ? 0 : SealedNonces.tag(UInt32($0 >> 32)) })
    }

    @Test("knows every nonce that they hold, in tables of any size, also where a row goes on at the beginning", arguments: 0..<8)
    func complete(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var all: [(run: Int64, tags: [UInt32])] = []
        for run in 1...Int64(SealedRuns.atMost) {
            let count = [3, 400, 600, 9_000].randomElement(using: &random) ?? 3
            var tags = (0..<count).map { _ in UInt32.random(in: 0...(.max), using: &random) }
            for _ in 0..<count / 8 { tags.append(.max - UInt32.random(in: 0...0x20_0000, using: &random)) }
            tags.append(contentsOf: [0, .max, 0xFFFF_0000, 0x0001_0000])
            all.append((run, tags))
        }
        var runs = SealedRuns()
        for (run, tags) in all {
            #expect(!runs.isFull)
            let table = sealed(tags, run: run)
            if Bool.random(using: &random) {
                runs.append(table)
            } else {
                // In pieces, as it is sealed.
                var row = NonceFilter.Row(before: table.tags)
                var end = 0
                while end < table.tags.count {
                    end = min(table.tags.count, end + Int.random(in: 1...700, using: &random))
                    runs.expect(Array(table.tags[..<end]), bits: table.bits, &row)
                }
                runs.appendExpected(table)
            }
        }
        #expect(runs.isFull)
        for (run, tags) in all {
            #expect(tags.allSatisfy { tag in runs.holders(of: tag).contains { $0.run == run } })
        }
        runs.removeAll { $0.run == 1 }
        #expect(!runs.holders(of: all[0].tags[0]).contains { $0.run == 1 })
    }

    @Test("asks for few tables in vain")
    func sparing() {
        var random = SeededGenerator(seed: 77)
        let filter = {
            var filter = NonceFilter()
            let table = sealed((0..<100_000).map { _ in UInt32.random(in: 0...(.max), using: &random) })
            var row = NonceFilter.Row(before: table.tags)
            filter.insert(table.tags, bits: table.bits, &row)
            return filter
        }()
        let inVain = (0..<20_000).count { _ in filter.mayHold(UInt32.random(in: 0...(.max), using: &random)) }
        #expect(inVain < 200)
    }
}
