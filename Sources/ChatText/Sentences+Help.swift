/// What keys do: one sentence for each, and one word for the line of hints.
extension Sentence {
    package static let helpTitle = Sentence("Help", "Bantuan")
    package static let helpFilter = Sentence("Type to search, Esc closes", "Ketik untuk mencari, Esc menutup")
    package static let nothingFound = Sentence("Nothing found", "Tidak ditemukan")
    package static let keysCompose = Sentence("WRITING", "MENULIS")
    package static let keysMiddle = Sentence("INBOX AND CONVERSATION", "KOTAK MASUK DAN PERCAKAPAN")
    package static let keysContacts = Sentence("CONTACTS", "KONTAK")
    package static let keysFiles = Sentence("FILES", "BERKAS")
    package static let keysForm = Sentence("FORMS", "FORMULIR")
    package static let keysOverlay = Sentence("THIS AND OTHER OVERLAYS", "JENDELA SEPERTI INI")
    package static let keysEditing = Sentence("EDITING TEXT", "MENYUNTING TEKS")
    package static let keysEverywhere = Sentence("EVERYWHERE", "DI MANA SAJA")
    package static let commandsSection = Sentence("COMMANDS", "PERINTAH")

    package static let helpHelp = Sentence("this list of keys and commands", "daftar tombol dan perintah ini")
    package static let helpGoTo = Sentence(
        "go to a conversation, person, room or command", "menuju percakapan, orang, ruangan, atau perintah")
    package static let helpFind = Sentence(
        "find what was said here; again: everywhere", "mencari di percakapan ini; sekali lagi: di mana saja")
    package static let helpUpload = Sentence("send a file", "mengirim berkas")
    package static let helpNextUnread = Sentence("next unread conversation", "percakapan berikutnya yang belum dibaca")
    package static let helpPreviousConversation = Sentence("previous conversation", "percakapan sebelumnya")
    package static let helpNextConversation = Sentence("next conversation", "percakapan berikutnya")
    package static let helpNextPane = Sentence("next pane", "panel berikutnya")
    package static let helpPreviousPane = Sentence("previous pane", "panel sebelumnya")
    package static let helpZoom = Sentence("this pane alone, without borders", "panel ini saja, tanpa bingkai")
    package static let helpGrowPane = Sentence(
        "this list wider, or compose higher", "daftar ini lebih lebar, atau kotak tulis lebih tinggi")
    package static let helpShrinkPane = Sentence(
        "this list narrower, or compose lower", "daftar ini lebih sempit, atau kotak tulis lebih rendah")
    package static let helpResetPanes = Sentence(
        "all panes as they were at first", "semua panel seperti semula")
    package static let helpRedraw = Sentence("draw the screen anew", "menggambar ulang layar")
    package static let helpInterrupt = Sentence(
        "close the overlay, or clear what is written (^_ brings it back)",
        "menutup jendela, atau menghapus tulisan (^_ mengembalikannya)")
    package static let helpQuit = Sentence("quit", "selesai")
    package static let helpSuspend = Sentence("suspend; fg comes back", "menunda; fg kembali lagi")

    package static let helpMoveLeft = Sentence("back one character", "mundur satu karakter")
    package static let helpMoveRight = Sentence("forward one character", "maju satu karakter")
    package static let helpMoveWordLeft = Sentence("back one word", "mundur satu kata")
    package static let helpMoveWordRight = Sentence("forward one word", "maju satu kata")
    package static let helpMoveLineStart = Sentence("start of the line", "awal baris")
    package static let helpMoveLineEnd = Sentence("end of the line", "akhir baris")
    package static let helpDeleteBackward = Sentence("delete the character before", "menghapus karakter sebelumnya")
    package static let helpDeleteForward = Sentence("delete the character after", "menghapus karakter sesudahnya")
    package static let helpDeleteForwardOrQuit = Sentence(
        "delete the character after; quit if nothing is written",
        "menghapus karakter sesudahnya; selesai jika kosong")
    package static let helpKillWord = Sentence("cut the word before", "memotong kata sebelumnya")
    package static let helpKillWordRight = Sentence("cut the word after", "memotong kata sesudahnya")
    package static let helpKillToStart = Sentence("cut to the start of the line", "memotong sampai awal baris")
    package static let helpKillToEnd = Sentence("cut to the end of the line", "memotong sampai akhir baris")
    package static let helpYank = Sentence("put back what was cut", "menempel yang dipotong")
    package static let helpUndo = Sentence("undo", "membatalkan perubahan")

    package static let helpSend = Sentence("send", "mengirim")
    package static let helpNewLine = Sentence("new line", "baris baru")
    package static let helpLineUp = Sentence(
        "line up; from the first line: the last message sent", "baris atas; dari baris pertama: pesan terakhir")
    package static let helpLineDown = Sentence("line down", "baris bawah")
    package static let helpHistoryOlder = Sentence("an older message of mine", "pesan saya yang lebih lama")
    package static let helpHistoryNewer = Sentence("a newer message of mine", "pesan saya yang lebih baru")
    package static let helpCompleteOrNextPane = Sentence(
        "complete a command or name, else next pane", "melengkapi perintah atau nama, atau panel berikutnya")
    package static let helpLeaveCompose = Sentence("back to the inbox; the draft stays", "kembali ke kotak masuk; draf tetap ada")

    package static let helpScrollUp = Sentence("older messages", "pesan yang lebih lama")
    package static let helpScrollDown = Sentence("newer messages", "pesan yang lebih baru")
    package static let helpOldest = Sentence("oldest loaded message", "pesan terlama yang termuat")
    package static let helpNewest = Sentence("newest message", "pesan terbaru")
    package static let helpSelectPrevious = Sentence("select the entry before", "memilih pesan sebelumnya")
    package static let helpSelectNext = Sentence(
        "select the entry after; below the last: compose", "memilih pesan sesudahnya; di bawah yang terakhir: kotak tulis")
    package static let helpOpen = Sentence("open, or what can be done with a message", "membuka, atau pilihan untuk suatu pesan")
    package static let helpBackToCompose = Sentence("back to compose", "kembali ke kotak tulis")

    package static let helpRowUp = Sentence("row up", "baris atas")
    package static let helpRowDown = Sentence("row down", "baris bawah")
    package static let helpPageUp = Sentence("page up", "halaman atas")
    package static let helpPageDown = Sentence("page down", "halaman bawah")
    package static let helpFirstRow = Sentence("first row", "baris pertama")
    package static let helpLastRow = Sentence("last row", "baris terakhir")
    package static let helpChoose = Sentence("open this one", "membuka yang ini")
    package static let helpPauseOrGoOn = Sentence(
        "pause a transfer, go on with it, or begin it again", "menjeda transfer, melanjutkannya, atau memulainya lagi")
    package static let helpClearFilterOrCompose = Sentence(
        "clear the filter, then back to compose", "mengosongkan saringan, lalu ke kotak tulis")

    package static let helpAccept = Sentence("accept", "terima")
    package static let helpNextField = Sentence("next field", "isian berikutnya")
    package static let helpPreviousField = Sentence("previous field", "isian sebelumnya")
    package static let helpWiden = Sentence(
        "while finding: everywhere, and here again", "saat mencari: di mana saja, lalu di sini lagi")
    package static let helpClose = Sentence("close", "tutup")
}

/// The line of hints has room for a word or two.
extension Sentence {
    package static let hintHelp = Sentence("help", "bantuan")
    package static let hintGoTo = Sentence("go to", "menuju")
    package static let hintFind = Sentence("find", "cari")
    package static let hintUpload = Sentence("upload", "unggah")
    package static let hintNextUnread = Sentence("unread", "belum dibaca")
    package static let hintNextPane = Sentence("pane", "panel")
    package static let hintQuit = Sentence("quit", "selesai")
    package static let hintSend = Sentence("send", "kirim")
    package static let hintNewLine = Sentence("line", "baris")
    package static let hintOpen = Sentence("open", "buka")
    package static let hintPause = Sentence("pause", "jeda")
    package static let hintGoOn = Sentence("go on", "lanjut")
    package static let hintAgain = Sentence("again", "lagi")
    package static let hintInbox = Sentence("inbox", "kotak masuk")
    package static let hintCompose = Sentence("compose", "tulis")
    package static let hintAccept = Sentence("accept", "terima")
    package static let hintField = Sentence("field", "isian")
    package static let hintWiden = Sentence("everywhere or here", "di mana saja atau di sini")
    package static let hintClose = Sentence("close", "tutup")
}

/// Why nothing happened, and small answers in the bottom line.
extension Sentence {
    package static let interruptHint = Sentence("^Q quits", "^Q untuk selesai")
    package static let clearedHint = Sentence("Cleared; ^_ brings it back", "Dihapus; ^_ mengembalikannya")
    package static let nothingToUndo = Sentence("Nothing to undo", "Tidak ada yang dapat dibatalkan")
    package static let noOtherConversation = Sentence("There is no other conversation", "Tidak ada percakapan lain")
    package static let panesAreAsTheyCome = Sentence(
        "The panes have their usual sizes already", "Ukuran panel sudah seperti biasa")
    package static let mouseIsOn = Sentence("The mouse is used here", "Tetikus dipakai di sini")
    package static let mouseIsOff = Sentence(
        "The terminal has the mouse now, to select text; /mouse on takes it back",
        "Tetikus milik terminal: untuk memilih teks; /mouse on memakainya lagi")
    package static let paneAtItsLimit = Sentence("It goes no further", "Sudah sampai batasnya")
    package static let nothingAbove = Sentence("This is the first", "Ini yang pertama")
    package static let nothingBelow = Sentence("This is the last", "Ini yang terakhir")
    package static let nothingOlderWritten = Sentence(
        "There is no older message of yours", "Tidak ada pesan Anda yang lebih lama")
    package static let nothingNewerWritten = Sentence(
        "There is no newer message of yours", "Tidak ada pesan Anda yang lebih baru")
    package static let nothingWritten = Sentence("Nothing is written yet", "Belum ada yang ditulis")
    package static let nothingToOpen = Sentence("Nothing to open here", "Tidak ada yang dapat dibuka di sini")
    package static func keyDoesNothing(_ key: String) -> Sentence {
        Sentence("\(key) does nothing here; F1 lists the keys", "\(key) tidak berfungsi di sini; F1 daftar tombol")
    }
    package static func needsSize(_ size: String) -> Sentence { Sentence("needs \(size)", "perlu \(size)") }

    package static let quitTitle = Sentence("Quit?", "Selesai?")
    package static func messagesPending(_ list: String, areKept: Bool) -> Sentence {
        guard areKept else {
            return Sentence(
                "Messages not sent yet, they will be lost: \(list)", "Pesan yang belum terkirim, akan hilang: \(list)")
        }
        return Sentence(
            "Messages not sent yet, they will go out the next time: \(list)",
            "Pesan yang belum terkirim, akan dikirim lain kali: \(list)")
    }
    package static func filesPending(_ list: String, areKept: Bool) -> Sentence {
        guard areKept else {
            return Sentence(
                "Files that have not arrived, they will be given up: \(list)",
                "Berkas yang belum sampai, akan dibatalkan: \(list)")
        }
        return Sentence(
            "Files still on their way, they will go on the next time: \(list)",
            "Berkas yang masih dalam perjalanan, akan dilanjutkan lain kali: \(list)")
    }
    package static let yesQuit = Sentence("Quit", "Selesai")
    package static let logOutTitle = Sentence("Log out?", "Keluar dari akun?")
    package static let yesLogOut = Sentence("Log out", "Keluar")
    package static let noStay = Sentence("Stay", "Tetap di sini")
    package static let create = Sentence("Create", "Buat")
    package static let cancel = Sentence("Cancel", "Batal")
    package static let goToTitle = Sentence("Go to", "Menuju")
    package static let messageMenuTitle = Sentence("Message", "Pesan")
    package static let fallbackToLine = Sentence(
        "This terminal cannot show the full screen, so the line client starts instead.",
        "Terminal ini tidak dapat menampilkan layar penuh, jadi klien baris yang dimulai.")
}

/// What people type, by the ids of the command table.
extension Sentence {
    /// The sentence of `command.chat`, `argument.room` and the like; nil for an id that has none.
    package static func forID(_ id: String) -> Sentence? { commandSentences[id] }

    private static let commandSentences: [String: Sentence] = [
        "command.register": Sentence("make an account", "membuat akun"),
        "command.logIn": Sentence("log in", "masuk"),
        "command.logOut": Sentence("log out of this account", "keluar dari akun ini"),
        "command.chat": Sentence("open a conversation", "membuka percakapan"),
        "command.inbox": Sentence("read what is new", "membaca yang baru"),
        "command.readAll": Sentence("mark everything as read", "menandai semuanya sudah dibaca"),
        "command.join": Sentence("join a room, or make it", "bergabung ke ruangan, atau membuatnya"),
        "command.leave": Sentence("leave a room", "keluar dari ruangan"),
        "command.rooms": Sentence("list the rooms", "menampilkan semua ruangan"),
        "command.who": Sentence("list people, or the members of a room", "menampilkan orang, atau anggota ruangan"),
        "command.upload": Sentence("send a file here", "mengirim berkas ke sini"),
        "command.sendFile": Sentence("send a file to somebody", "mengirim berkas kepada seseorang"),
        "command.getFile": Sentence("get a file", "mengambil berkas"),
        "command.listFiles": Sentence("list the files sent to me", "menampilkan berkas yang dikirim kepada saya"),
        "command.find": Sentence("find what was said", "mencari yang pernah diucapkan"),
        "command.theme": Sentence("choose how everything looks", "memilih tampilan"),
        "command.notify": Sentence(
            "announce all, mentions or none of this conversation", "beri tahu all, mentions, atau none dari percakapan ini"),
        "command.reconnect": Sentence("try the server again now", "mencoba server lagi sekarang"),
        "command.log": Sentence("read what went wrong", "membaca yang telah salah"),
        "command.help": Sentence("list commands and keys", "menampilkan perintah dan tombol"),
        "command.quit": Sentence("quit", "selesai"),
        "command.mouse": Sentence(
            "use the mouse here, or leave it to the terminal", "memakai tetikus di sini, atau menyerahkannya ke terminal"),
        "argument.conversation": Sentence("NAME", "NAMA"),
        "argument.username": Sentence("USER", "PENGGUNA"),
        "argument.room": Sentence("ROOM", "RUANGAN"),
        "argument.path": Sentence("PATH", "LOKASI"),
        "argument.theme": Sentence("THEME", "TEMA"),
        "argument.level": Sentence("all|mentions|none", "all|mentions|none"),
        "argument.text": Sentence("TEXT", "TEKS"),
        "argument.onOff": Sentence("on|off", "on|off"),
        "argument.file": Sentence("FILE", "BERKAS"),
    ]
}
