import ChatProtocol
import GRDB

extension SQLiteStore {
    /// Makes a history of its own of a copied one. (Protocol: Delivery promises, 6)
    static func renewEpoch(_ db: Database) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)", arguments: [FileID.random().text])
    }
}
