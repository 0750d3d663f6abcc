/// The line client, besides the words that its first version had and that never change.
extension Sentence {
    package static func lineWelcome(_ server: String) -> Sentence {
        Sentence("obrol on \(server). \"help\" lists the commands.", "obrol di \(server). \"help\" menampilkan perintah.")
    }
    package static let lineNotLoggedIn = Sentence(
        "Nobody is logged in: \"login\" or \"register\" first.", "Belum masuk: \"login\" atau \"register\" dulu.")
    package static func lineUnknown(_ word: String) -> Sentence {
        Sentence("There is no command \"\(word)\": \"help\" lists them.", "Tidak ada perintah \"\(word)\": lihat \"help\".")
    }
    package static func lineUnknownInRoom(_ word: String) -> Sentence {
        Sentence("There is no command \(word): /help lists them.", "Tidak ada perintah \(word): lihat /help.")
    }
    package static func lineLacking(_ usage: String) -> Sentence {
        Sentence("Something is missing: \(usage)", "Ada yang kurang: \(usage)")
    }
    package static let lineInputEnded = Sentence(
        "The input ended amid a question.", "Masukan berakhir di tengah pertanyaan.")
    package static let lineInputTooLong = Sentence("A line of the input is too long.", "Satu baris masukan terlalu panjang.")
    package static let lineInputNotText = Sentence(
        "A line of the input is not UTF-8 text.", "Satu baris masukan bukan teks UTF-8.")
    package static func lineNoServer(_ reason: Sentence) -> Sentence {
        Sentence("No connection: \(reason.english)", "Tidak tersambung: \(reason.indonesian)")
    }
    package static let lineNoAnswer = Sentence("The server does not answer.", "Server tidak menjawab.")
    package static func lineTakenBack(_ count: Int) -> Sentence {
        Sentence("Messages taken back, not sent: \(count).", "Pesan yang ditarik, tidak terkirim: \(count).")
    }
    package static func lineKept(_ count: Int) -> Sentence {
        Sentence(
            "Messages kept: \(count). What has not arrived goes out when this account is online again: do not repeat it.",
            "Pesan disimpan: \(count). Yang belum sampai terkirim sendiri saat akun ini daring lagi: jangan diulang.")
    }
    package static func lineTransferKept(_ file: String) -> Sentence {
        Sentence(
            "\(file) goes on by itself when this account is online again: do not ask for it again.",
            "\(file) berlanjut sendiri saat akun ini daring lagi: jangan diminta ulang.")
    }
    package static func lineInRoom(_ room: String) -> Sentence {
        Sentence(
            "Every line is said in \(room), but for commands: /leave leaves, /help lists them.",
            "Setiap baris diucapkan di \(room), kecuali perintah: /leave keluar, /help menampilkan semuanya.")
    }
    package static let lineRoomMissed = Sentence(
        "Not done: this was for the room that was not joined. /leave ends what is for it.",
        "Tidak dilakukan: ini untuk ruangan yang gagal dimasuki. /leave mengakhirinya.")
    package static let lineRoomJoined = Sentence("joined", "sudah bergabung")
    package static let lineQueued = Sentence(
        "Not connected: this is sent as soon as there is a connection.",
        "Tidak tersambung: ini dikirim begitu sambungan ada.")
    package static let lineMessageBlank = Sentence("The message is empty.", "Pesannya kosong.")
    package static let linePlainTalk = Sentence("anything else is said in the room", "selain itu diucapkan di ruangan")
}
