import ChatClient
import ChatProtocol
import ChatTerminal
import Foundation
import Testing

@testable import ChatTUI

@Suite("The files pane")
struct FilesPaneTests {
    private func stage(columns: Int = 120, rows: Int = 36) -> Stage {
        var stage = Stage(columns: columns, rows: rows)
        stage.hear(.conversations([row("#progjar", last: 9, read: 9), row("@firman", last: 1, read: 1)]))
        stage.submit("/chat #progjar")
        return stage
    }

    private func transfer(
        _ id: Int, _ name: String = "laporan.pdf", done: Int64 = 0, state: Transfer.State = .running,
        direction: Transfer.Direction = .up
    ) -> ClientEvent {
        .transfer(
            Transfer(
                id: id, direction: direction, name: name, conversation: conversation("#progjar"), size: 5_000_000, done: done,
                state: state))
    }

    private func shared(_ seq: Int64, _ label: String, from author: String = "firman") -> SharedEntry {
        SharedEntry(
            file: file(label, size: 88_000), author: try! Username(author), authorName: author.capitalized,
            seq: Seq(unchecked: seq), time: Timestamp(milliseconds: 1_779_354_720_000))
    }

    /// The rows of the pane.
    private func rows(_ stage: Stage) -> [String] {
        guard let area = stage.state.layout.files else { return [] }
        let grid = stage.grid
        return area.rowRange.map { row in
            var text = String.UnicodeScalarView()
            for column in area.columnRange { text.append(contentsOf: grid[row, column].glyph.scalars) }
            return String(text)
        }
    }

    // MARK: Progress

    @Test("a transfer says how fast it goes and how long it will take, from its own reports")
    func rate() {
        var stage = stage()
        stage.hear(transfer(1))
        #expect(stage.shows("0 %"))
        for step in 1...8 {
            stage.now = Timestamp(milliseconds: stage.now.milliseconds + 500)
            stage.hear(transfer(1, done: Int64(step) * 500_000))
        }
        #expect(stage.shows("80 %"))
        #expect(stage.shows("1.0 MB/s · 1 s"))
        #expect(stage.shows("↑80%"))
        stage.hear(.connection(.connecting))
        #expect(!stage.shows("1.0 MB/s"), "what it was while there was a line says nothing now")
    }

    @Test("a file that is read through before it goes up says so, and nothing is done of it")
    func preparing() {
        var stage = stage()
        stage.hear(transfer(1, state: .preparing(read: 2_000_000)))
        #expect(stage.shows("preparing… 40 %"))
        #expect(stage.lines[0].contains(" ↑0% ·"))
        stage.press(Key(.tab), Key(.enter))
        #expect(stage.lines.filter { $0.contains("preparing… 40 %") }.count == 2, "in its menu, too")
        let unknown = Transfer(
            id: 2, direction: .up, name: "besar.iso", conversation: nil, size: 0, done: 0, state: .preparing(read: 0))
        var other = self.stage()
        other.hear(.transfer(unknown))
        #expect(other.shows("preparing…"))
        #expect(!other.shows("%"))
    }

    @Test("the bytes that were there before are not counted as speed, and a clock that is set back does no harm")
    func progress() {
        var progress = TransferProgress(done: 0, now: Timestamp(milliseconds: 0))
        progress.take(done: 4_000_000_000, now: Timestamp(milliseconds: 10))
        #expect(progress.rate == nil)
        progress.take(done: 4_000_100_000, now: Timestamp(milliseconds: 100))
        #expect(progress.rate == nil, "too short to tell")
        progress.take(done: 4_001_000_000, now: Timestamp(milliseconds: 1010))
        #expect(progress.rate == 1_000_000)
        #expect(progress.secondsLeft(of: 4_003_500_000) == 3)
        progress.take(done: 4_003_000_000, now: Timestamp(milliseconds: 2010))
        #expect((1_000_001..<2_000_000).contains(progress.rate ?? 0), "smoothed")
        progress.take(done: 4_003_100_000, now: Timestamp(milliseconds: 10))
        #expect(progress.rate == nil)
        progress.take(done: 5, now: Timestamp(milliseconds: 20))
        #expect(progress.secondsLeft(of: 10) == nil)
    }

    @Test("the status line says which way it goes")
    func arrows() {
        var stage = stage()
        stage.hear(transfer(1, done: 3_050_000, direction: .down))
        #expect(stage.lines[0].contains(" ↓61% ·"))
        stage.hear(transfer(2, done: 3_050_000))
        #expect(stage.lines[0].contains(" ↑↓61% ·"))
        stage.hear(transfer(1, state: .cancelled))
        #expect(stage.lines[0].contains(" ↑61% ·"))
        stage.hear(transfer(2, state: .done(path: nil)))
        #expect(!stage.lines[0].contains("%"))
    }

    @Test("of fifty transfers the oldest are forgotten, but none that runs")
    func bounded() {
        var stage = stage()
        stage.hear(transfer(1))
        for id in 2...80 { stage.hear(transfer(id, state: .done(path: nil))) }
        #expect(stage.state.transfers.transfers.count == 50)
        #expect(stage.state.transfers[1]?.isRunning == true)
    }

    // MARK: Shared here

    @Test("what was shared in the open conversation is asked for when it can be seen, once, and listed with size and author")
    func sharedHere() {
        var stage = stage()
        #expect(stage.intents.contains("listShared #progjar"))
        stage.forget()
        stage.hear(.shared(conversation("#progjar"), [shared(8, "bab3.docx"), shared(5, "logo.svg", from: "alam")]))
        #expect(
            rows(stage).prefix(7).map { $0.trimmingCharacters(in: .whitespaces) } == [
                "No transfers", "", "SHARED HERE", "bab3.docx", "88 kB · firman", "logo.svg", "88 kB · alam",
            ])
        stage.press(Key(.up, .alt))
        #expect(!stage.shows("bab3.docx"))
        stage.press(Key(.down, .alt))
        #expect(stage.shows("bab3.docx"))
        #expect(!stage.intents.contains("listShared #progjar"), "asked for once: changes are told")
    }

    @Test("a shared file is got, or its message gone to")
    func menu() {
        var stage = stage()
        stage.hear(.page(page("#progjar", (1...9).map { entry("#progjar", $0, from: "firman", "pesan \($0)") })))
        stage.hear(.shared(conversation("#progjar"), [shared(8, "bab3.docx")]))
        stage.forget()
        stage.press(Key(.tab), Key(.enter))
        #expect(stage.shows("bab3.docx (88 kB) from firman"))
        stage.press(Key(.enter))
        #expect(stage.intents == ["download bab3.docx"])
        #expect(stage.state.focus == .files)
        stage.press(Key(.enter), Key(.down), Key(.enter))
        #expect(stage.state.focus == .middle)
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 8)))
    }

    @Test("the message of a file that is not loaded is loaded")
    func farMessage() {
        var stage = stage()
        stage.hear(.page(page("#progjar", [entry("#progjar", 9, from: "firman", "x")], moreBefore: true)))
        stage.hear(.shared(conversation("#progjar"), [shared(2, "lama.zip")]))
        stage.forget()
        stage.press(Key(.tab), Key(.enter), Key(.down), Key(.enter))
        #expect(stage.intents.contains("load #progjar around 2"))
        stage.hear(
            .page(page("#progjar", (1...9).map { entry("#progjar", $0, from: "firman", "x") }, .around(Seq(unchecked: 2)))))
        #expect(stage.state.conversation?.selection == .entry(Seq(unchecked: 2)))
    }

    @Test("Go to finds the pane and the files that were shared here")
    func goTo() {
        var stage = stage()
        stage.hear(.shared(conversation("#progjar"), [shared(8, "bab3.docx")]))
        stage.press(.control("g"))
        stage.submit("bab3")
        #expect(stage.shows("bab3.docx (88 kB) from firman"))
        stage.press(Key(.escape), .control("g"))
        stage.submit("files")
        #expect(stage.state.focus == .files)
    }

    // MARK: Choosing

    @Test("what is chosen stays chosen and in its line, whatever joins above or ends")
    func nothingJumps() {
        var stage = stage()
        stage.hear(transfer(1, "satu.bin"))
        stage.hear(.shared(conversation("#progjar"), (1...20).reversed().map { shared($0, "berkas\($0)") }))
        stage.press(Key(.tab), Key(.down), Key(.down), Key(.down))
        let line = rows(stage).firstIndex { $0.contains("berkas18") }
        #expect(line != nil)
        let chosen = stage.state.files.selection
        stage.hear(transfer(2, "dua.bin"))
        stage.hear(.shared(conversation("#progjar"), (1...21).reversed().map { shared($0, "berkas\($0)") }))
        #expect(rows(stage).firstIndex { $0.contains("berkas18") } == line)
        stage.hear(transfer(1, "satu.bin", state: .done(path: nil)))
        #expect(rows(stage).firstIndex { $0.contains("berkas18") } == line)
        #expect(stage.state.files.selection == chosen)
        #expect(stage.shows("Files ↑"))
        stage.press(Key(.home))
        #expect(stage.state.files.selection == .transfer(2))
        #expect(!stage.shows("Files ↑"))
        stage.press(Key(.end))
        #expect(stage.shows("berkas1 "))
    }

    @Test("the pane opens on what came last, or where one was if nothing came")
    func opensOnNewest() {
        var stage = stage()
        stage.hear(transfer(1, "satu.bin", state: .done(path: nil)))
        stage.hear(.shared(conversation("#progjar"), [shared(2, "dua"), shared(1, "satu")]))
        stage.hear(transfer(2, "dua.bin"))
        stage.press(Key(.tab))
        #expect(stage.state.files.selection == .transfer(2))
        stage.press(Key(.down), Key(.escape))
        stage.hear(transfer(2, "dua.bin", state: .done(path: nil)))
        stage.press(Key(.tab))
        #expect(stage.state.files.selection == .transfer(1))
        stage.press(Key(.escape))
        stage.hear(.shared(conversation("#progjar"), [shared(3, "tiga"), shared(2, "dua"), shared(1, "satu")]))
        stage.press(Key(.tab))
        #expect(stage.state.files.selection == .shared(Seq(unchecked: 3)))
    }

    @Test("a click chooses a file, another opens it")
    func mouse() {
        var stage = stage()
        stage.hear(.shared(conversation("#progjar"), [shared(8, "bab3.docx"), shared(7, "logo.svg")]))
        guard let area = stage.state.layout.files else { return #expect(Bool(false)) }
        let place = Position(row: area.row + 6, column: area.column + 3)
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: place))))
        #expect(stage.state.files.selection == .shared(Seq(unchecked: 7)))
        #expect(stage.state.overlays.isEmpty)
        stage.happen(.input(.mouse(MouseEvent(.press(.left), at: place))))
        #expect(stage.shows("logo.svg (88 kB)"))
    }

    // MARK: Menus of transfers

    @Test("a failed transfer says why, in the bottom line and in its menu; a download shows its path")
    func outcomes() {
        var stage = stage()
        stage.hear(transfer(1, state: .failed(.tooLarge(path: "/x", limit: 1 << 32))))
        #expect(stage.lines.last?.contains("laporan.pdf: it is larger than 4 GiB") == true)
        stage.press(Key(.tab), Key(.enter))
        #expect(stage.shows("it is larger than 4 GiB"))
        stage.press(Key(.escape))
        stage.hear(transfer(1, state: .done(path: "/home/alam/Downloads/laporan.pdf")))
        #expect(stage.lines.last?.contains("Saved as /home/alam/Downloads/laporan.pdf") == true)
        stage.press(Key(.enter))
        #expect(stage.shows("Saved as /home/alam/Downloads/laporan.pdf"))
        stage.press(Key(.enter))
        let copied = stage.effects.contains { if case .copy("/home/alam/Downloads/laporan.pdf") = $0 { true } else { false } }
        #expect(copied)
    }

    @Test("one key pauses a transfer, goes on with it and begins it again; the bottom line says which, and the menu has it")
    func pausing() {
        var stage = stage()
        let states: [(Transfer.State, hint: String, menu: String, intent: String)] = [
            (.running, "^T pause", "Pause it", "pauseTransfer 1"), (.paused, "^T go on", "Go on with it", "retryTransfer 1"),
            (.failed(.notConnected), "^T again", "Try again", "retryTransfer 1"),
            (.cancelled, "^T again", "Begin it again", "retryTransfer 1"),
        ]
        stage.hear(transfer(1))
        stage.hear(transfer(2, "lain.bin"))
        stage.press(Key(.tab))
        for (state, hint, menu, intent) in states {
            stage.hear(transfer(1, state: state))
            stage.press(Key(.up), Key(.down))
            #expect(stage.lines.last?.contains(hint) == true)
            stage.forget()
            stage.press(.control("t"), Key(.enter))
            stage.click(on: menu)
            #expect(stage.intents == [intent, intent])
        }
        stage.hear(transfer(1, state: .done(path: nil)))
        stage.press(Key(.up), Key(.down))
        #expect(stage.lines.last?.contains("^T") == false)
        stage.forget()
        stage.press(.control("t"))
        #expect(stage.intents.isEmpty && stage.shows("Choose a transfer that is not done"))
    }

    // MARK: Where there is no room

    @Test("at 80 columns files come over the conversation when a transfer is begun, and compose stays")
    func floats() {
        var stage = stage(columns: 80, rows: 24)
        #expect(stage.state.layout.files == nil)
        stage.paste("/tmp/laporan.pdf")
        stage.find("/tmp/laporan.pdf")
        stage.press(Key(.enter))
        stage.hear(transfer(1, done: 3_050_000))
        #expect(stage.shows("61 %"))
        #expect(stage.state.focus == .compose)
        stage.type("sambil menulis")
        #expect(stage.shows("sambil menulis"))
        #expect(stage.shows("61 %"))
        let cursor = stage.grid.cursor
        #expect(cursor.map { stage.state.layout.compose?.contains($0) == true } == true)
        stage.hear(transfer(1, state: .done(path: nil)))
        #expect(stage.state.layout.files != nil, "nothing disappears by itself")
        stage.type("!")
        #expect(stage.state.layout.files == nil)
    }

    @Test("Esc closes what came over the conversation first, Tab goes there")
    func floatCloses() {
        var stage = stage(columns: 80, rows: 24)
        stage.paste("/tmp/laporan.pdf")
        stage.find("/tmp/laporan.pdf")
        stage.press(Key(.enter))
        stage.hear(transfer(1, done: 3_050_000))
        stage.press(Key(.escape))
        #expect(!stage.shows("61 %"))
        #expect(stage.state.conversation != nil)
        stage.press(Key(.tab))
        #expect(stage.shows("61 %"))
        stage.press(Key(.escape))
        #expect(stage.state.focus == .compose)
        #expect(!stage.shows("61 %"))
    }

    @Test("hostile names of others show harmlessly")
    func hostile() {
        for columns in [120, 200] {
            var stage = stage(columns: columns)
            stage.hear(
                .shared(conversation("#progjar"), [shared(8, "lap\u{AD}oran\u{2060}" + String(repeating: "x", count: 200))]))
            stage.hear(transfer(1, "a\u{1B}[31m\u{202E}b\nc"))
            for scalar in stage.picture.unicodeScalars {
                #expect(scalar == "\n" || scalar.value >= 0x20 && scalar != "\u{202E}" && scalar != "\u{2060}")
            }
        }
    }
}
