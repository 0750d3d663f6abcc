public import ChatProtocol

/// A file that lies in a conversation, and who put it there when.
public struct SharedEntry: Hashable, Sendable {
    /// As `Intent.download` takes it.
    public var file: SharedFile
    public var author: Username
    /// The author's display name.
    public var authorName: String
    public var seq: Seq
    public var time: Timestamp

    public init(file: SharedFile, author: Username, authorName: String, seq: Seq, time: Timestamp) {
        self.file = file
        self.author = author
        self.authorName = authorName
        self.seq = seq
        self.time = time
    }
}

extension SharedEntry {
    /// Nil for an entry that is no file.
    init?(_ entry: Entry) {
        guard case .file(let file) = entry.kind else { return nil }
        self.init(file: file, author: entry.author, authorName: entry.authorName, seq: entry.seq, time: entry.time)
    }
}
