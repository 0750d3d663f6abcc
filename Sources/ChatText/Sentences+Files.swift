/// Files on their way.
extension Sentence {
    package static let noTransfers = Sentence("No transfers", "Tidak ada transfer")
    package static let sharedHere = Sentence("SHARED HERE", "DIBAGIKAN DI SINI")
    package static let transferWaiting = Sentence("waiting", "menunggu")
    package static let transferCancelled = Sentence("cancelled", "dibatalkan")
    package static func sharedFile(_ name: String, _ size: String) -> Sentence {
        Sentence("file \(name) (\(size))", "berkas \(name) (\(size))")
    }
    package static func uploadStarted(_ name: String, _ recipient: String) -> Sentence {
        Sentence("Sending \(name) to \(recipient)", "Mengirim \(name) ke \(recipient)")
    }
    package static func downloadStarted(_ name: String) -> Sentence {
        Sentence("Getting \(name)", "Mengambil \(name)")
    }
    package static func downloadDone(_ path: String) -> Sentence { Sentence("Saved as \(path)", "Disimpan sebagai \(path)") }
    package static func uploadDone(_ name: String) -> Sentence { Sentence("\(name) is sent", "\(name) terkirim") }
    package static func transferFailed(_ name: String, _ reason: String) -> Sentence {
        Sentence("\(name): \(reason)", "\(name): \(reason)")
    }
    package static let uploadNowhere = Sentence(
        "Open the conversation that the file is for", "Buka dulu percakapan tujuan berkas itu")
    package static let getFile = Sentence("Get the file", "Ambil berkasnya")
    package static let cancelTransfer = Sentence("Cancel", "Batalkan")
    package static let goOn = Sentence("Go on", "Lanjutkan")
}
