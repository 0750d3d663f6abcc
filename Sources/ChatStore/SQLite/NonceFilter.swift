/// Sealed tables in a row, and one look that tells of nearly every new nonce that none of them has it.
struct SealedRuns {
    /// Tables that one filter is made for.
    static let atMost = 16

    private(set) var runs: [SealedNonces] = []
    private var filter = NonceFilter()
    private var room = Self.atMost

    init(_ first: SealedNonces) { _ = append(first) }

    /// - Returns: false if it is full.
    mutating func append(_ run: SealedNonces) -> Bool {
        guard room > 0 else { return false }
        room -= 1
        runs.append(run)
        filter.insert(run)
        return true
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

    mutating func insert(_ run: SealedNonces) {
        let shift = 32 - run.bits
        // A hash stands at its place or behind it, in the same row of full slots. A row at the end goes on at the beginning.
        var row = -run.tags.reversed().prefix { $0 != 0 }.count
        for (index, tag) in run.tags.enumerated() {
            guard tag != 0 else {
                row = index + 1
                continue
            }
            let bits = Bits(tag)
            for region in Self.region(row << shift)...Self.region((index + 1) << shift - 1) { insert(bits, region) }
        }
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
