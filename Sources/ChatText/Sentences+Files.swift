/// Files on their way.
extension Sentence {
    package static let noTransfers = Sentence("No transfers", "Tidak ada transfer")
    package static let sharedHere = Sentence("SHARED HERE", "DIBAGIKAN DI SINI")
    package static let transferWaiting = Sentence("waiting", "menunggu")
    /// A file is read through before it goes up.
    package static let transferPreparing = Sentence("preparing…", "menyiapkan…")
    package static let transferPaused = Sentence("paused", "dijeda")
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
    package static func transferFailed(_ name: String, _ reason: Sentence) -> Sentence {
        Sentence("\(name): \(reason.english)", "\(name): \(reason.indonesian)")
    }
    package static func transferHeld(_ name: String, _ reason: Sentence) -> Sentence {
        Sentence(
            "\(name) does not get on, tried again by itself: \(reason.english)",
            "\(name) tidak maju, dicoba lagi sendiri: \(reason.indonesian)")
    }
    package static let uploadNowhere = Sentence(
        "Open the conversation that the file is for", "Buka dulu percakapan tujuan berkas itu")
    package static func uploadQuestion(_ name: String, _ size: String, _ recipient: String) -> Sentence {
        Sentence("Send \(name) (\(size)) to \(recipient)?", "Kirim \(name) (\(size)) ke \(recipient)?")
    }
    package static let uploadNow = Sentence("Upload", "Unggah")
    package static let asText = Sentence("As text", "Sebagai teks")
    package static func cannotSend(_ reason: Sentence) -> Sentence {
        Sentence("Not sent: \(reason.english)", "Tidak terkirim: \(reason.indonesian)")
    }
    package static func fileTooLarge(_ name: String, _ limit: String) -> Sentence {
        Sentence("\(name) is too large: \(limit) is the most", "\(name) terlalu besar: paling banyak \(limit)")
    }
    package static let fileNotFound = Sentence("there is no such file", "tidak ada berkas itu")
    package static let fileNotAllowed = Sentence("you may not read it", "Anda tidak boleh membacanya")
    package static let fileIsFolder = Sentence("that is a folder", "itu sebuah folder")
    package static let fileIsNone = Sentence("that is not a file", "itu bukan berkas")
    package static let fileNoAnswer = Sentence("the disk does not answer", "cakram tidak menjawab")
    package static let folderFilter = Sentence(
        "Type to search, Backspace goes up", "Ketik untuk mencari, Backspace ke atas")
    package static let folderEmpty = Sentence("Nothing in this folder", "Folder ini kosong")
    package static let folderCut = Sentence("… and more than can be listed", "… dan masih banyak lagi")
    package static func moreNames(_ count: Int, isCut: Bool) -> Sentence {
        let shown = isCut ? "\(count)+" : "\(count)"
        return Sentence("… \(shown) more", "… \(shown) lagi")
    }
    package static func sharedFileBy(_ name: String, _ size: String, _ author: String) -> Sentence {
        Sentence("\(name) (\(size)) from \(author)", "\(name) (\(size)) dari \(author)")
    }
    package static func rate(_ amount: String) -> Sentence { Sentence("\(amount)/s", "\(amount)/dtk") }
    package static let helpFilesPane = Sentence("transfers, and what was shared here", "transfer, dan yang dibagikan di sini")
    package static let closeMenu = Sentence("Close", "Tutup")
    package static let copyPath = Sentence("Copy the path", "Salin lokasinya")
    package static let goToMessage = Sentence("Go to its message", "Menuju pesannya")
    package static let getFile = Sentence("Get the file", "Ambil berkasnya")
    package static let forgetTransfer = Sentence("Forget it", "Lupakan")
    package static let cancelTransfer = Sentence("Stop the transfer", "Hentikan pengiriman")
    package static let pauseTransfer = Sentence("Pause it", "Jeda dulu")
    package static let resumeTransfer = Sentence("Go on with it", "Lanjutkan")
    package static let beginTransferAgain = Sentence("Begin it again", "Mulai lagi")
    package static let nothingToPause = Sentence(
        "Choose a transfer that is not done, to pause it or begin it again",
        "Pilih transfer yang belum selesai, untuk dijeda atau dimulai lagi")
    package static let goOn = Sentence("Let it go on", "Biarkan berjalan")
}

/// Why a transfer failed: phrases after its name.
extension Sentence {
    package static func transferNoSuchFile(_ path: String) -> Sentence {
        Sentence("there is no file \(path)", "tidak ada berkas \(path)")
    }
    package static func transferNotAFile(_ path: String) -> Sentence {
        Sentence(
            "\(path) is not a file, and only files can be sent", "\(path) bukan berkas, dan hanya berkas yang dapat dikirim")
    }
    package static let transferUnsuitableName = Sentence(
        "its name is too long, 255 bytes are the most; rename it",
        "namanya terlalu panjang, paling banyak 255 byte; ganti namanya")
    package static func transferTooLarge(_ limit: String) -> Sentence {
        Sentence("it is larger than \(limit), the most that can be sent", "lebih besar dari \(limit), batas yang dapat dikirim")
    }
    package static func transferNotPermitted(_ path: String) -> Sentence {
        Sentence(
            "\(path) may not be used; check its permissions", "\(path) tidak boleh dipakai; periksa izinnya")
    }
    package static let transferDiskFull = Sentence(
        "the disk is full; make room and try again", "cakram penuh; kosongkan ruang lalu coba lagi")
    package static let transferChanged = Sentence(
        "the file was changed meanwhile; try again to send it as it is now",
        "berkas itu diubah sementara itu; coba lagi untuk mengirimnya seperti sekarang")
    package static let transferDamaged = Sentence(
        "what arrived is not what was sent; get it again", "yang tiba bukan yang dikirim; ambil lagi")
    package static let transferNoFileOfThatName = Sentence(
        "there is no file of that name", "tidak ada berkas dengan nama itu")
    package static let transferGone = Sentence(
        "the server does not have this file any more", "server tidak lagi menyimpan berkas ini")
    package static let transferNotConnected = Sentence(
        "not connected; try again when you are online", "tidak tersambung; coba lagi setelah daring")
}
