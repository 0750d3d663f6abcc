public import NIOCore

/// One entry of a conversation's log, as history item and as event alike. (Protocol: The log)
public struct Entry: Hashable, Sendable {
    /// What an entry is, besides the fields that all have.
    public enum Kind: Hashable, Sendable {
        case message
        case file(SharedFile)
        /// Somebody joined, left, … the room.
        case member(MemberAction)
        /// Of a later version: it occupies its seq and is not shown.
        case unknown(String)
    }

    public enum MemberAction: String, Hashable, Sendable {
        case joined, left, invited, kicked, role
    }

    /// From the reader's side.
    public var conversation: ConversationName
    public var seq: Seq
    public var kind: Kind
    public var author: Username
    /// The author's display name.
    public var authorName: String
    /// The text of a message; empty for other kinds.
    public var text: String
    public var time: Timestamp
    /// Only for the author's other connections and in the author's own history.
    public var nonce: Nonce?
    /// The entry that this one answers.
    public var ref: Seq?

    public init(
        conversation: ConversationName, seq: Seq, kind: Kind = .message, author: Username, authorName: String, text: String,
        time: Timestamp, nonce: Nonce? = nil, ref: Seq? = nil
    ) {
        self.conversation = conversation
        self.seq = seq
        self.kind = kind
        self.author = author
        self.authorName = authorName
        self.text = text
        self.time = time
        self.nonce = nonce
        self.ref = ref
    }
}

extension Entry {
    /// The fields, inside an object that the caller has begun.
    public func encode(into json: inout JSONWriter) {
        Self.encode(
            conversation: conversation, seq: seq, kind: kind, author: author, authorName: authorName, text: text, time: time,
            nonce: nonce, ref: ref, into: &json)
    }

    /// Writes the event that tells of an entry, one line with its end, behind what a buffer holds. It takes the fields as
    /// they are, so that a server puts no `Entry` together for each that it delivers.
    public static func encodeEvent(
        conversation: ConversationName, seq: Seq, kind: Kind, author: Username, authorName: String, text: String,
        time: Timestamp, nonce: Nonce?, ref: Seq?, to buffer: inout ByteBuffer, in memory: JSONMemory
    ) {
        var json = JSONWriter(in: memory)
        encode(
            conversation: conversation, seq: seq, kind: kind, author: author, authorName: authorName, text: text, time: time,
            nonce: nonce, ref: ref, into: &json)
        json.finish(.lines, to: &buffer)
    }

    private static func encode(
        conversation: ConversationName, seq: Seq, kind: Kind, author: Username, authorName: String, text: String,
        time: Timestamp, nonce: Nonce?, ref: Seq?, into json: inout JSONWriter
    ) {
        json.field("type", word: "message")
        conversation.encode(into: &json)
        json.field("seq", seq.value)
        json.field("from", name: author.text)
        json.field("name", authorName)
        json.field("msg", text)
        json.field("time", time.milliseconds)
        switch kind {
        case .message: break
        case .file(let file):
            json.field("kind", "file")
            json.object("file") { file.encode(into: &$0) }
        case .member(let action):
            json.field("kind", "member")
            json.field("action", action.rawValue)
        case .unknown(let name):
            json.field("kind", name)
        }
        json.field("nonce", optional: nonce?.text)
        json.field("ref", optional: ref?.value)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var conversation: ConversationName?
        var seq: Seq?
        var author: Username?
        var authorName: String?
        var text = ""
        var time: Timestamp?
        var kindName = "message"
        var file: SharedFile?
        var action: MemberAction?
        var nonce: Nonce?
        var ref: Seq?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "conversation": conversation = try json.conversation()
            case "seq": seq = try json.seq()
            case "from": author = try json.username()
            case "name": authorName = try json.string()
            case "msg": text = try json.string()
            case "time": time = try json.timestamp()
            case "kind": kindName = try json.string()
            case "file": file = try SharedFile(from: &json)
            case "action": action = MemberAction(rawValue: try json.string())
            case "nonce": nonce = try json.name(Nonce.init)
            case "ref": ref = try json.seq()
            default: try json.skip()
            }
        }
        self.conversation = try json.require(conversation, "conversation")
        self.seq = try json.require(seq, "seq")
        self.author = try json.require(author, "from")
        self.authorName = authorName ?? self.author.text
        self.text = text
        self.time = try json.require(time, "time")
        self.nonce = nonce
        self.ref = ref
        switch (kindName, file, action) {
        case ("message", _, _): kind = .message
        case ("file", let file?, _): kind = .file(file)
        case ("member", _, let action?): kind = .member(action)
        default: kind = .unknown(kindName)
        }
    }
}

/// A file as entries and lists speak of it. (Protocol: Files)
public struct SharedFile: Hashable, Sendable {
    public var id: FileID
    public var label: FileLabel
    /// Bytes.
    public var size: Int64
    public var sha256: ContentHash

    public init(id: FileID, label: FileLabel, size: Int64, sha256: ContentHash) {
        self.id = id
        self.label = label
        self.size = size
        self.sha256 = sha256
    }

    public func encode(into json: inout JSONWriter) {
        json.field("id", id.text)
        json.field("name", label.text)
        json.field("size", size)
        json.field("sha256", sha256.text)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var id: FileID?
        var label: FileLabel?
        var size: Int64?
        var sha256: ContentHash?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "id": id = try json.name(FileID.init)
            case "name": label = try json.name(FileLabel.init)
            case "size": size = try json.integer()
            case "sha256": sha256 = try json.name { text throws(ProtocolError) in try ContentHash(text) }
            default: try json.skip()
            }
        }
        self.id = try json.require(id, "id")
        self.label = try json.require(label, "name")
        self.size = try json.require(size, "size")
        self.sha256 = try json.require(sha256, "sha256")
    }
}
