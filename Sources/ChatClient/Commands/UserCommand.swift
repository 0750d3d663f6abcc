public import ChatProtocol

/// What a person asked for by typing. Names are parsed; what was left out is nil, for the face to ask for.
public enum UserCommand: Hashable, Sendable {
    case register
    case logIn(username: String?)
    case logOut

    /// Opens a conversation; `@name`, a bare name or `#room`.
    case chat(ConversationName?)
    case inbox
    /// Nothing is unread any more.
    case readAll

    case join(RoomName?)
    /// The room one is in unless it is named.
    case leave(RoomName?)
    case rooms
    /// Everybody, or the members of a room.
    case who(RoomName?)

    /// Into the open conversation.
    case upload(path: String?)
    case sendFile(to: ConversationName?, path: String?)
    /// The newest file of this name: of the room one is in, else of those received directly.
    case getFile(FileLabel?)
    case listFiles

    /// What was said somewhere, by a part of it.
    case find(String?)

    /// Another look, by its name.
    case theme(String?)
    /// What of the open conversation is announced.
    case notify(NotifyLevel?)
    /// What went wrong so far.
    case log

    /// Does not wait for the next attempt.
    case reconnect
    case help
    case quit

    /// Whether the mouse is the program's or the terminal's; nil for the other of the two than now.
    case mouse(Bool?)
}

/// What a typed line turned out to be.
public enum TypedLine: Hashable, Sendable {
    /// Something to say; an escaped first character (`//`) has lost its escape.
    case text(String)
    case command(UserCommand)
    /// It looks like a command, and there is none of this verb here.
    case unknown(verb: String)
    /// An argument is missing that this place cannot ask for.
    case lacking(CommandTable.Argument, of: CommandTable.Row)
    case invalid(CommandTable.Row, ProtocolError)
}
