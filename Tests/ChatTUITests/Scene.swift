import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Testing

@testable import ChatTUI

/// What a screen may show, with as much in it as can be.
enum Scene: String, CaseIterable, Sendable {
    case form, chat, help, inbox, folders, upload, files, themes, log, find

    func picture(_ size: Size) -> String {
        var stage = Stage(columns: size.columns, rows: size.rows, isSignedIn: self != .form)
        switch self {
        case .form:
            stage.type("alam")
        case .chat, .help:
            Self.furnish(&stage)
            if self == .help { stage.press(Key(.function(1))) }
        case .themes:
            Self.furnish(&stage)
            stage.press(.control("c"))
            stage.submit("/theme")
            stage.happen(
                .themes(["catppuccin-mocha", "gruvbox-dark", "mono", "obrol-dark", "obrol-light", "terminal16"]))
            stage.press(Key(.down))
        case .log:
            Self.furnish(&stage)
            stage.hear(.connection(.offline(reason: .hostNotFound, nextAttempt: nil)))
            stage.hear(.connection(.online))
            stage.happen(
                .wears(
                    "gelap",
                    [FileProblem(file: "gelap.toml", line: 12, reason: .themeHardToRead("ui.hint.text", contrast: "1.2"))]))
            stage.press(.control("c"))
            stage.submit("/log")
        case .find:
            Self.furnish(&stage)
            stage.press(.control("r"))
            stage.type("bab")
            stage.hear(
                .found(
                    Found(
                        text: "bab", conversation: conversation("#progjar"),
                        entries: [
                            entry(
                                "#progjar", 3, from: "chendra",
                                "siap, revisi **bab 3** sudah masuk, tinggal daftar pustaka", minute: 1),
                            entry("#progjar", 2, from: "firman", "Bab 1 dan bab 2 sudah, terima kasih", minute: -3_000),
                        ], next: nil)))
            stage.press(Key(.down))
        case .inbox:
            Self.furnish(&stage)
            stage.press(.control("c"), Key(.escape))
            let firman = [
                entry("@firman", 41, from: "firman", "sudah makan?", minute: 29),
                entry("@firman", 42, from: "firman", "hai", minute: 30),
            ]
            stage.hear(.page(page("@firman", firman, .after(.zero, at: nil))))
            let text = "@alam tolong kirim **bab 3** hari ini, ditunggu dosen sampai pukul lima sore, setelah itu ruangan dikunci"
            stage.hear(.page(page("#kelas-c", [entry("#kelas-c", 1, from: "dewi", text, minute: 5)], .after(.zero, at: nil))))
            stage.press(Key(.up), Key(.down))
        case .folders:
            Self.furnish(&stage)
            stage.press(.control("o"))
            stage.find(.folder(FolderListing(path: "/home/alam/kerja", entries: Self.folder)))
            stage.press(Key(.down), Key(.down))
        case .files:
            Self.furnish(&stage)
            Self.shareFiles(&stage)
            stage.state.focusPane(.files)
            stage.press(Key(.down), Key(.down), Key(.down))
        case .upload:
            Self.furnish(&stage)
            stage.press(.control("u"))
            stage.paste("'/home/alam/Dokumen/tugas akhir/bab 3.docx' ")
            stage.find("/home/alam/Dokumen/tugas akhir/bab 3.docx", size: 88_000)
        }
        return stage.picture
    }

    /// What a folder may hold, with names that would like to be something else.
    private static var folder: [FolderListing.Entry] {
        let day: Int64 = 86_400_000
        func file(_ name: String, _ size: Int64, daysAgo: Int64) -> FolderListing.Entry {
            let time = Timestamp(milliseconds: 1_779_354_720_000 - daysAgo * day)
            return FolderListing.Entry(name: name, isFolder: false, size: size, modified: time)
        }
        return [
            FolderListing.Entry(name: "gambar", isFolder: true), FolderListing.Entry(name: "日本 data", isFolder: true),
            file("bab 3.docx", 88_000, daysAgo: 0), file("laporan\u{202E}fdp.exe", 3_120_000, daysAgo: 1),
            file("nama\nbaris\u{1B}[31m.txt", 12, daysAgo: 400),
            file(String(repeating: "panjang-", count: 31) + ".tar.gz", 5_000_000_000, daysAgo: 40),
        ]
    }

    /// Transfers as they may stand, and what was shared before.
    private static func shareFiles(_ stage: inout Stage) {
        let name = conversation("#progjar")
        func transfer(_ id: Int, _ direction: Transfer.Direction, _ name: String, _ done: Int64, _ state: Transfer.State) {
            stage.hear(
                .transfer(
                    Transfer(
                        id: id, direction: direction, name: name, conversation: nil, size: 5_000_000, done: done, state: state)))
        }
        transfer(2, .up, "scan.png", 0, .failed(.notConnected))
        transfer(3, .up, "bab 3.docx", 5_000_000, .done(path: nil))
        transfer(4, .up, "video presentasi akhir.mp4", 0, .running)
        for step in 1...6 {
            stage.now = Timestamp(milliseconds: stage.now.milliseconds + 400)
            transfer(4, .up, "video presentasi akhir.mp4", Int64(step) * 300_000, .running)
        }
        let shared = [
            (9, "bab 3.docx", "alam"), (5, "laporan akhir.pdf", "firman"), (2, "lap\u{2060}oran-\(panjang).svg", "dewi"),
        ]
        stage.hear(
            .shared(
                name,
                shared.map { seq, label, author in
                    SharedEntry(
                        file: file(label, size: 88_000), author: try! Username(author), authorName: author,
                        seq: Seq(unchecked: Int64(seq)), time: stage.now)
                }))
    }

    private static let panjang = String(repeating: "panjang-", count: 20)

    /// Two people, two rooms, a conversation of a day with all that can stand in one.
    static func furnish(_ stage: inout Stage) {
        stage.hear(.people([person("firman", "Firman A."), person("chendra", online: false), person("dewi", "Dewi Lestari")]))
        stage.hear(
            .conversations([
                row("@firman", last: 42, unread: 2, lastEntry: entry("@firman", 42, from: "firman", "hai", minute: 30)),
                row(
                    "@chendra", last: 7, read: 7, lastEntry: entry("@chendra", 7, from: "chendra", "ya", minute: 20),
                    draft: "nanti"),
                row("#progjar", last: 7, read: 7, lastEntry: entry("#progjar", 7, from: "firman", "x", minute: 10)),
                row(
                    "#kelas-c", last: 1, unread: 5, mentions: 1, lastEntry: entry("#kelas-c", 1, from: "dewi", "@alam", minute: 5)
                ),
            ]))
        stage.hear(
            .rooms([.init(room: try! RoomName("progjar"), topic: "tugas akhir", members: 14, joined: true)]))
        stage.open("#progjar")
        stage.hear(.members(try! RoomName("progjar"), (0..<14).map { person("orang\($0)") }))
        stage.hear(
            .page(
                page(
                    "#progjar",
                    [
                        entry("#progjar", 1, from: "firman", "", kind: .member(.joined)),
                        entry("#progjar", 2, from: "firman", "halo semua", minute: 0),
                        entry(
                            "#progjar", 3, from: "chendra", "siap, revisi **bab 3** sudah masuk, tinggal daftar pustaka",
                            minute: 1),
                        entry("#progjar", 4, from: "dewi", "日本語 dan é dan 👍🏽 tetap rata", minute: 2),
                        entry("#progjar", 5, from: "firman", "", minute: 3, kind: .file(file("laporan akhir.pdf"))),
                        entry("#progjar", 6, from: "firman", "@alam tolong cek\nya", minute: 8),
                        entry("#progjar", 7, from: "alam", "oke, sebentar", minute: 9),
                    ])))
        let item = OutboxItem(
            id: try! Nonce("n"), conversation: conversation("#progjar"), text: try! MessageText("bagian mana?"), ref: nil,
            time: Timestamp(milliseconds: 1_779_355_800_000), state: .queued)
        stage.hear(.outbox(conversation("#progjar"), [item]))
        stage.hear(
            .transfer(
                Transfer(
                    id: 1, direction: .down, name: "laporan akhir.pdf", conversation: nil, size: 5_000_000, done: 3_050_000,
                    state: .running)))
        stage.type("bab 2?")
    }
}
