/// Numbers of entries by the hash of their nonce, for entries of one stretch of the log. A hash may belong to several
/// entries, and to none of them: whoever finds one looks at the entry itself.
struct NonceTable {
    /// A hash in the upper half, in the lower the entry's distance from `base`; zero is free. A slot's place follows from
    /// its hash, and from what stands before it.
    private(set) var slots: [UInt64]
    private(set) var count = 0
    /// The entry before the stretch.
    let base: EntryID

    private static let leastBits = 10
    /// The slots are two to this power.
    private(set) var bits: Int

    /// - Parameter expected: as many entries as there will be, about: it need not grow while they come.
    init(base: EntryID, expected: Int = 0) {
        self.base = base
        bits = Self.leastBits
        while 1 << bits < expected * 2 { bits += 1 }
        slots = Array(repeating: 0, count: 1 << bits)
    }

    mutating func insert(_ tag: UInt32, _ entry: EntryID) {
        // An entry too far away for a slot starts another stretch long before: see `NonceMemory`.
        guard let distance = UInt32(exactly: entry.value - base.value), distance > 0 else { return }
        if (count + 1) * 2 > slots.count { grow() }
        place(UInt64(tag) << 32 | UInt64(distance))
        count += 1
    }

    private mutating func grow() {
        let old = slots
        bits += 1
        slots = Array(repeating: 0, count: 1 << bits)
        for slot in old where slot != 0 { place(slot) }
    }

    private mutating func place(_ slot: UInt64) {
        let mask = slots.count - 1
        var index = Self.index(UInt32(slot >> 32), bits: bits)
        while slots[index] != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    /// The next entry of this hash at or after a place in the table; the search begins at `start(of:)`.
    /// - Returns: nil when there is no more.
    func next(_ tag: UInt32, at place: inout Int) -> EntryID? {
        let mask = slots.count - 1
        while slots[place] != 0 {
            let slot = slots[place]
            place = (place + 1) & mask
            if UInt32(slot >> 32) == tag { return entry(slot) }
        }
        return nil
    }

    func start(of tag: UInt32) -> Int { Self.index(tag, bits: bits) }

    private func entry(_ slot: UInt64) -> EntryID { EntryID(base.value + Int64(slot & 0xFFFF_FFFF)) }

    static func index(_ tag: UInt32, bits: Int) -> Int { Int(tag >> (32 - bits)) }
}

/// What is kept in memory of a table whose slots stand in the database: enough to say of nearly every new nonce that it
/// is not there. Two bytes a slot.
struct SealedNonces {
    /// The number of the run in the database.
    let run: Int64
    let base: EntryID
    /// The last entry of the stretch.
    let through: EntryID
    /// Its time, in milliseconds: nonces are kept for seven days at least.
    let newest: Int64
    let bits: Int
    /// The lower half of the hash in each slot, never zero but in a free one.
    let tags: [UInt16]

    static func tag(_ tag: UInt32) -> UInt16 { max(1, UInt16(truncatingIfNeeded: tag)) }

    /// False if no entry of the stretch has this hash; rarely true without reason.
    func mayHold(_ tag: UInt32) -> Bool {
        let sought = Self.tag(tag)
        let mask = tags.count - 1
        var index = NonceTable.index(tag, bits: bits)
        while tags[index] != 0 {
            if tags[index] == sought { return true }
            index = (index + 1) & mask
        }
        return false
    }
}

/// Hashes nonces with a key of the store's own, so that nobody can choose many of one hash.
struct NonceHash {
    let first: UInt64
    let second: UInt64

    func tag(_ conversation: ConversationID, _ author: UserID, _ nonce: UnsafeRawBufferPointer) -> UInt32 {
        var hash = Self.mix(UInt64(bitPattern: conversation.value) ^ first, UInt64(bitPattern: author.value) ^ second)
        var index = 0
        while index + 8 <= nonce.count {
            hash = Self.mix(hash ^ nonce.loadUnaligned(fromByteOffset: index, as: UInt64.self), second)
            index += 8
        }
        var rest: UInt64 = 0
        while index < nonce.count {
            rest = rest << 8 | UInt64(nonce[index])
            index += 1
        }
        return UInt32(truncatingIfNeeded: Self.mix(hash ^ rest, first ^ UInt64(nonce.count)) >> 32)
    }

    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
