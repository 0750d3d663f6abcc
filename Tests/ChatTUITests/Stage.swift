import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Foundation
import TerminalText

@testable import ChatTUI

/// A state on a stage: what happens to it is said in a line, and what it asked for is kept.
struct Stage {
    var state: State
    var effects: [Effect] = []
    /// 21 May 2026, 12:41 UTC.
    var now = Timestamp(milliseconds: 1_779_367_260_000)

    static let me = try! Username("alam")

    /// - Parameter isSignedIn: whether the form is passed already.
    init(columns: Int = 80, rows: Int = 24, isSignedIn: Bool = true, accounts: [KnownAccount] = [], username: String? = nil) {
        let launch = Launch(
            server: ServerAddress(host: "localhost", port: defaultPort), size: Size(columns: columns, rows: rows),
            accounts: accounts, username: username, nationality: "Indonesia", home: "/home/alam",
            workingDirectory: "/home/alam/kerja", theme: "obrol-dark",
            themeFolders: ["/home/alam/tema", "/usr/share/obrol/themes"], logPath: "/home/alam/.local/state/obrol/obrol.log")
        state = State(launch, now: now)
        hear(.connection(.online))
        if isSignedIn {
            hear(.signedIn(Account(server: launch.server, username: Self.me, name: "Alam")))
            effects = []
        }
    }

    // MARK: What happens

    mutating func happen(_ cause: ScreenEvent.Cause) {
        effects += state.update(ScreenEvent(cause, now: now))
        effects += state.update(ScreenEvent(.drawn, now: now))
    }

    mutating func hear(_ event: ClientEvent) { happen(.client(event)) }

    mutating func press(_ keys: Key...) {
        for key in keys { happen(.input(.key(key))) }
    }

    /// Presses the left button on the first cell that shows a text.
    mutating func click(on text: String) {
        let grid = grid
        for row in 0..<grid.size.rows {
            // A row of wide letters is not looked through.
            guard let found = grid.lines[row].range(of: text) else { continue }
            let column = grid.lines[row][..<found.lowerBound].count
            return happen(.input(.mouse(MouseEvent(.press(.left), at: Position(row: row, column: column)))))
        }
    }

    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    mutating func submit(_ text: String) {
        type(text)
        press(Key(.enter))
    }

    /// Goes to a conversation as a person may from everywhere, and forgets what was asked for until then.
    mutating func open(_ name: String) {
        press(.control("g"))
        submit(name)
        forget()
    }

    /// The rows of the middle pane, without its neighbours.
    var middle: [String] {
        guard let area = state.layout.middle else { return [] }
        let grid = grid
        return area.rowRange.map { row in
            var text = String.UnicodeScalarView()
            for column in area.columnRange { text.append(contentsOf: grid[row, column].glyph.scalars) }
            return String(text)
        }
    }

    mutating func wait(milliseconds: Int64) {
        now = Timestamp(milliseconds: now.milliseconds + milliseconds)
        happen(.deadline)
    }

    // MARK: What there is

    var grid: Grid { Screen.draw(state) }
    var lines: [String] { grid.lines }
    var picture: String { lines.joined(separator: "\n") }
    func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    var intents: [String] {
        effects.compactMap { effect in
            if case .perform(let intent) = effect { describe(intent) } else { nil }
        }
    }

    /// What was asked about files and is not answered.
    var looks: [FileInquiry] {
        effects.compactMap { effect in
            if case .look(let inquiry) = effect { inquiry } else { nil }
        }
    }

    /// Answers the last thing that was asked about files.
    mutating func find(_ result: FileFinding.Result) {
        guard let inquiry = looks.last else { return }
        happen(.found(FileFinding(id: inquiry.id, result)))
    }

    mutating func find(_ path: String, size: Int64 = 3_120_000) { find(.file(LocalFile(path: path, size: size))) }

    mutating func paste(_ text: String) { happen(.input(.paste(Paste(text: text)))) }

    /// What was asked for besides intents.
    var wishes: [String] {
        effects.compactMap { effect in
            switch effect {
            case .listThemes: "listThemes"
            case .wear(let name): "wear \(name)"
            case .keepTheme(let name): "keepTheme \(name)"
            case .loadNotifyLevels(let account): "loadNotifyLevels \(account.username)"
            case .keepNotifyLevels(let levels, _):
                "keepNotifyLevels "
                    + levels.map { "\($0.key) \($0.value.rawValue)" }.sorted().joined(separator: ", ")
            case .alert(let alert): "alert \(alert.title): \(alert.body)"
            case .copy(let text): "copy \(text)"
            case .redraw: "redraw"
            case .suspend: "suspend"
            case .perform, .resume, .quit, .startLineClient, .look: nil
            }
        }
    }

    var quits: Bool {
        effects.contains { if case .quit = $0 { true } else { false } }
    }

    /// Forgets what was asked for so far.
    mutating func forget() { effects = [] }
}

/// An intent in few words, for comparing.
func describe(_ intent: Intent) -> String {
    switch intent {
    case .logIn(let username, let password): "logIn \(username) \(password)"
    case .register(let fields): "register \(fields.username) \(fields.password) \(fields.name) \(fields.nationality)"
    case .resume(let username): "resume \(username)"
    case .logOut: "logOut"
    case .compose(let name, let text, _): "compose \(name) \(text)"
    case .retry(let id): "retry \(id)"
    case .discard(let id): "discard \(id)"
    case .markRead(let name, let seq): "markRead \(name) \(seq)"
    case .load(let name, let anchor, _): "load \(name) \(describe(anchor))"
    case .find(let text, let name, nil, _): "find \(text) in \(name?.description ?? "everything")"
    case .find(let text, let name, _, _): "find more \(text) in \(name?.description ?? "everything")"
    case .saveDraft(let name, let text): "saveDraft \(name) \(text)"
    case .listPeople: "listPeople"
    case .listRooms: "listRooms"
    case .listMembers(let room): "listMembers \(room)"
    case .join(let room): "join \(room)"
    case .leave(let room): "leave \(room)"
    case .upload(let path, let name, _): "upload \(path) \(name)"
    case .download(let file, _): "download \(file.label)"
    case .cancel(let id): "cancel \(id)"
    case .pauseTransfer(let id): "pauseTransfer \(id)"
    case .retryTransfer(let id): "retryTransfer \(id)"
    case .listShared(let name): "listShared \(name)"
    case .reconnectNow: "reconnectNow"
    default: "other"
    }
}

private func describe(_ anchor: History.Anchor) -> String {
    switch anchor {
    case .before(.maximum): "newest"
    case .before(let seq): "before \(seq)"
    case .after(let seq, _): "after \(seq)"
    case .around(let seq): "around \(seq)"
    }
}

// MARK: Things to tell

func person(_ username: String, _ name: String? = nil, online: Bool = true) -> Person {
    Person(username: try! Username(username), name: name ?? username.capitalized, online: online)
}

func conversation(_ name: String) -> ConversationName { try! ConversationName(name) }

func entry(
    _ name: String, _ seq: Int64, from author: String, _ text: String, minute: Int64 = 0, kind: Entry.Kind = .message,
    nonce: String? = nil
) -> Entry {
    Entry(
        conversation: conversation(name), seq: Seq(unchecked: seq), kind: kind, author: try! Username(author),
        authorName: author.capitalized, text: text, time: Timestamp(milliseconds: 1_779_354_720_000 + minute * 60_000),
        nonce: nonce.map { try! Nonce($0) })
}

func row(
    _ name: String, title: String = "", last: Int64 = 0, read: Int64 = 0, unread: Int = 0, mentions: Int = 0,
    lastEntry: Entry? = nil, muted: Bool = false, joined: Bool = true, draft: String = ""
) -> ConversationState {
    ConversationState(
        conversation: conversation(name), title: title, lastSeq: Seq(unchecked: last), readSeq: Seq(unchecked: read),
        unread: unread, mentions: mentions, last: lastEntry, muted: muted, joined: joined, draft: draft)
}

func page(
    _ name: String, _ entries: [Entry], _ anchor: History.Anchor = .before(.maximum), moreBefore: Bool = false,
    moreAfter: Bool = false
) -> ConversationPage {
    ConversationPage(
        conversation: conversation(name), entries: entries, anchor: anchor, moreBefore: moreBefore, moreAfter: moreAfter)
}

func file(_ label: String, size: Int64 = 5_000_000) -> SharedFile {
    SharedFile(
        id: try! FileID(String(repeating: "a", count: 26)), label: try! FileLabel(label), size: size,
        sha256: try! ContentHash(String(repeating: "0", count: 64)))
}
