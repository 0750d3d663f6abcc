/// `register`: a new account. (Protocol: Account)
public struct Register: Sendable, CommandFields {
    public var username: Username
    /// At most `Limits.password` bytes; the least length is the server's to set.
    public var password: String
    public var name: DisplayName
    /// May be empty.
    public var nationality: String

    public init(username: Username, password: String, name: DisplayName, nationality: String) {
        self.username = username
        self.password = password
        self.name = name
        self.nationality = nationality
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        username = try Username(try fields.required("username"))
        password = try fields.password()
        name = try DisplayName(try fields.required("name"))
        guard let nationality = try fields.present("nationality") else {
            throw ProtocolError(.badRequest, "The field \"nationality\" is missing.")
        }
        self.nationality = nationality.isEmpty ? "" : try DisplayName(nationality).text
    }

    func encode(into form: inout FormWriter) {
        form.field("username", username.text)
        form.field("password", password)
        form.field("name", name.text)
        form.field("nationality", nationality)
    }
}

/// `auth`: a session for a password. (Protocol: Account)
public struct Auth: Sendable, CommandFields {
    /// As it was typed: what can be no user name is answered like a wrong one.
    public var username: String
    public var password: String
    /// What the session is called in the list of one's sessions.
    public var device: String?

    public init(username: String, password: String, device: String? = nil) {
        self.username = username
        self.password = password
        self.device = device
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        username = try fields.required("username")
        password = try fields.password()
        device = try fields.optional("device")
        if let device { _ = try DisplayName(device) }
    }

    func encode(into form: inout FormWriter) {
        form.field("username", username)
        form.field("password", password)
        form.field("device", device)
    }
}

extension FormFields {
    fileprivate func password() throws(ProtocolError) -> String {
        let password = try required("password")
        guard password.utf8.count <= Limits.password else {
            throw ProtocolError(.tooLarge, "A password is at most \(Limits.password) bytes long.")
        }
        guard !password.utf8.contains(0) else { throw ProtocolError(.invalidText, "A password holds no NUL.") }
        return password
    }
}

/// Which part of a list is asked for. (Protocol: every list has a bound)
public struct ListPage: Sendable, CommandFields {
    /// Only what has this in its name.
    public var query: String?
    /// The cursor that the page before gave.
    public var next: String?
    /// Rows at most; never more than `Limits.listPage`.
    public var limit: Int

    public init(query: String? = nil, next: String? = nil, limit: Int = Limits.listPage) {
        self.query = query
        self.next = next
        self.limit = limit
    }

    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError) {
        query = try fields.optional("q")
        guard (query?.utf8.count ?? 0) <= Limits.query else {
            throw ProtocolError(.badRequest, "q is at most \(Limits.query) bytes long.")
        }
        next = try fields.optional("next")
        limit = Int(max(1, min(try fields.number("limit") ?? Int64(Limits.listPage), Int64(Limits.listPage))))
    }

    func encode(into form: inout FormWriter) {
        form.field("q", query)
        form.field("next", next)
        if limit != Limits.listPage { form.field("limit", Int64(limit)) }
    }
}
