import GRDB
import GRDBSQLite

/// A prepared statement that is bound and stepped through SQLite's own interface. GRDB's rows and arguments cost several
/// times what an entry costs, so nothing on the path of a message has them.
///
/// Belongs to whoever has the connection, and is reset before anybody else uses it.
struct DirectStatement {
    /// Keeps the handle alive.
    private let statement: Statement
    private let handle: SQLiteStatement

    /// - Parameter sql: prepared once for a connection.
    init(_ sql: String, _ db: Database) throws {
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    // MARK: Binding

    func bind(_ value: Int64, at index: CInt) throws { try check(sqlite3_bind_int64(handle, index, value)) }

    func bind(_ value: Int64?, at index: CInt) throws {
        if let value { try bind(value, at: index) } else { try check(sqlite3_bind_null(handle, index)) }
    }

    /// Binds a text without a copy: it stays where it is until the statement has run.
    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: CInt) throws {
        // An empty buffer may have no address, and a null pointer binds NULL.
        guard let address = text.baseAddress else {
            return try check(sqlite3_bind_zeroblob(handle, index, 0))
        }
        // Without a destructor SQLite takes no copy.
        try address.withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
            try check(sqlite3_bind_text(handle, index, characters, CInt(text.count), nil))
        }
    }

    /// Binds the bytes without a copy for as long as `body` runs.
    func withBytes<Result>(_ bytes: UnsafeRawBufferPointer, at index: CInt, _ body: () throws -> Result) throws -> Result {
        try check(sqlite3_bind_blob(handle, index, bytes.baseAddress, CInt(bytes.count), nil))
        return try body()
    }

    // MARK: Running

    /// Runs what gives no rows.
    func run() throws {
        defer { reset() }
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
    }

    /// Whether there is another row. Its columns hold until the next step or `reset`.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    func reset() { sqlite3_reset(handle) }

    /// The number of the row that the connection inserted last.
    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

    // MARK: Columns

    func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: CInt) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    /// The bytes of a text or blob, nil for NULL; they hold only while `body` runs.
    func withColumn<Result>(_ column: CInt, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result? {
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        let address = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return try body(UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : count))
    }

    func text(_ column: CInt) -> String? { withColumn(column) { String(decoding: $0, as: UTF8.self) } }

    // MARK: Failures

    private func check(_ code: CInt) throws { if code != SQLITE_OK { throw failure(code) } }

    private func failure(_ code: CInt) -> DatabaseError {
        let connection = sqlite3_db_handle(handle)
        let message = sqlite3_errmsg(connection).map { String(cString: $0) }
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)), message: message, sql: statement.sql)
    }
}
