/// What the first client asks and answers, word for word: people and scripts know these.
enum ClassicWords {
    static let username = "Username:"
    static let password = "Password:"
    static let name = "Name:"
    static let nationality = "Nationality:"
    static let recipient = "Recipient username:"
    static let message = "Message:"
    static let filename = "Filename:"
    static let room = "Room name:"

    static let userMade = "User berhasil dibuat"
    static let loggedOut = "Berhasil keluar"

    static func loggedIn(_ username: String) -> String { "Login [\(username)] telah berhasil" }
    static func sent(_ user: String) -> String { "Message Sent to user [\(user)]." }
    static func incoming(_ count: Int) -> String { "\(count) messages incoming." }
    static func from(_ name: String, _ text: String) -> String { "from \(name): \(text)" }
    static func joined(_ room: String) -> String { "Telah bergabung ke ruangan [\(room)]" }
    static func left(_ room: String) -> String { "Telah keluar dari ruangan [\(room)]" }
}
