/// Sealed tables in a row, and one look that tells of nearly every new nonce that none of them has it.
struct SealedRuns {
    /// Tables that one filter is made for.
    static let atMost = 16

    private(set) var runs: [SealedNonces] = []
    private var filter = NonceFilter()
    private var room = Self.atMost

    var isFull: Bool { room == 0 }

    mutating func append(_ run: SealedNonces) {
        var row = NonceFilter.Row(before: run.tags)
        filter.insert(run.tags, bits: run.bits, &row)
        appendExpected(run)
    }

    /// Makes ready for a table of which there are these tags so far.
    mutating func expect(_ tags: [UInt16], bits: Int, _ row: inout NonceFilter.Row) {
        filter.insert(tags, bits: bits, &row)
    }

    /// One whose tags were all expected.
    mutating func appendExpected(_ run: SealedNonces) {
        room -= 1
        runs.append(run)
    }

    /// Forgets tables. What the filter still says of them costs a look.
    mutating func removeAll(where isOver: (SealedNonces) -> Bool) { runs.removeAll(where: isOver) }

    /// The tables that may hold an entry of this hash: rarely any.
    func holders(of tag: UInt32) -> [SealedNonces] {
        guard filter.mayHold(tag) else { return [] }
        return runs.filter { $0.mayHold(tag) }
    }
}

/// A Bloom filter (Bloom 1970) whose bits for one hash lie in one line of the cache. (Putze, Sanders, Singler 2007)
///
/// Filled from what stays in memory of sealed tables, which is the lower half of each hash and about where the upper half
/// puts it: a hash that may belong to either of two regions is in both.
struct NonceFilter {
    /// A region for each value of so many upper bits of a hash.
    private static let regionBits = 13
    private static let lineBits = 3
    private static let wordsOfLine = 8

    /// 4 MiB: a byte for each hash of `SealedRuns.atMost` tables.
    private var words = [UInt64](repeating: 0, count: wordsOfLine << (regionBits + lineBits))

    /// How far a table was inserted: a hash stands at its place or behind it, in the same row of full slots.
    struct Row {
        fileprivate var start: Int
        fileprivate var next = 0

        /// A row at the end goes on at the beginning.
        init(before slots: [some BinaryInteger]) { start = -slots.reversed().prefix { $0 != 0 }.count }
    }

    /// Inserts the tags of a table, those of its first slots if not all, from where it was left.
    /// - Parameter bits: the slots of the whole table are two to this power.
    mutating func insert(_ tags: [UInt16], bits: Int, _ row: inout Row) {
        let shift = 32 - bits
        for index in row.next..<tags.count {
            guard tags[index] != 0 else {
                row.start = index + 1
                continue
            }
            let bits = Bits(tags[index])
            for region in Self.region(row.start << shift)...Self.region((index + 1) << shift - 1) { insert(bits, region) }
        }
        row.next = tags.count
    }

    /// False if no entry of the tables has this hash; true without reason for one in some thirty, when it is full.
    func mayHold(_ tag: UInt32) -> Bool {
        let bits = Bits(SealedNonces.tag(tag))
        let line = Self.line(bits, Self.region(Int(tag)))
        for place in 0..<Bits.count where words[line + bits.word(place)] & bits.mask(place) == 0 { return false }
        return true
    }

    private mutating func insert(_ bits: Bits, _ region: Int) {
        let line = Self.line(bits, region)
        for place in 0..<Bits.count { words[line + bits.word(place)] |= bits.mask(place) }
    }

    private static func region(_ hash: Int) -> Int { hash >> (32 - regionBits) }

    private static func line(_ bits: Bits, _ region: Int) -> Int {
        ((region & (1 << regionBits - 1)) << lineBits | bits.line) * wordsOfLine
    }

    /// What the lower half of a hash sets in a region: some bits of one line.
    private struct Bits {
        static let count = 4

        private let mixed: UInt64

        init(_ tag: UInt16) {
            let product = UInt64(tag) &* 0x9E37_79B9_7F4A_7C15
            mixed = (product ^ product >> 32) &* 0xD6E8_FEB8_6659_FD93
        }

        var line: Int { Int(mixed >> (64 - lineBits)) }

        func word(_ place: Int) -> Int { Int(mixed >> (20 + 9 * place)) & (wordsOfLine - 1) }

        func mask(_ place: Int) -> UInt64 { 1 << (mixed >> (23 + 9 * place) & 63) }
    }
}
