/// The reply to `send`, and by other words to `room_chat`. (Protocol: Messages, Rooms)
public struct SendReply: ReplyBody, Hashable {
    /// Which sentence stands in the reply.
    public enum Wording: Sendable {
        /// `message`: "Message Sent", `user`: destination.
        case send(destination: String)
        /// `messages`: "Broadcasted the messages".
        case roomChat
    }

    public var wording: Wording?
    public var conversation: ConversationName
    public var seq: Seq
    public var time: Timestamp
    /// Whether this was a retry of what is stored already. (Protocol: Delivery promises, 2)
    public var duplicate: Bool

    public init(wording: Wording, conversation: ConversationName, seq: Seq, time: Timestamp, duplicate: Bool) {
        self.wording = wording
        self.conversation = conversation
        self.seq = seq
        self.time = time
        self.duplicate = duplicate
    }

    public func encode(into json: inout JSONWriter) {
        switch wording {
        case .send(let destination):
            json.field("message", word: "Message Sent")
            json.field("user", destination)
        case .roomChat:
            json.field("messages", "Broadcasted the messages")
        case nil: break
        }
        conversation.encode(into: &json)
        json.field("seq", seq.value)
        json.field("time", time.milliseconds)
        json.flag("duplicate", duplicate)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var conversation: ConversationName?
        var seq: Seq?
        var time: Timestamp?
        var duplicate = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "conversation": conversation = try json.conversation()
            case "seq": seq = try json.seq()
            case "time": time = try json.timestamp()
            case "duplicate": duplicate = try json.boolean()
            default: try json.skip()
            }
        }
        wording = nil
        self.conversation = try json.require(conversation, "conversation")
        self.seq = try json.require(seq, "seq")
        self.time = try json.require(time, "time")
        self.duplicate = duplicate
    }

    public static func == (a: SendReply, b: SendReply) -> Bool {
        a.conversation == b.conversation && a.seq == b.seq && a.time == b.time && a.duplicate == b.duplicate
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(conversation)
        hasher.combine(seq)
    }
}

/// The reply to `inbox`: unread direct messages by sender, oldest first. (Protocol: Messages)
public struct InboxReply: ReplyBody, Hashable {
    public struct Sender: Hashable, Sendable {
        public var username: Username
        public var messages: [Message]

        public init(username: Username, messages: [Message]) {
            self.username = username
            self.messages = messages
        }
    }

    public struct Message: Hashable, Sendable {
        /// The sender's display name.
        public var from: String
        /// The recipient's display name.
        public var to: String
        public var text: String
        public var seq: Seq
        public var time: Timestamp

        public init(from: String, to: String, text: String, seq: Seq, time: Timestamp) {
            self.from = from
            self.to = to
            self.text = text
            self.seq = seq
            self.time = time
        }
    }

    public var senders: [Sender]
    /// Whether there is more than one reply holds.
    public var more: Bool

    public init(senders: [Sender], more: Bool) {
        self.senders = senders
        self.more = more
    }

    public func encode(into json: inout JSONWriter) {
        json.object("messages") { object in
            for sender in senders {
                object.array(named: sender.username.text) { list in
                    for message in sender.messages {
                        list.elementObject { json in
                            json.field("msg_from", message.from)
                            json.field("msg_to", message.to)
                            json.field("msg", message.text)
                            json.field("seq", message.seq.value)
                            json.field("time", message.time.milliseconds)
                        }
                    }
                }
            }
        }
        json.flag("more", more)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        senders = []
        more = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "messages":
                try json.beginObject()
                while let name = try json.nextKey() {
                    let username: Username
                    do { username = try Username(name) } catch { throw json.failure(error.detail) }
                    senders.append(Sender(username: username, messages: try json.array(Message.init)))
                }
            case "more": more = try json.boolean()
            default: try json.skip()
            }
        }
    }
}

extension InboxReply.Message {
    init(from json: inout JSONReader) throws(JSONError) {
        var from = ""
        var to = ""
        var text = ""
        var seq: Seq?
        var time: Timestamp?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "msg_from": from = try json.string()
            case "msg_to": to = try json.string()
            case "msg": text = try json.string()
            case "seq": seq = try json.seq()
            case "time": time = try json.timestamp()
            default: try json.skip()
            }
        }
        self.init(from: from, to: to, text: text, seq: try json.require(seq, "seq"), time: try json.require(time, "time"))
    }
}

/// The reply to `history`: a page of entries in seq order. (Protocol: Messages)
public struct HistoryReply: ReplyBody, Hashable {
    public var entries: [Entry]
    /// The caller now holds all he may see through this seq.
    public var upto: Seq
    /// What is folded into entries, such as edits, is so through this seq.
    public var asOf: Seq
    /// Whether there are further entries in the direction that was asked.
    public var more: Bool

    public init(entries: [Entry], upto: Seq, asOf: Seq, more: Bool) {
        self.entries = entries
        self.upto = upto
        self.asOf = asOf
        self.more = more
    }

    public func encode(into json: inout JSONWriter) {
        json.array("entries") { list in
            for entry in entries { list.elementObject { entry.encode(into: &$0) } }
        }
        json.field("upto", upto.value)
        json.field("as_of", asOf.value)
        json.field("more", more)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        entries = []
        more = false
        var upto: Seq?
        var asOf: Seq?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "entries": entries = try json.array { json throws(JSONError) in try Entry(from: &json) }
            case "upto": upto = try json.seq()
            case "as_of": asOf = try json.seq()
            case "more": more = try json.boolean()
            default: try json.skip()
            }
        }
        self.upto = try json.require(upto, "upto")
        self.asOf = asOf ?? self.upto
    }
}
