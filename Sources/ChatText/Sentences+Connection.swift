/// How it stands with the server.
extension Sentence {
    package static let online = Sentence("online", "daring")
    package static let connecting = Sentence("connecting…", "menyambung…")
    package static let offline = Sentence("offline", "luring")
    package static let catchingUp = Sentence("catching up…", "menyusul…")

    package static func offlineUntil(_ reason: String, seconds: Int) -> Sentence {
        Sentence("Offline: \(reason) — next attempt in \(seconds) s", "Luring: \(reason) — coba lagi dalam \(seconds) d")
    }
    package static func offlineTryingNow(_ reason: String) -> Sentence {
        Sentence("Offline: \(reason) — trying again", "Luring: \(reason) — mencoba lagi")
    }
    package static let reconnectHint = Sentence("/reconnect tries now", "/reconnect mencoba sekarang")

    package static let cacheInUse = Sentence(
        "Another obrol of this account is running: drafts are not kept in this one",
        "Obrol lain dengan akun ini sedang berjalan: draf tidak disimpan di sini")
    package static func cacheFailed(_ reason: String) -> Sentence {
        Sentence("The local cache could not be written: \(reason)", "Cache lokal tidak dapat ditulis: \(reason)")
    }
    package static let newEpoch = Sentence(
        "The server's history was replaced; it is being fetched anew",
        "Riwayat di server telah diganti; sedang diambil ulang")
    package static let serverRestarting = Sentence(
        "The server restarts; back in a moment", "Server dimulai ulang; sebentar lagi kembali")
}

/// What the server refused, by the machine code of its answer.
extension Sentence {
    /// The server's own words are English and say most; other languages have a sentence for each code.
    package static func refusal(code: String, detail: String, retryAfter: Int? = nil) -> Sentence {
        let known = refusals[code] ?? Sentence("Refused (\(code))", "Ditolak (\(code))")
        let said = detail.isEmpty ? known.english : detail
        let reason = Sentence(said, known.indonesian)
        guard let retryAfter else { return reason }
        return Sentence("\(reason.english) Again in \(retryAfter) s.", "\(reason.indonesian) Coba lagi dalam \(retryAfter) d.")
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
