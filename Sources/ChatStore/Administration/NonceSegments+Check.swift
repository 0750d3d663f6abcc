import ChatProtocol
import GRDB

extension NonceSegments {
    /// Every slot of a sealed table.
    func all(of run: SealedNonces) throws -> [UInt64] {
        let pieces = (run.tags.count + Self.slots - 1) / Self.slots
        return try (0..<pieces).flatMap { try slots(run: run.run, segment: $0) }
    }
}

extension NonceHash {
    /// As the store that owns the database made it; nil before any nonce was used.
    static func stored(_ db: Database) throws -> NonceHash? {
        let text = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'nonce key'")
        let words = text?.split(separator: " ").compactMap { UInt64($0) } ?? []
        return words.count == 2 ? NonceHash(first: words[0], second: words[1]) : nil
    }
}
