/// One row of `conversations`: where a conversation stands for its reader. (Protocol: Messages)
public struct ConversationSummary: Hashable, Sendable {
    public var conversation: ConversationName
    /// The other person's display name, or the room's topic or name.
    public var title: String
    public var lastSeq: Seq
    public var readSeq: Seq
    /// At most `Limits.unreadCount`, which means "or more".
    public var unread: Int64
    /// Unread entries that name the reader.
    public var mentions: Int64
    /// The newest visible entry.
    public var last: Entry?
    public var muted: Bool
    /// Which entries the reader may see: from, through; an end without bound is `Seq.maximum`.
    public var visible: [ClosedRange<Seq>]
    /// Whether the reader is in the room now; true for direct conversations.
    public var joined: Bool

    public init(
        conversation: ConversationName, title: String, lastSeq: Seq, readSeq: Seq, unread: Int64, mentions: Int64, last: Entry?,
        muted: Bool = false, visible: [ClosedRange<Seq>], joined: Bool
    ) {
        self.conversation = conversation
        self.title = title
        self.lastSeq = lastSeq
        self.readSeq = readSeq
        self.unread = unread
        self.mentions = mentions
        self.last = last
        self.muted = muted
        self.visible = visible
        self.joined = joined
    }

    func encode(into json: inout JSONWriter) {
        json.field("conversation", conversation.description)
        json.field("kind", conversation.isRoom ? "room" : "direct")
        json.field("title", title)
        json.field("last_seq", lastSeq.value)
        json.field("read_seq", readSeq.value)
        json.field("unread", unread)
        json.field("mentions", mentions)
        if let last { json.object("last") { last.encode(into: &$0) } }
        json.field("muted", muted)
        json.field("joined", joined)
        json.array("visible") { list in
            for range in visible {
                list.elementArray { pair in
                    pair.element(range.lowerBound.value)
                    if range.upperBound != .maximum { pair.element(range.upperBound.value) }
                }
            }
        }
    }

    init(from json: inout JSONReader) throws(JSONError) {
        var conversation: ConversationName?
        var title: String?
        var lastSeq: Seq?
        var readSeq = Seq.zero
        var unread: Int64 = 0
        var mentions: Int64 = 0
        var last: Entry?
        var muted = false
        var joined = true
        var visible: [ClosedRange<Seq>] = []
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "conversation": conversation = try json.conversation()
            case "title": title = try json.string()
            case "last_seq": lastSeq = try json.seq()
            case "read_seq": readSeq = try json.seq()
            case "unread": unread = try json.integer()
            case "mentions": mentions = try json.integer()
            case "last": last = try Entry(from: &json)
            case "muted": muted = try json.boolean()
            case "joined": joined = try json.boolean()
            case "visible": visible = try json.array { json throws(JSONError) in try json.seqRange() }
            default: try json.skip()
            }
        }
        self.conversation = try json.require(conversation, "conversation")
        self.title = title ?? self.conversation.description
        self.lastSeq = try json.require(lastSeq, "last_seq")
        self.readSeq = readSeq
        self.unread = unread
        self.mentions = mentions
        self.last = last
        self.muted = muted
        self.visible = visible
        self.joined = joined
    }
}

extension JSONReader {
    /// `[from, through]`, or `[from]` without an end.
    fileprivate mutating func seqRange() throws(JSONError) -> ClosedRange<Seq> {
        let bounds = try array { json throws(JSONError) in try json.seq() }
        guard let from = bounds.first, bounds.count <= 2, from <= bounds.last ?? from else {
            throw failure("A range of seqs expected")
        }
        return from...(bounds.count == 2 ? bounds[1] : .maximum)
    }
}

/// The reply to `conversations`.
public struct ConversationsReply: ReplyBody, Hashable {
    public var epoch: String
    public var conversations: [ConversationSummary]
    public var more: Bool
    /// The cursor of the next page; nil at the end.
    public var next: String?

    public init(epoch: String, conversations: [ConversationSummary], next: String? = nil) {
        self.epoch = epoch
        self.conversations = conversations
        self.next = next
        more = next != nil
    }

    public func encode(into json: inout JSONWriter) {
        json.field("epoch", epoch)
        json.array("conversations") { list in
            for summary in conversations { list.elementObject { summary.encode(into: &$0) } }
        }
        json.flag("more", more)
        json.field("next", optional: next)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var epoch: String?
        conversations = []
        more = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "epoch": epoch = try json.string()
            case "conversations":
                conversations = try json.array { json throws(JSONError) in try ConversationSummary(from: &json) }
            case "more": more = try json.boolean()
            case "next": next = try json.string()
            default: try json.skip()
            }
        }
        self.epoch = try json.require(epoch, "epoch")
    }
}
