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

    /// From the word on the wire, in any case; nil for a command that this version does not know.
    public init?(wire: UnsafeRawBufferPointer) {
        guard wire.count <= CommandWord.length else { return nil }
        let word = CommandWord(wire)
        guard let known = Self.words.first(where: { $0.word == word }) else { return nil }
        self = known.name
    }

    /// What is sent most stands first.
    private static let words: [(word: CommandWord, name: CommandName)] = {
        let names = [.send, .roomChat] + allCases
        var words = names.map { (word: CommandWord($0.rawValue), name: $0) }
        words.append((CommandWord("list_file"), .fileList))
        return words
    }()

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
        case .inbox, .conversations, .users, .rooms, .roomJoin, .roomMembers, .history, .fileList: 5
        case .fileSend, .fileGet, .roomSendFile, .roomGetFile: 10
        default: 1
        }
    }
}

/// The letters of a command in two words of the machine.
private struct CommandWord: Equatable {
    static let length = 16

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private let count: Int

    init(_ text: String) { self = text.withBytes { CommandWord($0) } }

    init(_ bytes: UnsafeRawBufferPointer) {
        count = bytes.count
        for byte in bytes.prefix(Self.length) {
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            second = second << 8 | first >> 56
            first = first << 8 | UInt64(isCapital ? byte | 0x20 : byte)
        }
    }
}
