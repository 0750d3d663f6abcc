/// The reply to `room_join`. (Protocol: Rooms)
public struct RoomJoinReply: ReplyBody, Hashable {
    /// As the room is called, whatever case was asked for.
    public var room: RoomName
    /// Display names of who is in it, at most `Limits.listPage`.
    public var users: [String]
    /// The newest seq of the room.
    public var seq: Seq

    public init(room: RoomName, users: [String], seq: Seq) {
        self.room = room
        self.users = users
        self.seq = seq
    }

    public func encode(into json: inout JSONWriter) {
        json.field("messages", "Telah bergabung ke ruangan [\(room.text)]")
        json.array("users") { list in for user in users { list.element(user) } }
        json.field("conversation", room.description)
        json.field("seq", seq.value)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var room: RoomName?
        var seq = Seq.zero
        users = []
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "conversation": room = try json.room()
            case "users": users = try json.array { json throws(JSONError) in try json.string() }
            case "seq": seq = try json.seq()
            default: try json.skip()
            }
        }
        self.room = try json.require(room, "conversation")
        self.seq = seq
    }
}

/// The reply to `room_leave`.
public struct RoomLeaveReply: ReplyBody, Hashable {
    public var messages: String

    public init(room: RoomName) { messages = "Telah keluar dari ruangan [\(room.text)]" }

    public func encode(into json: inout JSONWriter) { json.field("messages", messages) }

    public init(from json: inout JSONReader) throws(JSONError) {
        messages = ""
        try json.beginObject()
        while let key = try json.nextKey() {
            if key == "messages" { messages = try json.string() } else { try json.skip() }
        }
    }
}

/// The reply to `rooms`: a page of the rooms that the caller may see.
public struct RoomsReply: ReplyBody, Hashable {
    public struct Room: Hashable, Sendable {
        public var room: RoomName
        public var topic: String
        public var members: Int64
        public var joined: Bool

        public init(room: RoomName, topic: String, members: Int64, joined: Bool) {
            self.room = room
            self.topic = topic
            self.members = members
            self.joined = joined
        }
    }

    public var rooms: [Room]
    /// The cursor of the next page; nil at the end.
    public var next: String?

    public init(rooms: [Room], next: String?) {
        self.rooms = rooms
        self.next = next
    }

    public func encode(into json: inout JSONWriter) {
        json.array("rooms") { list in
            for room in rooms {
                list.elementObject { json in
                    json.field("room", room.room.description)
                    json.field("topic", room.topic)
                    json.field("members", room.members)
                    json.field("joined", room.joined)
                }
            }
        }
        json.flag("more", next != nil)
        json.field("next", optional: next)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        rooms = []
        next = nil
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "rooms": rooms = try json.array { json throws(JSONError) in try Room(from: &json) }
            case "next": next = try json.string()
            default: try json.skip()
            }
        }
    }
}

extension RoomsReply.Room {
    init(from json: inout JSONReader) throws(JSONError) {
        var room: RoomName?
        var topic = ""
        var members: Int64 = 0
        var joined = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "room": room = try json.room()
            case "topic": topic = try json.string()
            case "members": members = try json.integer()
            case "joined": joined = try json.boolean()
            default: try json.skip()
            }
        }
        self.init(room: try json.require(room, "room"), topic: topic, members: members, joined: joined)
    }
}
