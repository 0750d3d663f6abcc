/// What went wrong, to be read again.
extension Sentence {
    package static let logTitle = Sentence("What happened", "Yang terjadi")
    package static let logEmpty = Sentence("Nothing went wrong so far", "Sejauh ini tidak ada yang salah")
    package static func logFile(_ path: String) -> Sentence { Sentence("Full log: \(path)", "Log lengkap: \(path)") }
    package static func wentOffline(_ reason: Sentence) -> Sentence {
        Sentence("Offline: \(reason.english)", "Luring: \(reason.indonesian)")
    }
    package static let onlineAgain = Sentence("Online again", "Daring kembali")
    package static func messageFailed(_ name: String, _ reason: Sentence) -> Sentence {
        Sentence("Not sent to \(name): \(reason.english)", "Tidak terkirim ke \(name): \(reason.indonesian)")
    }
    package static func messageHeld(_ name: String, _ reason: Sentence) -> Sentence {
        Sentence(
            "Not sent to \(name) yet, tried again by itself: \(reason.english)",
            "Belum terkirim ke \(name), dicoba lagi sendiri: \(reason.indonesian)")
    }
}
