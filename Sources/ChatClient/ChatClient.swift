// The engine under both faces: it talks to the server, keeps what it heard, and knows no screen.
//
// A face hands an `Intent` to the `Client` and never waits; what came of it arrives as `ClientEvent`s in the
// `Mailbox`. In between:
//
// - `Network/`    a connection and its requests, the backing off
// - `Session/`    the state machine: connect, sign in, catch up, live; one file for each thing it looks after
// - `Cache/`      what outlives the program: entries, conversations, people, drafts, the outbox,
//                 unfinished transfers
// - `Transfers/`  files up and down, each on a connection of its own
// - `Accounts/`   where things lie on this machine, and which accounts have been used here
// - `Commands/`   the table of what people type, shared by the faces
// - `Reasons/`    why something did not come about, as values, and what they are called
//
// Threads: everything in `Session/`, `Network/` and `Transfers/` lives on one event loop. SQLite and the
// files of transfers are asked on threads for blocking work, in order (`SerialWork`), and answer on the loop. Each
// transfer has its own, since a disk may never answer; the cache's are waited for at the end, a transfer's not for long.
//
// To add something a person can ask for: a case of `Intent`, its line in `Session.perform`, and the file of
// `Session/` whose noun it is.
