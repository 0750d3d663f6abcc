/// A request's content, checked: what is malformed does not become one.
public enum Command: Sendable {
    case hello
    case subscribe
    case unsubscribe
    case ping

    case register(Register)
    case auth(Auth)
    case logout
    case whoami
    case users(ListPage)

    case send(Send)
    case inbox(peek: Bool)
    /// The first page, or the one after the page that gave this cursor.
    case conversations(next: String?)
    case history(History)
    case read(ConversationName, Seq)

    case roomJoin(RoomName)
    case roomChat(RoomChat)
    case roomLeave(RoomName?)
    case rooms(ListPage)
    case roomMembers(RoomName, ListPage)
    case roomSendFile(SendFile)
    case roomGetFile(RoomName?, FileLabel)

    case fileSend(SendFile)
    case fileGet(GetFile)
    case fileList
    case fileBegin(BeginUpload)
    case fileAppend(AppendUpload)
    case fileFinish(FinishUpload)
    case fileRead(ReadFile)
    case fileInfo(FileID)
}

extension Command {
    /// - Throws: `unknown-command`, and whatever the fields of the command are refused with.
    public init(_ request: RawRequest) throws(ProtocolError) {
        guard let name = request.command else {
            throw ProtocolError(.unknownCommand, "This server does not know that command.")
        }
        switch name {
        case .hello: self = .hello
        case .subscribe: self = .subscribe
        case .unsubscribe: self = .unsubscribe
        case .ping: self = .ping
        case .register: self = .register(try Register(request.fields, of: request))
        case .auth: self = .auth(try Auth(request.fields, of: request))
        case .logout: self = .logout
        case .whoami: self = .whoami
        case .users: self = .users(try ListPage(request.fields, of: request))
        case .send: self = .send(try Send(request.fields, of: request))
        case .inbox: self = .inbox(peek: try request.fields.flag("peek"))
        case .conversations: self = .conversations(next: try request.fields.optional("next"))
        case .history: self = .history(try History(request.fields, of: request))
        case .read: self = .read(try request.fields.conversation(), try request.fields.seq("seq"))
        case .roomJoin: self = .roomJoin(try RoomName(try request.fields.required("roomname")))
        case .roomChat: self = .roomChat(try RoomChat(request.fields, of: request))
        case .roomLeave: self = .roomLeave(try request.fields.roomIfGiven())
        case .rooms: self = .rooms(try ListPage(request.fields, of: request))
        case .roomMembers:
            self = .roomMembers(try RoomName(try request.fields.required("roomname")), try ListPage(request.fields, of: request))
        case .roomSendFile: self = .roomSendFile(try SendFile(room: request.fields, of: request))
        case .roomGetFile:
            self = .roomGetFile(try request.fields.roomIfGiven(), try FileLabel(try request.fields.required("filename")))
        case .fileSend: self = .fileSend(try SendFile(request.fields, of: request))
        case .fileGet: self = .fileGet(try GetFile(request.fields, of: request))
        case .fileList: self = .fileList
        case .fileBegin: self = .fileBegin(try BeginUpload(request.fields, of: request))
        case .fileAppend: self = .fileAppend(try AppendUpload(request.fields, of: request))
        case .fileFinish: self = .fileFinish(try FinishUpload(request.fields, of: request))
        case .fileRead: self = .fileRead(try ReadFile(request.fields, of: request))
        case .fileInfo: self = .fileInfo(try FileID(try request.fields.required("file")))
        }
    }

    public var name: CommandName {
        switch self {
        case .hello: .hello
        case .subscribe: .subscribe
        case .unsubscribe: .unsubscribe
        case .ping: .ping
        case .register: .register
        case .auth: .auth
        case .logout: .logout
        case .whoami: .whoami
        case .users: .users
        case .send: .send
        case .inbox: .inbox
        case .conversations: .conversations
        case .history: .history
        case .read: .read
        case .roomJoin: .roomJoin
        case .roomChat: .roomChat
        case .roomLeave: .roomLeave
        case .rooms: .rooms
        case .roomMembers: .roomMembers
        case .roomSendFile: .roomSendFile
        case .roomGetFile: .roomGetFile
        case .fileSend: .fileSend
        case .fileGet: .fileGet
        case .fileList: .fileList
        case .fileBegin: .fileBegin
        case .fileAppend: .fileAppend
        case .fileFinish: .fileFinish
        case .fileRead: .fileRead
        case .fileInfo: .fileInfo
        }
    }

    func encode(into form: inout FormWriter) {
        switch self {
        case .hello, .subscribe, .unsubscribe, .ping, .logout, .whoami, .fileList: break
        case .register(let fields): fields.encode(into: &form)
        case .auth(let fields): fields.encode(into: &form)
        case .users(let page), .rooms(let page): page.encode(into: &form)
        case .send(let fields): fields.encode(into: &form)
        case .inbox(let peek): form.flag("peek", peek)
        case .conversations(let next): form.field("next", next)
        case .history(let fields): fields.encode(into: &form)
        case .read(let conversation, let seq):
            form.field("conversation", conversation.description)
            form.field("seq", seq.value)
        case .roomJoin(let room): form.field("roomname", room.text)
        case .roomChat(let fields): fields.encode(into: &form)
        case .roomLeave(let room): form.field("roomname", room?.text)
        case .roomMembers(let room, let page):
            form.field("roomname", room.text)
            page.encode(into: &form)
        case .roomSendFile(let fields), .fileSend(let fields): fields.encode(into: &form)
        case .roomGetFile(let room, let label):
            form.field("roomname", room?.text)
            form.field("filename", label.text)
        case .fileGet(let fields): fields.encode(into: &form)
        case .fileBegin(let fields): fields.encode(into: &form)
        case .fileAppend(let fields): fields.encode(into: &form)
        case .fileFinish(let fields): fields.encode(into: &form)
        case .fileRead(let fields): fields.encode(into: &form)
        case .fileInfo(let file): form.field("file", file.text)
        }
    }
}

extension FormFields {
    /// The conversation that a command is about.
    func conversation() throws(ProtocolError) -> ConversationName {
        try ConversationName(try required("conversation"))
    }

    func seq(_ key: StaticString) throws(ProtocolError) -> Seq {
        Seq(unchecked: try requiredNumber(key))
    }

    func roomIfGiven() throws(ProtocolError) -> RoomName? {
        guard let text = try optional("roomname") else { return nil }
        return try RoomName(text)
    }

    func nonceIfGiven() throws(ProtocolError) -> Nonce? {
        guard let text = try optional("nonce") else { return nil }
        return try Nonce(text)
    }

    /// A message's text as people meant it: `CR LF` is a line end, and the one that the first client adds is no part of it.
    func messageText(framing: Framing) throws(ProtocolError) -> MessageText {
        var text = try required("message")
        if framing == .classic {
            if text.utf8.contains(0x0D) {
                text = String(
                    decoding: text.utf8.split(separator: 0x0D, omittingEmptySubsequences: false).joined(), as: UTF8.self)
            }
            if text.utf8.last == 0x0A { text.removeLast() }
            guard !text.isEmpty else { throw ProtocolError(.badRequest, "The field \"message\" is missing.") }
        }
        return try MessageText(text)
    }
}
