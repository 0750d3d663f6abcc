/// `send`: a message into a direct conversation or a room. (Protocol: Messages)
public struct Send: Sendable, CommandFields {
    public var conversation: ConversationName
    /// As it was typed: the reply repeats it.
    public var destination: String
    public var message: MessageText
    public var nonce: Nonce?
    /// The entry that this one answers.
    public var ref: Seq?

    public init(conversation: ConversationName, message: MessageText, nonce: Nonce? = nil, ref: Seq? = nil) {
        self.conversation = conversation
        destination = conversation.description
        self.message = message
        self.nonce = nonce
        self.ref = ref
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        destination = try fields.required("destination", or: "conversation")
        conversation = try ConversationName(destination)
        message = try fields.messageText(framing: request.framing)
        nonce = try fields.nonceIfGiven()
        ref = try fields.number("ref").map(Seq.init(unchecked:))
    }

    func encode(into form: inout FormWriter) {
        form.field("conversation", conversation.description)
        form.field("message", message.text)
        form.field("nonce", nonce?.text)
        form.field("ref", ref?.value)
    }
}

/// `history`: a page of a conversation. (Protocol: Messages)
public struct History: Sendable, CommandFields {
    public enum Anchor: Hashable, Sendable {
        /// The entries just before this one; `Seq.maximum` asks for the newest.
        case before(Seq)
        /// The entries just after this one. `at` is the time that the caller knows for it: another time there means
        /// another store. (Protocol: Delivery promises, 6)
        case after(Seq, at: Timestamp?)
        /// Half a page on either side.
        case around(Seq)
    }

    public var conversation: ConversationName
    public var anchor: Anchor
    /// Entries at most; never more than `Limits.historyPage`.
    public var limit: Int

    public init(conversation: ConversationName, anchor: Anchor, limit: Int = 100) {
        self.conversation = conversation
        self.anchor = anchor
        self.limit = limit
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        conversation = try fields.conversation()
        let before = try fields.number("before").map(Seq.init(unchecked:))
        let after = try fields.number("after").map(Seq.init(unchecked:))
        let around = try fields.number("around").map(Seq.init(unchecked:))
        switch (before, after, around) {
        case (let before?, nil, nil): anchor = .before(before)
        case (nil, let after?, nil):
            anchor = .after(after, at: try fields.number("at").map(Timestamp.init(milliseconds:)))
        case (nil, nil, let around?): anchor = .around(around)
        case (nil, nil, nil): anchor = .before(.maximum)
        default: throw ProtocolError(.badRequest, "Give one of \"before\", \"after\" and \"around\".")
        }
        let asked = try fields.number("limit") ?? 100
        guard (1...Int64(Limits.historyPage)).contains(asked) else {
            throw ProtocolError(.badRequest, "The field \"limit\" takes 1 to \(Limits.historyPage).")
        }
        limit = Int(asked)
    }

    func encode(into form: inout FormWriter) {
        form.field("conversation", conversation.description)
        switch anchor {
        case .before(let seq): if seq != .maximum { form.field("before", seq.value) }
        case .after(let seq, let time):
            form.field("after", seq.value)
            form.field("at", time?.milliseconds)
        case .around(let seq): form.field("around", seq.value)
        }
        form.field("limit", Int64(limit))
    }
}

/// `room_chat`: a message into a room, the session's current one unless it is named. (Protocol: Rooms)
public struct RoomChat: Sendable, CommandFields {
    public var room: RoomName?
    public var message: MessageText
    public var nonce: Nonce?

    public init(room: RoomName?, message: MessageText, nonce: Nonce? = nil) {
        self.room = room
        self.message = message
        self.nonce = nonce
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        room = try fields.roomIfGiven()
        message = try fields.messageText(framing: request.framing)
        nonce = try fields.nonceIfGiven()
    }

    func encode(into form: inout FormWriter) {
        form.field("roomname", room?.text)
        form.field("message", message.text)
        form.field("nonce", nonce?.text)
    }
}
