/// Bounds of the wire, in bytes unless their names say otherwise.
public enum Limits {
    /// One request, its line end not counted.
    public static let requestLine = 64 * 1024
    /// One request of the classic way to send a file (`file_send`, `room_send_file`), after login.
    public static let fileRequestLine = 16 * 1024 * 1024
    /// The text of one message, in UTF-8.
    public static let messageText = 16 * 1024
    /// The raw bytes that may follow one request.
    public static let attached = 1024 * 1024
    /// All request bodies above `requestLine` that a server holds at once.
    public static let bodiesInProgress = 256 * 1024 * 1024
    /// Requests of one connection that may wait for their answer.
    public static let requestsInFlight = 256
    /// Replies of one connection that may wait to be read, before its requests are no longer read.
    public static let unsentReplies = 256 * 1024
    /// Events that one connection may leave unread before it is cut.
    public static let eventBacklog = 4 * 1024 * 1024
    /// Entries that one `history` may ask for.
    public static let historyPage = 500
    /// Bytes after which a list stops with `more`.
    public static let listBytes = 1024 * 1024
    /// Entries after which `inbox` stops with `more`.
    public static let inboxEntries = 1000
    /// Where counting unread entries ends: this number means "or more".
    public static let unreadCount = 1000
    /// Entries that are looked at for unread ones: whoever writes much himself is not to keep others waiting.
    public static let unreadDepth = 10_000
    /// Members, users or rooms in one page of a list.
    public static let listPage = 1000
    /// Bytes of what is looked for in names, `q`.
    public static let query = 256
    /// The largest file that `file_get` puts into a reply; `file_read` has no such bound.
    public static let fileInReply = 11 * 1024 * 1024
    /// One file.
    public static let file: Int64 = 4 * 1024 * 1024 * 1024
    /// A password.
    public static let password = 1024
    /// A file name.
    public static let fileLabel = 255
}
