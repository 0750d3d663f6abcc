import ChatProtocol

/// The one table of what people type, for both faces: how it is spelt where, what it takes, which sentence explains it.
///
/// Parsing, completion and help all read it, so that what is listed works and what works is listed.
public enum CommandTable {
    /// Where a line is typed.
    public enum Place: Hashable, Sendable, CaseIterable {
        /// The full-screen client's compose: commands begin with a slash, everything else is said.
        case compose
        /// The line client's prompt: everything is a command.
        case prompt
        /// The line client in a room: as in compose, and `$` moves files. Nothing of the prompt's is a command here: whoever
        /// says "quit" says it.
        case room
    }

    /// Which command a row is about.
    public enum Verb: String, Hashable, Sendable, CaseIterable {
        case register, logIn, logOut
        case chat, inbox
        case join, leave, rooms, who
        case upload, sendFile, getFile, listFiles
        case find, theme, notify, log
        case help, quit
        /// Of the full screen alone.
        case mouse, reconnect, readAll
    }

    public enum Argument: String, Hashable, Sendable, CaseIterable {
        /// A person, or with `#` a room.
        case conversation
        case username
        case room
        /// A file of this machine. As the last argument it may hold blanks.
        case path
        /// What a file is called by the one who sent it.
        case file
        /// A theme's name.
        case theme
        /// `all`, `mentions` or `none`.
        case level
        /// Whatever one looks for.
        case text

        /// `on` or `off`.
        case onOff

        /// The id of the word that stands for it in help: `argument.room` …
        public var key: String { "argument." + rawValue }
    }

    public struct Row: Hashable, Sendable {
        public let verb: Verb
        /// The words that begin it, by place; it does not exist elsewhere.
        public let spelling: [Place: String]
        public let arguments: [Argument]
        /// How many of `arguments` a place that cannot ask for them must be given.
        public let needed: Int

        /// The id of the sentence that explains it: `command.chat` …
        public var helpKey: String { "command." + verb.rawValue }
    }

    public static let rows: [Row] = [
        row(.register, [.prompt: "register"]),
        row(.logIn, [.prompt: "login"], [.username]),
        row(.chat, [.compose: "/chat", .prompt: "chat", .room: "/chat"], [.conversation]),
        row(.inbox, [.compose: "/inbox", .prompt: "inbox", .room: "/inbox"]),
        row(.readAll, [.compose: "/read"]),
        row(.sendFile, [.prompt: "send file"], [.conversation, .path]),
        row(.upload, [.compose: "/upload", .room: "$ send"], [.path]),
        row(.getFile, [.prompt: "get file", .room: "$ get"], [.file]),
        row(.listFiles, [.prompt: "list file"]),
        row(.join, [.compose: "/join", .prompt: "join room", .room: "/join"], [.room]),
        row(.leave, [.compose: "/leave", .prompt: "leave room", .room: "/leave"], [.room], needed: 0),
        row(.rooms, [.compose: "/rooms", .prompt: "rooms", .room: "/rooms"]),
        row(.who, [.compose: "/who", .prompt: "who", .room: "/who"], [.room], needed: 0),
        row(.find, [.compose: "/find"], [.text], needed: 0),
        row(.theme, [.compose: "/theme"], [.theme], needed: 0),
        row(.notify, [.compose: "/notify"], [.level], needed: 0),
        row(.log, [.compose: "/log"]),
        row(.reconnect, [.compose: "/reconnect"]),
        row(.logOut, [.compose: "/logout", .prompt: "logout"]),
        row(.mouse, [.compose: "/mouse"], [.onOff], needed: 0),
        row(.help, [.compose: "/help", .prompt: "help", .room: "/help"]),
        row(.quit, [.compose: "/quit", .prompt: "quit", .room: "/quit"]),
    ]

    /// What may be typed in a place, in the order in which help lists it.
    public static func rows(in place: Place) -> [Row] {
        rows.filter { $0.spelling[place] != nil }
    }

    private static func row(
        _ verb: Verb, _ spelling: [Place: String], _ arguments: [Argument] = [], needed: Int? = nil
    ) -> Row {
        Row(verb: verb, spelling: spelling, arguments: arguments, needed: needed ?? arguments.count)
    }
}
