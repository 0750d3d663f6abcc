/// The first screen: logging in, registering, saying who one is.
extension Sentence {
    package static let logIn = Sentence("Log in", "Masuk")
    package static let register = Sentence("Register", "Daftar")
    package static let username = Sentence("User name", "Nama pengguna")
    package static let password = Sentence("Password", "Kata sandi")
    package static let displayName = Sentence("Name", "Nama")
    package static let nationality = Sentence("Nationality", "Kewarganegaraan")
    package static let whoAreYou = Sentence("Who are you?", "Siapa Anda?")
    package static let anotherPerson = Sentence("Another person", "Orang lain")
    package static let inUseElsewhere = Sentence("in use in another terminal", "dipakai di terminal lain")
    package static let newHere = Sentence("New here? Register", "Baru di sini? Daftar")
    package static let haveAccount = Sentence("Have an account? Log in", "Sudah punya akun? Masuk")
    package static let createAccount = Sentence("Create account", "Buat akun")
    package static let serverLabel = Sentence("Server", "Server")
    package static let signingIn = Sentence("Signing in…", "Sedang masuk…")
    package static let startReader = Sentence("Screen reader? Start the line client", "Pembaca layar? Mulai klien baris")
    package static let formHint = Sentence(
        "Several people can use this machine: each terminal may be somebody else.",
        "Beberapa orang dapat memakai mesin ini: tiap terminal boleh orang lain.")

    package static let fieldMissing = Sentence("needed", "wajib diisi")
    package static let usernameMalformed = Sentence(
        "letters, digits, . _ - only, at most 32", "hanya huruf, angka, . _ -, paling banyak 32")
    package static let usernameReserved = Sentence(
        "kept for the program: choose another", "khusus untuk program: pilih yang lain")
    package static let usernameTaken = Sentence(
        "taken: choose another, or log in", "sudah dipakai: pilih yang lain, atau masuk")
    package static let displayNameMalformed = Sentence(
        "1 to 64 characters", "1 sampai 64 karakter")
    package static let passwordTooLong = Sentence("at most 1,024 bytes", "paling banyak 1.024 byte")
    package static let wrongPassword = Sentence(
        "wrong user name or password", "nama atau kata sandi salah")
    package static let sessionEnded = Sentence(
        "The session has ended: type the password again", "Sesi telah berakhir: ketik lagi kata sandinya")
    package static let usernameRule = Sentence(
        "A user name has 1 to 32 letters a–z, digits, . _ or -, and no spaces",
        "Nama pengguna: 1 sampai 32 huruf a–z, angka, . _ atau -, tanpa spasi")
    package static let roomNameRule = Sentence(
        "A room's name has 1 to 64 letters a–z, digits, . _ or -, and no spaces",
        "Nama ruangan: 1 sampai 64 huruf a–z, angka, . _ atau -, tanpa spasi")
    package static func loggedOut(_ name: String) -> Sentence {
        Sentence("\(name) is logged out", "\(name) telah keluar")
    }
}
