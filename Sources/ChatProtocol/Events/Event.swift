public import NIOCore

/// What a server tells a subscribed connection unasked. (Protocol: Replies and events)
public enum Event: Hashable, Sendable {
    /// A new entry of a conversation.
    case message(Entry)
    /// Somebody came or went, or is new here.
    case presence(Username, name: String, online: Bool)
    /// Another device of the same user has read this far.
    case read(ConversationName, Seq)
    /// The session has ended; the connection closes.
    case session(reason: String)
    /// The server is about to stop: come back after this many milliseconds.
    case reconnect(after: Int64)
    /// This connection is cut: it left too many events unread. (Delivery promises, 5)
    case closing(ProtocolError)
    /// Of a later version: ignore it.
    case unknown(type: String)
}

extension Event {
    /// One line, its end included.
    public func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        encode(to: &buffer)
        return buffer
    }

    /// - Parameter buffer: the line is written behind what it holds.
    public func encode(to buffer: inout ByteBuffer) {
        var json = JSONWriter()
        switch self {
        case .message(let entry):
            entry.encode(into: &json)
        case .presence(let person, let name, let online):
            json.field("type", "presence")
            json.field("username", person.text)
            json.field("name", name)
            json.field("online", online)
        case .read(let conversation, let seq):
            json.field("type", "read")
            json.field("conversation", conversation.description)
            json.field("seq", seq.value)
        case .session(let reason):
            json.field("type", "session")
            json.field("reason", reason)
        case .reconnect(let after):
            json.field("type", "reconnect")
            json.field("after", after)
        case .closing(let error):
            json.field("type", "closing")
            json.field("code", error.code.rawValue)
            json.field("error", error.detail)
        case .unknown(let type):
            json.field("type", type)
        }
        json.finish(.lines, to: &buffer)
    }
}

extension ServerFrame {
    /// Reads the content of an event.
    /// - Throws: `JSONError` if a known event is not shaped as it must be.
    public func event() throws(JSONError) -> Event {
        guard case .event(let type) = kind else { throw JSONError(reason: "A reply where an event was expected", offset: 0) }
        var json = JSONReader(object)
        switch type {
        case "message":
            return .message(try Entry(from: &json))
        case "presence", "read", "session", "reconnect", "closing":
            return try EventFields(from: &json).event(type)
        default:
            return .unknown(type: type)
        }
    }
}

/// The fields of the events that are not entries.
private struct EventFields {
    var person: Username?
    var name: String?
    var online: Bool?
    var conversation: ConversationName?
    var seq: Seq?
    var reason: String?
    var after: Int64?
    var code: String?
    var detail: String?
    let end: JSONReader

    init(from json: inout JSONReader) throws(JSONError) {
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "username": person = try json.username()
            case "name": name = try json.string()
            case "online": online = try json.boolean()
            case "conversation": conversation = try json.conversation()
            case "seq": seq = try json.seq()
            case "reason": reason = try json.string()
            case "after": after = try json.integer()
            case "code": code = try json.string()
            case "error": detail = try json.string()
            default: try json.skip()
            }
        }
        end = json
    }

    func event(_ type: String) throws(JSONError) -> Event {
        switch type {
        case "presence":
            let person = try end.require(person, "username")
            return .presence(person, name: name ?? person.text, online: try end.require(online, "online"))
        case "read": return .read(try end.require(conversation, "conversation"), try end.require(seq, "seq"))
        case "session": return .session(reason: reason ?? "")
        case "reconnect": return .reconnect(after: max(0, after ?? 0))
        default: return .closing(ProtocolError(code.flatMap(ErrorCode.init) ?? .internal, detail ?? ""))
        }
    }
}

/// A room's traffic as the first client reads it: what a connection gets that joined and never subscribed.
/// (Protocol: Rooms)
public struct ClassicBroadcast: Sendable {
    public var username: String
    public var display: String
    public var text: String
    public var room: RoomName
    public var seq: Seq

    /// Who speaks where the server does.
    public static let system = "[System]"

    public init(username: String, display: String, text: String, room: RoomName, seq: Seq) {
        self.username = username
        self.display = display
        self.text = text
        self.room = room
        self.seq = seq
    }

    /// - Parameter buffer: the object and its end mark are written behind what it holds.
    public func encode(_ framing: Framing, to buffer: inout ByteBuffer) {
        var json = JSONWriter(style: JSONStyle(framing))
        json.field("status", "OK")
        json.field("type", "broadcast")
        json.field("username", username)
        json.field("display", display)
        json.field("messages", text)
        json.field("conversation", room.description)
        json.field("seq", seq.value)
        json.finish(framing, to: &buffer)
    }
}
