// The server: connections, what their requests mean, and who hears of it.
//
//     bytes → frame → request → check → decide → commit → deliver → bytes
//
// - `Connections/`  one `Connection` a socket, confined to its event loop: framing, order, limits, back-pressure
// - `Commands/`     one file per family, as extensions of `Connection`; `Connection+Commands` is their table
// - `Delivery/`     who is connected, and fan-out of committed batches; behind a protocol, so that another node can join
// - `Accounts/`     passwords and tokens
// - `Operations/`   configuration, worker threads, start and drain
//
// To add a command: its case in `Connection.dispatch`, and its handler in the family's file.
//
// Threads: event loops own connections; the committer owns every change; reading and hashing have workers of their own.
// Nothing on the path of a message waits, allocates a task or changes actors.
