/// Only the sentence that the first client prints: `logout`, `room_leave` by its own key.
public struct MessageReply: ReplyBody, Hashable {
    public var message: String

    public init(message: String) { self.message = message }

    public func encode(into json: inout JSONWriter) { json.field("message", message) }

    public init(from json: inout JSONReader) throws(JSONError) {
        var message: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            if key == "message" { message = try json.string() } else { try json.skip() }
        }
        self.message = try json.require(message, "message")
    }
}

/// The reply to `register` and, without the sentence, to `whoami`. (Protocol: Account)
public struct AccountReply: ReplyBody, Hashable {
    public var username: Username
    public var name: String
    public var nationality: String
    /// "User berhasil dibuat" from `register`.
    public var message: String?
    /// From `whoami`.
    public var role: String?

    public init(username: Username, name: String, nationality: String, message: String? = nil, role: String? = nil) {
        self.username = username
        self.name = name
        self.nationality = nationality
        self.message = message
        self.role = role
    }

    public func encode(into json: inout JSONWriter) {
        json.field("username", username.text)
        json.field("name", name)
        json.field("nationality", nationality)
        json.field("message", optional: message)
        json.field("role", optional: role)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var username: Username?
        var name: String?
        var nationality = ""
        var message: String?
        var role: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "username": username = try json.username()
            case "name": name = try json.string()
            case "nationality": nationality = try json.string()
            case "message": message = try json.string()
            case "role": role = try json.string()
            default: try json.skip()
            }
        }
        self.username = try json.require(username, "username")
        self.name = name ?? self.username.text
        self.nationality = nationality
        self.message = message
        self.role = role
    }
}

/// The reply to `auth`. (Protocol: Account)
public struct AuthReply: ReplyBody, Hashable {
    public var token: SessionToken
    public var username: Username
    public var name: String
    public var message: String

    public init(token: SessionToken, username: Username, name: String) {
        self.token = token
        self.username = username
        self.name = name
        message = "Login [\(username)] telah berhasil"
    }

    public func encode(into json: inout JSONWriter) {
        json.field("tokenid", token.text)
        json.field("username", username.text)
        json.field("name", name)
        json.field("message", message)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var token: SessionToken?
        var username: Username?
        var name: String?
        var message = ""
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "tokenid": token = try json.name { text throws(ProtocolError) in try SessionToken(text) }
            case "username": username = try json.username()
            case "name": name = try json.string()
            case "message": message = try json.string()
            default: try json.skip()
            }
        }
        self.token = try json.require(token, "tokenid")
        self.username = try json.require(username, "username")
        self.name = name ?? self.username.text
        self.message = message
    }
}

/// One person in a list. (Protocol: People, Rooms)
public struct Person: Hashable, Sendable {
    public var username: Username
    public var name: String
    public var online: Bool
    /// In a room's list of members.
    public var role: String?

    public init(username: Username, name: String, online: Bool, role: String? = nil) {
        self.username = username
        self.name = name
        self.online = online
        self.role = role
    }

    func encode(into json: inout JSONWriter) {
        json.field("username", username.text)
        json.field("name", name)
        json.field("role", optional: role)
        json.field("online", online)
    }

    init(from json: inout JSONReader) throws(JSONError) {
        var username: Username?
        var name: String?
        var online = false
        var role: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "username": username = try json.username()
            case "name": name = try json.string()
            case "online": online = try json.boolean()
            case "role": role = try json.string()
            default: try json.skip()
            }
        }
        self.username = try json.require(username, "username")
        self.name = name ?? self.username.text
        self.online = online
        self.role = role
    }
}

/// The replies to `users` and `room_members`: a page of people.
public struct PeopleReply: ReplyBody, Hashable {
    /// Under which key the list stands.
    public enum List: Sendable {
        case users, members
    }

    public var list: List
    public var people: [Person]
    /// The cursor of the next page; nil at the end.
    public var next: String?

    public init(list: List, people: [Person], next: String?) {
        self.list = list
        self.people = people
        self.next = next
    }

    public func encode(into json: inout JSONWriter) {
        json.array(list == .users ? "users" : "members") { list in
            for person in people { list.elementObject { person.encode(into: &$0) } }
        }
        json.flag("more", next != nil)
        json.field("next", optional: next)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var people: [Person] = []
        var next: String?
        var list = List.users
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "users", "members":
                list = key == "users" ? .users : .members
                people = try json.array { json throws(JSONError) in try Person(from: &json) }
            case "next": next = try json.string()
            default: try json.skip()
            }
        }
        self.list = list
        self.people = people
        self.next = next
    }
}
