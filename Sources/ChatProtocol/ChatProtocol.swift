// What the server, the clients, the tests and the bench agree on: Obrol's wire protocol as Swift types.
//
// - `Names/`     words that cannot be wrong once they exist: `Username`, `RoomName`, `Seq`, …
// - `Form/`      the encoding of requests (`application/x-www-form-urlencoded`)
// - `JSON/`      the encoding of replies and events, byte by byte: a message never meets a JSON library
// - `Framing/`   where one request or answer ends and the next begins, line by line or in classic blocks
// - `Commands/`, `Replies/`, `Events/`   one file per family
//
// To add a command: its name and needs in `CommandName`, its fields in `Commands/`, its answer in `Replies/`;
// then a handler in `ChatServer` and a row in `Protocol.md`.
//
// Pure: bytes in, values out. No sockets, files, clocks or threads.

/// The version of the protocol, as `hello` gives it.
public let protocolVersion = 1

/// The port that servers listen on and clients try unless told otherwise.
public let defaultPort = 8889
