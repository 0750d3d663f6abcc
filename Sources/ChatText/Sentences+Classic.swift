/// What the first client asks and answers. People and scripts know these words: English has them as they are, and so has a
/// pipe in any language.
extension Sentence {
    package static let askUsername = Sentence("Username:", "Nama pengguna:")
    package static let askPassword = Sentence("Password:", "Kata sandi:")
    package static let askName = Sentence("Name:", "Nama:")
    package static let askNationality = Sentence("Nationality:", "Kewarganegaraan:")
    package static let askRecipient = Sentence("Recipient username:", "Nama pengguna penerima:")
    package static let askMessage = Sentence("Message:", "Pesan:")
    package static let askFilename = Sentence("Filename:", "Nama berkas:")
    package static let askRoom = Sentence("Room name:", "Nama ruangan:")

    package static let classicUserMade = Sentence(verbatim: "User berhasil dibuat")
    package static let classicLoggedOut = Sentence(verbatim: "Berhasil keluar")
    package static func classicLoggedIn(_ username: String) -> Sentence {
        Sentence(verbatim: "Login [\(username)] telah berhasil")
    }
    package static func classicSent(_ user: String) -> Sentence {
        Sentence("Message Sent to user [\(user)].", "Pesan terkirim ke [\(user)].")
    }
    package static func classicIncoming(_ count: Int) -> Sentence {
        Sentence("\(count) messages incoming.", "\(count) pesan masuk.")
    }
    package static func classicFrom(_ name: String, _ text: String) -> Sentence {
        Sentence("from \(name): \(text)", "dari \(name): \(text)")
    }
    package static func classicFile(_ name: String) -> Sentence { Sentence("[file] \(name)", "[berkas] \(name)") }
    package static func classicJoined(_ room: String) -> Sentence {
        Sentence(verbatim: "Telah bergabung ke ruangan [\(room)]")
    }
    package static func classicLeft(_ room: String) -> Sentence {
        Sentence(verbatim: "Telah keluar dari ruangan [\(room)]")
    }
}
