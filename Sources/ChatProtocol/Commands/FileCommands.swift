public import NIOCore

/// `file_send`, `room_send_file`: a whole file inside the request. (Protocol: Files, Rooms)
public struct SendFile: Sendable, CommandFields {
    /// Nil only for `room_send_file` into the session's current room.
    public var conversation: ConversationName?
    public var label: FileLabel
    public var content: ByteBuffer

    public init(conversation: ConversationName?, label: FileLabel, content: ByteBuffer) {
        self.conversation = conversation
        self.label = label
        self.content = content
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        conversation = try ConversationName(try fields.required("username", or: "conversation"))
        label = try FileLabel(try fields.required("filename"))
        content = try fields.base64("payload")
    }

    init(room fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        conversation = try fields.roomIfGiven().map(ConversationName.room)
        label = try FileLabel(try fields.required("filename"))
        content = try fields.base64("payload")
    }

    func encode(into form: inout FormWriter) {
        switch conversation {
        case .room(let room): form.field("roomname", room.text)
        case .direct(let person): form.field("username", person.text)
        case nil: break
        }
        form.field("filename", label.text)
        form.field("payload", Base64.encode(content.readableBytesView))
    }
}

/// `file_get`: a whole file inside the reply. (Protocol: Files)
public enum GetFile: Sendable, CommandFields {
    /// The newest of this name that the caller received directly.
    case label(FileLabel)
    case file(FileID)

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        if let file = try fields.optional("file") {
            self = .file(try FileID(file))
        } else {
            self = .label(try FileLabel(try fields.required("filename")))
        }
    }

    func encode(into form: inout FormWriter) {
        switch self {
        case .label(let label): form.field("filename", label.text)
        case .file(let file): form.field("file", file.text)
        }
    }
}

/// `file_begin`: an upload in chunks, new or one that goes on. (Protocol: Files)
public struct BeginUpload: Sendable, CommandFields {
    public var conversation: ConversationName
    public var label: FileLabel
    /// Bytes.
    public var size: Int64
    public var sha256: ContentHash
    public var nonce: Nonce?

    public init(conversation: ConversationName, label: FileLabel, size: Int64, sha256: ContentHash, nonce: Nonce?) {
        self.conversation = conversation
        self.label = label
        self.size = size
        self.sha256 = sha256
        self.nonce = nonce
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        conversation = try fields.conversation()
        label = try FileLabel(try fields.required("filename"))
        size = try fields.requiredNumber("size")
        sha256 = try ContentHash(try fields.required("sha256"))
        nonce = try fields.nonceIfGiven()
    }

    func encode(into form: inout FormWriter) {
        form.field("conversation", conversation.description)
        form.field("filename", label.text)
        form.field("size", size)
        form.field("sha256", sha256.text)
        form.field("nonce", nonce?.text)
    }
}

/// `file_append`: the next chunk; its bytes follow the request. (Protocol: Files)
public struct AppendUpload: Sendable, CommandFields {
    public var upload: FileID
    /// Bytes before this chunk.
    public var offset: Int64
    public var bytes: ByteBuffer

    public init(upload: FileID, offset: Int64, bytes: ByteBuffer) {
        self.upload = upload
        self.offset = offset
        self.bytes = bytes
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        upload = try FileID(try fields.required("upload"))
        offset = try fields.requiredNumber("offset")
        guard let bytes = request.attached else { throw ProtocolError(.badRequest, "The field \"attached\" is missing.") }
        self.bytes = bytes
    }

    func encode(into form: inout FormWriter) {
        form.field("upload", upload.text)
        form.field("offset", offset)
    }
}

/// `file_finish`: verifies an upload and announces it. (Protocol: Files)
public struct FinishUpload: Sendable, CommandFields {
    public var upload: FileID
    public var nonce: Nonce?

    public init(upload: FileID, nonce: Nonce?) {
        self.upload = upload
        self.nonce = nonce
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        upload = try FileID(try fields.required("upload"))
        nonce = try fields.nonceIfGiven()
    }

    func encode(into form: inout FormWriter) {
        form.field("upload", upload.text)
        form.field("nonce", nonce?.text)
    }
}

/// `file_read`: a part of a file; its bytes follow the reply. (Protocol: Files)
public struct ReadFile: Sendable, CommandFields {
    public var file: FileID
    /// Bytes from the start of the file.
    public var offset: Int64
    /// Bytes at most; never more than `Limits.attached`.
    public var length: Int

    public init(file: FileID, offset: Int64, length: Int) {
        self.file = file
        self.offset = offset
        self.length = length
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        file = try FileID(try fields.required("file"))
        offset = try fields.number("offset") ?? 0
        length = Int(min(try fields.number("length") ?? Int64(Limits.attached), Int64(Limits.attached)))
    }

    func encode(into form: inout FormWriter) {
        form.field("file", file.text)
        form.field("offset", offset)
        form.field("length", Int64(length))
    }
}
