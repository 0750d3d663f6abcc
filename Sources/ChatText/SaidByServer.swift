/// What a server says when it refuses something that a person asked for, word for word, and what that is in Indonesian. What
/// stands in place of `…` is the server's own: a name, a number.
package enum SaidByServer {
    package static let sentences = [
        Sentence("A password on this server has at least … bytes.", "Kata sandi di server ini paling sedikit … bita."),
        Sentence("A password is at most … bytes long.", "Kata sandi paling panjang … bita."),
        Sentence("A password holds no NUL.", "Kata sandi tidak boleh memuat NUL."),
        Sentence(
            "A name is 1 to … characters, without control characters.",
            "Nama terdiri dari 1 sampai … karakter, tanpa karakter kendali."),
        Sentence("The user name \"…\" is reserved.", "Nama pengguna \"…\" tidak boleh dipakai."),
        Sentence("The field \"…\" is missing.", "Isian \"…\" belum ada."),
        Sentence("The field \"…\" takes a whole number.", "Isian \"…\" harus bilangan bulat."),
        Sentence("q is at most … bytes long.", "Yang dicari paling panjang … bita."),
        Sentence("The message is empty.", "Pesannya kosong."),
        Sentence(
            "Of control characters a message holds only line feeds and tabs.",
            "Dari karakter kendali, pesan hanya boleh memuat baris baru dan tab."),
        Sentence("There is more than this command takes.", "Yang ditulis lebih banyak daripada yang diperlukan perintah ini."),
        Sentence("You are not in …. Join it first.", "Anda belum berada di …. Bergabunglah dulu."),
        Sentence("You are not in that room.", "Anda tidak berada di ruangan itu."),
        Sentence("This server takes no new accounts.", "Server ini tidak menerima akun baru."),
        Sentence(
            "Too many wrong passwords for this account. Wait a minute.",
            "Terlalu banyak kata sandi salah untuk akun ini. Tunggu satu menit."),
        Sentence("A file needs a name.", "Berkas harus bernama."),
        Sentence("A file name is at most … bytes long.", "Nama berkas paling panjang … bita."),
        Sentence(
            "A file name holds no slashes, no backslashes and no control characters.",
            "Nama berkas tidak boleh memuat garis miring, garis miring terbalik, atau karakter kendali."),
        Sentence("A file on this server is at most … bytes long.", "Berkas di server ini paling besar … bita."),
        Sentence(
            "The server's disk is full: nothing was stored. Try again later.",
            "Cakram server penuh: tidak ada yang disimpan. Coba lagi nanti."),
        Sentence("The server could not store this. Try again.", "Server tidak dapat menyimpan ini. Coba lagi."),
        Sentence(
            "The server is stopping: whether this was stored is not known. Try again.",
            "Server sedang berhenti: tidak diketahui apakah ini tersimpan. Coba lagi."),
        Sentence("There is no session to resume. Log in.", "Tidak ada sesi yang dapat dilanjutkan. Masuklah."),
    ]

    /// Nil for what a server says of which nothing is known here.
    static func inIndonesian(_ said: String) -> String? {
        for sentence in sentences {
            guard let gap = sentence.english.firstIndex(of: "…") else {
                if sentence.english == said { return sentence.indonesian }
                continue
            }
            let (start, end) = (sentence.english[..<gap], sentence.english[gap...].dropFirst())
            guard said.hasPrefix(start), said.hasSuffix(end), said.count > start.count + end.count else { continue }
            return sentence.indonesian.replacing("…", with: said.dropFirst(start.count).dropLast(end.count))
        }
        return nil
    }
}
