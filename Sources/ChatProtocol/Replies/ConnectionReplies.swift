/// The reply to `hello`. (Protocol: Account)
public struct HelloReply: ReplyBody, Hashable {
    public enum Registration: String, Sendable {
        case open, invite, closed
    }

    public var server: String
    public var version: String
    public var protocolVersion: Int64
    /// The identity of the store: new whenever one is created or restored.
    public var epoch: String
    public var features: [String]
    /// The server's bounds by name, in bytes unless the name says otherwise.
    public var limits: [String: Int64]
    public var registration: Registration
    public var time: Timestamp

    public init(
        server: String, version: String, epoch: String, features: [String], limits: [String: Int64],
        registration: Registration, time: Timestamp
    ) {
        self.server = server
        self.version = version
        self.protocolVersion = Int64(ChatProtocol.protocolVersion)
        self.epoch = epoch
        self.features = features
        self.limits = limits
        self.registration = registration
        self.time = time
    }

    public func encode(into json: inout JSONWriter) {
        json.field("server", server)
        json.field("version", version)
        json.field("protocol", protocolVersion)
        json.field("epoch", epoch)
        json.array("features") { list in for feature in features { list.element(feature) } }
        json.object("limits") { object in
            for (name, bound) in limits.sorted(by: { $0.key < $1.key }) { object.field(named: name, bound) }
        }
        json.field("registration", registration.rawValue)
        json.field("time", time.milliseconds)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var server = ""
        var version = ""
        var protocolVersion: Int64 = 1
        var epoch: String?
        var features: [String] = []
        var limits: [String: Int64] = [:]
        var registration = Registration.open
        var time: Timestamp?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "server": server = try json.string()
            case "version": version = try json.string()
            case "protocol": protocolVersion = try json.integer()
            case "epoch": epoch = try json.string()
            case "features": features = try json.array { json throws(JSONError) in try json.string() }
            case "limits":
                try json.beginObject()
                while let name = try json.nextKey() { limits[name] = try json.integer() }
            case "registration": registration = Registration(rawValue: try json.string()) ?? .closed
            case "time": time = try json.timestamp()
            default: try json.skip()
            }
        }
        self.server = server
        self.version = version
        self.protocolVersion = protocolVersion
        self.epoch = try json.require(epoch, "epoch")
        self.features = features
        self.limits = limits
        self.registration = registration
        self.time = try json.require(time, "time")
    }
}

/// The reply to `subscribe`: from here this connection gets every event of its user.
public struct SubscribeReply: ReplyBody, Hashable {
    public var epoch: String

    public init(epoch: String) { self.epoch = epoch }

    public func encode(into json: inout JSONWriter) { json.field("epoch", epoch) }

    public init(from json: inout JSONReader) throws(JSONError) {
        var epoch: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            if key == "epoch" { epoch = try json.string() } else { try json.skip() }
        }
        self.epoch = try json.require(epoch, "epoch")
    }
}

extension JSONReader {
    /// All elements of an array.
    mutating func array<Element>(
        _ element: (inout JSONReader) throws(JSONError) -> Element
    ) throws(JSONError) -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try nextElement() { elements.append(try element(&self)) }
        return elements
    }

    mutating func username() throws(JSONError) -> Username {
        try name { text throws(ProtocolError) in try Username(text) }
    }

    mutating func room() throws(JSONError) -> RoomName { try name(RoomName.init) }

    mutating func conversation() throws(JSONError) -> ConversationName {
        try name { text throws(ProtocolError) in try ConversationName(text) }
    }
}
