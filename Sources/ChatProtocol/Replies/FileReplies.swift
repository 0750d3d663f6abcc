public import NIOCore

/// A file and where it stands: rows of `file_list`, and the replies to `file_send`, `file_finish` and `file_info`.
/// (Protocol: Files)
public struct FileReply: ReplyBody, Hashable {
    public var file: SharedFile
    /// The file's name, as the first client reads it from `file_send`.
    public var message: String?
    public var conversation: ConversationName?
    public var seq: Seq?
    public var time: Timestamp?
    public var from: Username?
    public var duplicate: Bool

    public init(
        file: SharedFile, message: String? = nil, conversation: ConversationName? = nil, seq: Seq? = nil, time: Timestamp? = nil,
        from: Username? = nil, duplicate: Bool = false
    ) {
        self.file = file
        self.message = message
        self.conversation = conversation
        self.seq = seq
        self.time = time
        self.from = from
        self.duplicate = duplicate
    }

    public func encode(into json: inout JSONWriter) {
        json.field("message", optional: message)
        json.object("file") { file.encode(into: &$0) }
        encodePlace(into: &json)
    }

    private func encodePlace(into json: inout JSONWriter) {
        json.field("conversation", optional: conversation?.description)
        json.field("seq", optional: seq?.value)
        json.field("time", optional: time?.milliseconds)
        json.field("from", optional: from?.text)
        json.flag("duplicate", duplicate)
    }

    /// As a row of a list, where the fields of the file stand beside the others.
    func encodeRow(into json: inout JSONWriter) {
        file.encode(into: &json)
        encodePlace(into: &json)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var file: SharedFile?
        var row = (id: FileID?.none, label: FileLabel?.none, size: Int64?.none, sha256: ContentHash?.none)
        duplicate = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "file": file = try SharedFile(from: &json)
            case "id": row.id = try? FileID(try json.string())
            case "name": row.label = try json.name(FileLabel.init)
            case "size": row.size = try json.integer()
            case "sha256": row.sha256 = try json.name { text throws(ProtocolError) in try ContentHash(text) }
            case "message": message = try json.string()
            case "conversation": conversation = try json.conversation()
            case "seq": seq = try json.seq()
            case "time": time = try json.timestamp()
            case "from": from = try json.username()
            case "duplicate": duplicate = try json.boolean()
            default: try json.skip()
            }
        }
        if let file {
            self.file = file
        } else {
            self.file = SharedFile(
                id: try json.require(row.id, "id"), label: try json.require(row.label, "name"),
                size: try json.require(row.size, "size"), sha256: try json.require(row.sha256, "sha256"))
        }
    }
}

/// The replies to `file_get` and `room_get_file`: a whole file in base64.
public struct FileGetReply: ReplyBody, Hashable {
    public var label: FileLabel
    public var content: ByteBuffer

    public init(label: FileLabel, content: ByteBuffer) {
        self.label = label
        self.content = content
    }

    public func encode(into json: inout JSONWriter) {
        json.field("name", label.text)
        json.field("payload", Base64.encode(content.readableBytesView))
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var label: FileLabel?
        var content: ByteBuffer?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "name": label = try json.name(FileLabel.init)
            case "payload":
                guard let bytes = Base64.decode(Array(try json.string().utf8)) else { throw json.failure("Not base64") }
                content = ByteBuffer(bytes: bytes)
            default: try json.skip()
            }
        }
        self.label = try json.require(label, "name")
        self.content = try json.require(content, "payload")
    }
}

/// The reply to `file_list`: files received directly.
public struct FileListReply: ReplyBody, Hashable {
    public var files: [FileReply]
    public var more: Bool

    public init(files: [FileReply], more: Bool = false) {
        self.files = files
        self.more = more
    }

    public func encode(into json: inout JSONWriter) {
        // The first client expects the names as a JSON array inside a string.
        var names = JSONWriter()
        names.array("names") { list in for file in files { list.element(file.file.label.text) } }
        let object = String(buffer: names.finished())
        json.field("file", String(object.dropFirst("{\"names\":".count).dropLast()))
        json.array("files") { list in
            for file in files { list.elementObject { file.encodeRow(into: &$0) } }
        }
        json.flag("more", more)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        files = []
        more = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "files": files = try json.array { json throws(JSONError) in try FileReply(from: &json) }
            case "more": more = try json.boolean()
            default: try json.skip()
            }
        }
    }
}

/// The replies to `file_begin` and `file_append`: where to go on.
public struct UploadReply: ReplyBody, Hashable {
    public var upload: FileID
    /// Bytes that the server holds.
    public var offset: Int64

    public init(upload: FileID, offset: Int64) {
        self.upload = upload
        self.offset = offset
    }

    public func encode(into json: inout JSONWriter) {
        json.field("upload", upload.text)
        json.field("offset", offset)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var upload: FileID?
        var offset: Int64?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "upload": upload = try json.name(FileID.init)
            case "offset": offset = try json.integer()
            default: try json.skip()
            }
        }
        self.upload = try json.require(upload, "upload")
        self.offset = try json.require(offset, "offset")
    }
}

/// The reply to `file_read`; the bytes follow it.
public struct FileReadReply: ReplyBody, Hashable {
    public var size: Int64
    public var sha256: ContentHash
    public private(set) var attached: ByteBuffer?

    /// - Parameters:
    ///   - size: of the whole file, in bytes.
    ///   - bytes: the part that was asked for; fewer than asked at the end of the file.
    public init(size: Int64, sha256: ContentHash, bytes: ByteBuffer) {
        self.size = size
        self.sha256 = sha256
        attached = bytes
    }

    public mutating func take(attached: ByteBuffer?) { self.attached = attached }

    public func encode(into json: inout JSONWriter) {
        json.field("size", size)
        json.field("sha256", sha256.text)
    }

    public init(from json: inout JSONReader) throws(JSONError) {
        var size: Int64?
        var sha256: ContentHash?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "size": size = try json.integer()
            case "sha256": sha256 = try json.name { text throws(ProtocolError) in try ContentHash(text) }
            default: try json.skip()
            }
        }
        self.size = try json.require(size, "size")
        self.sha256 = try json.require(sha256, "sha256")
    }
}
