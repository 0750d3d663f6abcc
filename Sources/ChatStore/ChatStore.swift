// What the server remembers, and the one way to change it.
//
// - `Store` is the interface: `commit` takes a batch of `Change`s and gives an `Outcome` for each once all are durable;
//   the rest only reads. Any store must pass the conformance suite in `Tests/ChatTesting`.
// - `Committer` is the thread that gathers what is waiting into batches.
// - `SQLite/` is the only store so far: `SQLiteStore` commits, `SQLiteStore+…` one family of changes or reads each,
//   `Ledger` holds what the committer knows without asking the database, `Schema` is the append-only list of migrations.
// - `Files/` keeps contents of files under random names; the store knows only their records.
//
// To add a change: a case in `Change` and in `Outcome`, its judgement in the family's file, a case in the suite.
//
// Layout. Entries live in one table in order of arrival, so that a commit writes a few neighbouring pages whatever the
// number of conversations: clustering by (conversation, seq) was measured to write twenty to thirty times as much log
// a message. The ordinary index on (conversation, seq) serves history; the one on nonces holds only rows that have one.
// Both are still written on the path of a message; they can move behind it, up to a watermark, without any change here.
