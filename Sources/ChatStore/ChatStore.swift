// What the server remembers, and the one way to change it.
//
// - `Store` is the interface: `commit` takes a batch of `Change`s and gives an `Outcome` for each once all are durable;
//   the rest only reads. Any store must pass the conformance suite in `Tests/ChatTesting`.
// - `Committer` is the thread that gathers what is waiting into batches.
// - `SQLite/` is the only store so far: `SQLiteStore` commits, `SQLiteStore+…` one family of changes or reads each,
//   `Ledger` holds what the committer knows without asking the database, `Schema` is the append-only list of migrations.
// - `Files/` keeps contents of files under random names; the store knows only their records.
// - `Administration/` copies, restores and checks a data folder from another process than its server's.
//
// To add a change: a case in `Change` and in `Outcome`, its judgement in the family's file, a case in the suite.
//
// Layout. A message writes one row at the end of one table and nothing else: no index stands on its path.
//
// - `entry` is in order of arrival, whatever the number of conversations: clustering by (conversation, seq) was measured
//   to write twenty to thirty times as much log a message, and an index on (conversation, seq) or on nonces dirties a page
//   of its own for nearly every message of a large store.
// - Each entry knows the one before it in its conversation (`previous`), and every sixty-fourth leaves a row in
//   `milestone`: a page of history anywhere is one look there, at most 64 steps back, and then the page (`EntryLog`).
// - Where a conversation ends is known in memory (`Heads`) and written behind, a little with every commit (`Upkeep`).
// - Nonces of the newest quarter of a million messages stand in a table in memory; older ones in tables that are written
//   as they stand, a page at a time. Two bytes a slot of those stay in memory (`NonceMemory`), and a filter for sixteen
//   tables (`NonceFilter`): a new nonce is known as new without a look at the disk, and with one at memory. They count
//   for seven days at least; sealed tables stay on disk, 17 bytes a nonce.
// - SQLite's own log of changes is kept short and written over again and again (`LogLength`): a sync of a file that grows
//   takes twice as long.
// - Both have a watermark: opening reads what came after it, at most some 300,000 entries.
//
// The interface does not show any of this, and a crash at any moment is only a longer tail to read.
