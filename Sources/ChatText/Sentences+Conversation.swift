/// Contacts, the inbox, a conversation, compose.
extension Sentence {
    package static let contacts = Sentence("Contacts", "Kontak")
    package static let inbox = Sentence("Inbox", "Kotak masuk")
    package static let files = Sentence("Files", "Berkas")
    package static let directSection = Sentence("DIRECT", "LANGSUNG")
    package static let roomsSection = Sentence("ROOMS", "RUANGAN")
    package static let peopleSection = Sentence("PEOPLE", "ORANG")
    package static let moreRoomsSection = Sentence("MORE ROOMS", "RUANGAN LAIN")
    package static let recentSection = Sentence("RECENT", "TERAKHIR")
    package static let filterPlaceholder = Sentence("filter…", "saring…")
    package static let draftMark = Sentence("draft", "draf")
    package static let mutedMark = Sentence("muted", "bisu")
    package static let leftMark = Sentence("left", "keluar")
    package static let notebook = Sentence("notes to myself", "catatan saya")

    package static func chatWith(_ name: String) -> Sentence { Sentence("Chat with \(name)", "Obrol dengan \(name)") }
    package static func joinRoom(_ room: String) -> Sentence { Sentence("Join \(room)", "Gabung \(room)") }
    package static func createRoom(_ room: String) -> Sentence { Sentence("Create \(room) (new)", "Buat \(room) (baru)") }
    package static func createRoomQuestion(_ room: String) -> Sentence {
        Sentence("There is no room \(room). Create it?", "Belum ada ruangan \(room). Buat?")
    }
    package static let createRoomExplanation = Sentence(
        "Everybody on this server will be able to join it.", "Semua orang di server ini dapat bergabung.")

    package static let nothingUnread = Sentence("Nothing unread", "Tidak ada yang belum dibaca")
    package static let startAChat = Sentence("Start a chat", "Mulai mengobrol")
    package static func startAChatHint(_ key: String) -> Sentence {
        Sentence("type a name in contacts, Enter; or \(key)", "ketik nama di kontak, Enter; atau \(key)")
    }
    package static func nobodyCalled(_ name: String) -> Sentence {
        Sentence("Nobody called \(name) is known here", "Tidak ada yang dikenal dengan nama \(name)")
    }
    package static func isARoom(_ room: String) -> Sentence {
        Sentence("\(room) is a room: /join \(room)", "\(room) adalah ruang: /join \(room)")
    }
    package static func notSentCount(_ count: Int) -> Sentence {
        Sentence("\(count) not sent", "\(count) tak terkirim")
    }
    package static func unreadCount(_ count: Int) -> Sentence {
        let shown = MessageCount.text(count)
        return Sentence("\(shown) unread", "\(shown) belum dibaca")
    }
    /// A section of the inbox of which not all is loaded.
    package static func moreUnread(_ count: Int, orMore: Bool) -> Sentence {
        let shown = orMore ? "\(count)+" : "\(count)"
        return Sentence("… \(shown) more", "… \(shown) lagi")
    }
    package static func markedRead(_ count: Int) -> Sentence {
        let shown = MessageCount.text(count)
        return Sentence("Marked as read: \(shown)", "Ditandai sudah dibaca: \(shown)")
    }
    package static func newRuler(_ count: Int) -> Sentence {
        let shown = MessageCount.text(count)
        return Sentence("new (\(shown))", "baru (\(shown))")
    }
    package static func newBelow(_ count: Int) -> Sentence {
        let shown = MessageCount.text(count)
        return Sentence("\(shown) new ↓", "\(shown) baru ↓")
    }
    package static let scrolledUp = Sentence("newer ↓", "lebih baru ↓")
    package static let loadingOlder = Sentence("loading…", "memuat…")
    package static let beginningOfHistory = Sentence("the beginning", "awal percakapan")
    package static let noMessages = Sentence("No messages yet. Say hello.", "Belum ada pesan. Sapa dulu.")
    package static func unknownEntry(_ kind: String) -> Sentence {
        Sentence("(\(kind): this version cannot show it)", "(\(kind): versi ini belum dapat menampilkannya)")
    }

    package static func toConversation(_ name: String) -> Sentence { Sentence("to \(name)", "ke \(name)") }
    package static let toNobody = Sentence("to nobody yet: open a conversation", "belum ke siapa pun: buka percakapan")
    package static let notSentNobody = Sentence(
        "Not sent: open a conversation first", "Tidak terkirim: buka percakapan dulu")
    package static let notSentTooLong = Sentence(
        "Not sent: a message is at most 16 KiB", "Tidak terkirim: pesan paling besar 16 KiB")
    package static let notSentLeft = Sentence(
        "Not sent: you are not in this room; /join it again", "Tidak terkirim: Anda di luar ruangan ini; /join lagi")
    package static func pasted(lines: Int, controls: Int) -> Sentence {
        guard controls > 0 else { return Sentence("Lines pasted: \(lines)", "Baris yang ditempel: \(lines)") }
        return Sentence(
            "Lines pasted: \(lines); control characters removed: \(controls)",
            "Baris yang ditempel: \(lines); karakter kendali dibuang: \(controls)")
    }
    package static func pasteQuestion(lines: Int, _ size: String, _ recipient: String) -> Sentence {
        Sentence(
            "This is much for a message (lines: \(lines), \(size)). Send it as a file to \(recipient)?",
            "Ini terlalu banyak untuk pesan (baris: \(lines), \(size)). Kirim sebagai berkas ke \(recipient)?")
    }
    package static func pasteTooLarge(lines: Int, _ size: String, _ recipient: String) -> Sentence {
        Sentence(
            "A message holds at most 16 KiB, and this is more (pasted lines: \(lines), \(size)). Send what was pasted as a file "
                + "to \(recipient)?",
            "Pesan memuat paling banyak 16 KiB, dan ini lebih (baris yang ditempel: \(lines), \(size)). Kirim yang ditempel "
                + "sebagai berkas ke \(recipient)?")
    }
    package static let toShorten = Sentence("Leave it here, to make it shorter", "Biarkan di sini, untuk dipersingkat")
    package static let asFile = Sentence("As a file", "Sebagai berkas")
    package static let writtenComesBack = Sentence(
        "What you were writing comes back after this", "Tulisan Anda kembali setelah ini")
    package static let pasteIncomplete = Sentence("The paste may not be whole", "Tempelan mungkin tidak utuh")

    package static func memberJoined(_ name: String) -> Sentence { Sentence("\(name) joined", "\(name) bergabung") }
    package static func memberLeft(_ name: String) -> Sentence { Sentence("\(name) left", "\(name) keluar") }
    package static func memberInvited(_ name: String) -> Sentence { Sentence("\(name) was invited", "\(name) diundang") }
    package static func memberKicked(_ name: String) -> Sentence { Sentence("\(name) was removed", "\(name) dikeluarkan") }
    package static func memberRole(_ name: String) -> Sentence {
        Sentence("\(name) has a new role", "\(name) mendapat peran baru")
    }
    package static func members(_ count: Int) -> Sentence {
        Sentence("\(count) \(count == 1 ? "member" : "members")", "\(count) anggota")
    }
    package static func membersOf(_ room: String) -> Sentence { Sentence("Members of \(room)", "Anggota \(room)") }
    package static func joinedRoom(_ room: String) -> Sentence { Sentence("Joined \(room)", "Telah bergabung ke \(room)") }
    package static func leftRoom(_ room: String) -> Sentence { Sentence("Left \(room)", "Telah keluar dari \(room)") }
    package static func noSuchCommand(_ word: String) -> Sentence {
        Sentence("There is no command /\(word): F1 lists them", "Tidak ada perintah /\(word): F1 menampilkan semuanya")
    }
    package static func commandUsage(_ usage: String) -> Sentence { Sentence("Usage: \(usage)", "Cara pakai: \(usage)") }
}

/// The state of a message, for the places where a mark alone does not do.
extension Sentence {
    package static let stateQueued = Sentence("queued", "antre")
    package static let stateFailed = Sentence("failed", "gagal")
    package static func heldMessage(_ reason: String) -> Sentence {
        Sentence("not sent yet, tried again by itself: \(reason)", "belum terkirim, dicoba lagi sendiri: \(reason)")
    }
    package static func failedMessage(_ reason: String) -> Sentence {
        Sentence("not sent: \(reason)", "tidak terkirim: \(reason)")
    }
    package static let notSentYet = Sentence("Not sent yet", "Belum terkirim")
    package static func heldMenuText(_ reason: Sentence) -> Sentence {
        Sentence(
            "The server does not take it for now, and it is tried again by itself: \(reason.english)",
            "Server belum menerimanya, dan akan dicoba lagi sendiri: \(reason.indonesian)")
    }
    package static let waitingMenuText = Sentence(
        "It waits, and goes out by itself.", "Pesan ini menunggu, dan akan terkirim sendiri.")
    package static let mayHaveArrived = Sentence(
        "It was on its way already, so the server may have it after all. If so, discarding does not take it back.",
        "Pesan ini pernah dikirim, jadi mungkin server sudah menyimpannya. Jika ya, membuangnya tidak menariknya kembali.")
    package static let retry = Sentence("Try again", "Coba lagi")
    package static let discard = Sentence("Discard", "Buang")
    package static let copyText = Sentence("Copy the text", "Salin teksnya")
    package static let quoteInReply = Sentence("Quote in a reply", "Kutip dalam balasan")
    package static let copied = Sentence(
        "Copied, if this terminal lets programs copy", "Disalin, jika terminal ini mengizinkan program menyalin")
    package static let discarded = Sentence(
        "Discarded; the text is in compose's history (^P)", "Dibuang; teksnya ada di riwayat (^P)")
    package static let discardedInDoubt = Sentence(
        "Discarded, but the server may have it; the text is in history (^P)",
        "Dibuang, tetapi mungkin sudah ada di server; teksnya di riwayat (^P)")
    package static let sentBeforeDiscard = Sentence(
        "Too late to discard: it has just been sent", "Terlambat dibuang: pesan ini baru saja terkirim")
}

/// What was done, in a word.
extension Sentence {
    package static func sentTo(_ name: String) -> Sentence { Sentence("Sent to \(name)", "Terkirim ke \(name)") }
    package static func severalMeanings(_ list: String) -> Sentence { Sentence("Could be: \(list)", "Mungkin: \(list)") }
}
