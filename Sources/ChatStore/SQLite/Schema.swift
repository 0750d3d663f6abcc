import GRDB

/// The tables, as an append-only list of migrations: a released one is never changed.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: accounts, conversations, entries, files") { db in
            try db.execute(sql: firstVersion)
        }
        migrator.registerMigration("2: entries know the one before them") { db in
            try db.execute(sql: secondVersion)
        }
        return migrator
    }

    /// The indexes on the path of a message give way to a chain of entries, milestones and heads. (`ChatStore.swift`)
    private static let secondVersion = """
        CREATE TABLE chain (
            id INTEGER PRIMARY KEY,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            previous INTEGER NOT NULL,            -- the entry before it in its conversation; 0 for the first
            author INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            time INTEGER NOT NULL,
            ref INTEGER,
            nonce TEXT,
            flags INTEGER NOT NULL DEFAULT 0,
            body TEXT NOT NULL
        );
        INSERT INTO chain (id, conversation, seq, previous, author, kind, time, ref, nonce, flags, body)
            SELECT e.id, e.conversation, e.seq, coalesce(p.id, 0), e.author, e.kind, e.time, e.ref, e.nonce, e.flags, e.body
            FROM entry e LEFT JOIN entry p ON p.conversation = e.conversation AND p.seq = e.seq - 1 ORDER BY e.id;
        DROP TABLE entry;
        ALTER TABLE chain RENAME TO entry;

        -- Where every sixty-fourth entry of a conversation stands.
        CREATE TABLE milestone (
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            entry INTEGER NOT NULL,
            PRIMARY KEY (conversation, seq)
        ) WITHOUT ROWID;
        INSERT INTO milestone (conversation, seq, entry)
            SELECT conversation, seq, id FROM entry WHERE seq % 64 = 0 ORDER BY conversation, seq;

        -- Where a conversation ended when this was last written: meta.heads says through which entry it is right.
        CREATE TABLE head (
            conversation INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            entry INTEGER NOT NULL
        );

        -- A table of nonces (NonceTable) that is full: what is kept of it in memory, and its slots.
        CREATE TABLE nonce_run (
            id INTEGER PRIMARY KEY,
            base INTEGER NOT NULL,
            through INTEGER NOT NULL,
            newest INTEGER NOT NULL,
            bits INTEGER NOT NULL,
            tags BLOB NOT NULL
        );
        CREATE TABLE nonce_segment (id INTEGER PRIMARY KEY, slots BLOB NOT NULL);
        """

    private static let firstVersion = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE user (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            nationality TEXT NOT NULL,
            password TEXT NOT NULL,
            created INTEGER NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0
        );

        CREATE TABLE conversation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            low INTEGER REFERENCES user(id),      -- direct: the lower of the two user ids
            high INTEGER REFERENCES user(id),
            room TEXT,                            -- room: its name as typed
            folded TEXT UNIQUE,
            topic TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            UNIQUE (low, high)
        );
        CREATE INDEX conversation_high ON conversation (high, low);

        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,           -- SHA-256 of the token
            user INTEGER NOT NULL REFERENCES user(id),
            device TEXT NOT NULL,
            created INTEGER NOT NULL,
            used INTEGER NOT NULL,
            room INTEGER REFERENCES conversation(id)
        );

        -- An interval of visibility; without an end the user is a member now.
        CREATE TABLE member (
            conversation INTEGER NOT NULL REFERENCES conversation(id),
            user INTEGER NOT NULL REFERENCES user(id),
            first INTEGER NOT NULL,
            last INTEGER,
            role TEXT NOT NULL,
            PRIMARY KEY (conversation, user, first)
        ) WITHOUT ROWID;
        CREATE INDEX member_user ON member (user, conversation);

        -- In order of arrival.
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            author INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            time INTEGER NOT NULL,
            body TEXT NOT NULL,
            ref INTEGER,
            nonce TEXT,
            digest BLOB,
            flags INTEGER NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX entry_seq ON entry (conversation, seq);
        CREATE UNIQUE INDEX entry_nonce ON entry (conversation, author, nonce) WHERE nonce IS NOT NULL;

        CREATE TABLE read_position (
            user INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            PRIMARY KEY (user, conversation)
        ) WITHOUT ROWID;

        CREATE TABLE file (
            id TEXT PRIMARY KEY,
            content TEXT NOT NULL,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            owner INTEGER NOT NULL,
            recipient INTEGER,                    -- direct: who received it
            label TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            time INTEGER NOT NULL,
            whole INTEGER NOT NULL                -- came by file_send
        ) WITHOUT ROWID;
        CREATE INDEX file_place ON file (conversation, label, seq);
        CREATE INDEX file_recipient ON file (recipient, label);
        CREATE INDEX file_sha256 ON file (sha256);

        CREATE TABLE upload (
            id TEXT PRIMARY KEY,
            owner INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            label TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            nonce TEXT NOT NULL,
            created INTEGER NOT NULL,
            content TEXT,                         -- known already
            file TEXT,                            -- finished
            UNIQUE (owner, conversation, label, size, sha256, nonce)
        ) WITHOUT ROWID;
        """
}
