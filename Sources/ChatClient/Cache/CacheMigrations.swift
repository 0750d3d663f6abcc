import GRDB

/// How the cache's tables came to be. Append only: a step that was released never changes.
enum CacheMigrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("entries, conversations, people, drafts and outbox") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("shared files by conversation") { database in
            try database.execute(sql: sharedFiles)
        }
        migrator.registerMigration("unfinished transfers") { database in
            try database.execute(sql: transfers)
        }
        migrator.registerMigration("paused transfers") { database in
            try database.execute(sql: "ALTER TABLE transfers ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }

    /// `conversation` is everywhere the folded name with its sign: `@alam`, `#room`.
    ///
    /// `coverage` says of which runs of seqs everything is here that this reader may see, whether or not every number
    /// of the run has a row: that is what tells a gap from an entry that is not for him.
    private static let first = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE entries (
            conversation TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL,
            author_name TEXT NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL, nonce TEXT, ref INTEGER,
            action TEXT, file_id TEXT, file_name TEXT, file_size INTEGER, file_sha256 TEXT,
            PRIMARY KEY (conversation, seq)
        ) WITHOUT ROWID;

        CREATE TABLE coverage (
            conversation TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (conversation, first)
        ) WITHOUT ROWID;

        CREATE TABLE conversations (
            conversation TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, last_seq INTEGER NOT NULL,
            read_seq INTEGER NOT NULL, unread INTEGER NOT NULL, mentions INTEGER NOT NULL, muted INTEGER NOT NULL,
            joined INTEGER NOT NULL, unsent_read INTEGER
        ) WITHOUT ROWID;

        CREATE TABLE drafts (
            conversation TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE people (username TEXT PRIMARY KEY, shown TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE outbox (
            place INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE, name TEXT NOT NULL, text TEXT NOT NULL,
            ref INTEGER, time INTEGER NOT NULL, error_code TEXT, error_detail TEXT
        );
        """

    /// `path` is the file that goes up, or the hidden one that takes what comes down. A place is never given again.
    private static let transfers = """
        CREATE TABLE transfers (
            place INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE, direction TEXT NOT NULL, name TEXT,
            path TEXT NOT NULL, size INTEGER, modified INTEGER, sha256 TEXT, file_id TEXT, file_name TEXT,
            done INTEGER NOT NULL, is_over INTEGER NOT NULL, error_code TEXT, error_detail TEXT
        );
        """

    /// Only files are in this index, so that a message costs nothing more.
    private static let sharedFiles = """
        CREATE INDEX shared_files ON entries (conversation, seq) WHERE file_id IS NOT NULL;
        """
}
