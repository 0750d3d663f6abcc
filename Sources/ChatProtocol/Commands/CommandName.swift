/// The commands of the protocol by their words on the wire, and what holds for each before it is looked at.
public enum CommandName: String, Sendable, CaseIterable {
    // Connection
    case hello, subscribe, unsubscribe, ping
    // Account
    case register, auth, logout, whoami
    // People
    case users
    // Messages
    case send, inbox, conversations, history, read
    // Rooms
    case roomJoin = "room_join"
    case roomChat = "room_chat"
    case roomLeave = "room_leave"
    case rooms
    case roomMembers = "room_members"
    case roomSendFile = "room_send_file"
    case roomGetFile = "room_get_file"
    // Files
    case fileSend = "file_send"
    case fileGet = "file_get"
    case fileList = "file_list"
    case fileBegin = "file_begin"
    case fileAppend = "file_append"
    case fileFinish = "file_finish"
    case fileRead = "file_read"
    case fileInfo = "file_info"

    public static let maximumLength = 32

    /// From the word on the wire, in lower case; nil for a command that this version does not know.
    public init?(wire: String) {
        if wire == "list_file" {
            self = .fileList
        } else {
            self.init(rawValue: wire)
        }
    }

    /// Whether the caller must be logged in.
    public var needsSession: Bool {
        switch self {
        case .hello, .ping, .register, .auth: false
        default: true
        }
    }

    /// What one call counts towards the caller's limit of requests, in requests.
    public var cost: Int {
        switch self {
        case .register, .auth: 20
        case .inbox, .conversations, .users, .rooms, .roomMembers, .history, .fileList: 5
        case .fileSend, .fileGet, .roomSendFile, .roomGetFile: 10
        default: 1
        }
    }
}
