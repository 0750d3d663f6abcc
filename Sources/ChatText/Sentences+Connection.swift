/// How it stands with the server.
extension Sentence {
    package static let online = Sentence("online", "daring")
    package static let connecting = Sentence("connecting…", "menyambung…")
    package static let offline = Sentence("offline", "luring")
    package static let catchingUp = Sentence("catching up…", "menyusul…")

    package static func offlineUntil(_ reason: Sentence, seconds: Int) -> Sentence {
        Sentence(
            "Offline: \(reason.english) — next attempt in \(seconds) s",
            "Luring: \(reason.indonesian) — coba lagi dalam \(seconds) dtk")
    }
    package static func offlineTryingNow(_ reason: Sentence) -> Sentence {
        Sentence("Offline: \(reason.english) — trying again", "Luring: \(reason.indonesian) — mencoba lagi")
    }
    package static let notConnected = Sentence(
        "Not connected: try again when you are online.", "Tidak tersambung: coba lagi setelah daring.")
    package static let isOnline = Sentence("The server is there", "Server sudah tersambung")
    package static let reconnectHint = Sentence("/reconnect tries now", "/reconnect mencoba sekarang")

    package static let cacheInUse = Sentence(
        "Another obrol of this account runs: drafts and unsent messages are not kept",
        "Obrol lain dengan akun ini berjalan: draf dan pesan tertunda tidak disimpan")
    package static func cacheFailed(_ reason: Sentence) -> Sentence {
        Sentence(
            "The local cache could not be written, so what is unsent is not kept: \(reason.english)",
            "Cache lokal tidak dapat ditulis, jadi yang belum terkirim tidak disimpan: \(reason.indonesian)")
    }
    package static let cacheNotPermitted = Sentence(
        "nothing may be written in its folder; check the folder's permissions",
        "foldernya tidak boleh ditulisi; periksa izin folder itu")
    package static let cacheDiskFull = Sentence("the disk is full; make room", "cakram penuh; kosongkan ruang")
    package static let newEpoch = Sentence(
        "The server's history was replaced; it is being fetched anew",
        "Riwayat di server telah diganti; sedang diambil ulang")
    package static let serverRestarting = Sentence(
        "The server restarts; back in a moment", "Server dimulai ulang; sebentar lagi kembali")
}

/// Why there is no connection: phrases within other sentences.
extension Sentence {
    package static let nobodyListens = Sentence(
        "no server runs at that address", "tidak ada server yang berjalan di alamat itu")
    package static let hostNotFound = Sentence(
        "no machine of that name is found; check the address", "mesin dengan nama itu tidak ditemukan; periksa alamatnya")
    package static let unreachable = Sentence(
        "the network does not lead there; check your connection", "jaringan tidak sampai ke sana; periksa sambungan Anda")
    package static let noAnswer = Sentence("the server does not answer", "server tidak menjawab")
    package static let lineLost = Sentence("the connection broke", "sambungan terputus")
    package static let lineClosed = Sentence("the server closed the connection", "server menutup sambungan")
    package static let lineRestarting = Sentence("the server restarts", "server sedang dimulai ulang")
    package static let otherServer = Sentence(
        "Another server answers at this address, or one that was restored, and it does not know the session. Check the "
            + "address, or log in again.",
        "Server lain menjawab di alamat ini, atau server yang dipulihkan, dan sesi ini tidak dikenalnya. Periksa alamatnya, "
            + "atau masuklah lagi.")
    package static func otherVersion(_ version: String) -> Sentence {
        Sentence(
            "the server speaks version \(version) of the protocol; update obrol, or the server",
            "server memakai protokol versi \(version); perbarui obrol, atau servernya")
    }
    package static let unintelligible = Sentence(
        "what came back makes no sense; is an obrol server there?",
        "jawabannya tidak dapat dipahami; apakah di sana ada server obrol?")
}

/// What the server refused, by the machine code of its answer.
extension Sentence {
    /// The server's own words are English and say most; other languages have the same for those that people meet, and a
    /// sentence for each code.
    package static func refusal(code: String, detail: String, retryAfter: Int? = nil) -> Sentence {
        let known = refusals[code] ?? Sentence("Refused (\(code))", "Ditolak (\(code))")
        let said = detail.isEmpty ? known.english : detail
        let reason = Sentence(said, SaidByServer.inIndonesian(detail) ?? known.indonesian)
        guard let retryAfter else { return reason }
        return Sentence("\(reason.english) Again in \(retryAfter) s.", "\(reason.indonesian) Coba lagi dalam \(retryAfter) dtk.")
    }

    private static let refusals: [String: Sentence] = [
        "bad-request": Sentence("The request is malformed.", "Permintaan tidak benar."),
        "unknown-command": Sentence("The server does not know this yet.", "Server belum mengenal fitur ini."),
        "too-large": Sentence("That is too large.", "Itu terlalu besar."),
        "tls-required": Sentence("This server wants an encrypted connection.", "Server ini meminta sambungan terenkripsi."),
        "auth-failed": Sentence("User name or password is wrong.", "Nama pengguna atau kata sandi salah."),
        "session-invalid": Sentence("The session has ended: log in again.", "Sesi telah berakhir: masuklah lagi."),
        "forbidden": Sentence("You may not do that.", "Anda tidak boleh melakukan itu."),
        "user-exists": Sentence("This user name is taken.", "Nama pengguna ini sudah dipakai."),
        "no-such-user": Sentence("There is no such person.", "Tidak ada orang dengan nama itu."),
        "no-such-room": Sentence("There is no such room.", "Tidak ada ruangan dengan nama itu."),
        "no-such-conversation": Sentence("There is no such conversation.", "Tidak ada percakapan itu."),
        "no-such-message": Sentence("There is no such message.", "Tidak ada pesan itu."),
        "no-such-file": Sentence("There is no such file.", "Tidak ada berkas itu."),
        "file-exists": Sentence("A file of this name is there already.", "Berkas dengan nama ini sudah ada."),
        "quota-exceeded": Sentence("The space for files is used up.", "Ruang untuk berkas sudah habis."),
        "invalid-name": Sentence("That cannot be a name.", "Itu tidak dapat menjadi nama."),
        "invalid-text": Sentence(
            "The text holds characters that cannot be sent.", "Teks berisi karakter yang tidak dapat dikirim."),
        "rate-limited": Sentence("That was too fast.", "Terlalu cepat."),
        "blocked": Sentence("You block this person.", "Anda memblokir orang ini."),
        "conflict": Sentence("That does not fit what the server has.", "Itu tidak cocok dengan yang ada di server."),
        "busy": Sentence("The server is busy.", "Server sedang sibuk."),
        "internal": Sentence("Something went wrong at the server.", "Ada yang salah di server."),
    ]

    /// The codes that have a sentence, for the test that none is missing.
    package static var refusalCodes: Set<String> { Set(refusals.keys) }
}
