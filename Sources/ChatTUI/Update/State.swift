package import ChatClient
package import ChatProtocol
package import ChatTerminal
package import ChatText
package import TerminalText

/// Everything that the screen shows and that keys act on. Changed only by `update`, drawn only by `Screen`.
///
/// It does no I/O and has no clock. What it wants from the world it emits as effects.
package struct State: Sendable {
    package enum Stage: Hashable, Sendable {
        /// Nobody is signed in.
        case form(SignInForm)
        case chat
    }

    /// Somebody new, to whom an empty compose would say nothing, begins in the contacts.
    enum Greeting: Hashable, Sendable {
        case due
        /// The focus was put there, and nothing has been struck since.
        case inContacts
        case done
    }

    // MARK: Around

    package let server: ServerAddress
    package let language: Language
    package let clock: WallClock
    package let keys: KeyMap
    let launch: Launch
    package internal(set) var size: Size
    package internal(set) var now: Timestamp

    // MARK: Who and where

    package internal(set) var stage: Stage
    package internal(set) var account: Account?
    package internal(set) var connection = ConnectionState.connecting
    package internal(set) var catchingUp = false
    package internal(set) var directory = Directory()
    package internal(set) var members: [RoomName: [Person]] = [:]
    /// Messages that the server has not confirmed, by conversation.
    package internal(set) var outbox: [ConversationName: [OutboxItem]] = [:]

    /// Whether drafts, unsent messages and transfers outlive the program: not where the cache is one in memory.
    var keepsUnsent = true

    // MARK: Panes

    package internal(set) var focus = Pane.compose
    package internal(set) var isZoomed = false
    package internal(set) var contacts = ContactList()
    package internal(set) var inbox = InboxList()
    package internal(set) var conversation: OpenConversation?
    package internal(set) var compose = ComposeBook()
    /// In the inbox: whom compose writes to since something is written in it.
    package internal(set) var pinnedTarget: ConversationName?
    package internal(set) var transfers = TransferList()
    package internal(set) var files = FilesList()
    /// The transfer that was begun last, until it has ended or the person has seen enough of it.
    var transferInSight: Transfer.ID?
    package internal(set) var proportions = Proportions()
    /// Whether the mouse is reported to us; else the terminal selects text with it.
    package internal(set) var usesMouse = true
    /// The line between panes that is being dragged.
    var dragged: Divider?
    /// The row of the files that the mouse chose: pressed again it opens.
    var pressedFile: FilesList.Row?
    package internal(set) var overlays: [Overlay] = []
    /// What was asked about files of this machine.
    var inquiries = FileInquiries()
    package internal(set) var suggestions: PathSuggestions?
    /// Where the folder list was last, or a file was sent from.
    var lastFolder: String?
    package internal(set) var themes: ThemeShelf
    package internal(set) var journal = Journal()
    /// An answer to the last key, in the place of the hints.
    package internal(set) var announcement: Announcement?

    // MARK: Attention

    /// What of each conversation the person chose to be told of.
    package internal(set) var notifyLevels: [ConversationName: NotifyLevel] = [:]
    var lastAlertAt: Timestamp?
    /// Since when nothing was heard of the server, the log says; that it is back is worth a line then.
    var wasOffline = false
    /// A theme that was asked for by name: the list of all is read before it is put on.
    var themeAskedFor: String?

    /// Nil until the terminal has reported its focus once; then what it said last.
    var reportedFocus: Bool?
    var lastKeyAt: Timestamp
    var listsAreStale = true
    /// When the list of rooms was asked for last.
    var roomsAskedAt = Timestamp(milliseconds: 0)
    /// Whether the person has been shown where to begin; see ``greet()``.
    var greeting = Greeting.due
    /// What a room was asked to be joined for: it is opened when that is done.
    var roomToOpen: RoomName?
    /// The list of rooms is asked for as soon as there is a line.
    var roomsAreDue = false
    /// A room that nobody here has heard of: the server's list is asked before the person is.
    var roomInQuestion: RoomName?
    /// A list of members was asked for to be shown.
    var membersToShow: RoomName?
    var effects: [Effect] = []
    /// Shared by copies of the state, which is harmless: it changes nothing that can be seen.
    let lineMemory = LineMemory()

    package init(_ launch: Launch, keys: KeyMap = .standard, now: Timestamp) {
        self.launch = launch
        self.keys = keys
        self.now = now
        server = launch.server
        language = launch.language
        clock = launch.clock
        size = launch.size
        lastKeyAt = now
        stage = .form(
            SignInForm(accounts: launch.accounts, username: launch.username ?? "", nationality: launch.nationality))
        themes = ThemeShelf(worn: launch.theme)
        announce(launch.fileProblems)
    }

    package var me: Username? { account?.username }

    /// Whether the person looks at this terminal. One that never reports it counts as looked at for a minute after a key.
    package var hasFocus: Bool {
        reportedFocus ?? (now.milliseconds - lastKeyAt.milliseconds < Self.attentionMilliseconds)
    }

    static let attentionMilliseconds: Int64 = 60_000

    func say(_ sentence: Sentence) -> String { sentence[language] }

    mutating func emit(_ effect: Effect) { effects.append(effect) }

    /// Says something in the bottom line. A warning can be read again in the log.
    mutating func announce(_ sentence: Sentence, isWarning: Bool = false) {
        announcement = Announcement(sentence, isWarning: isWarning)
        if isWarning { note(sentence, isWarning: true) }
    }

    /// Takes back what was said of something that is over, though no key was struck since.
    mutating func retract(_ sentences: Sentence...) {
        if let announcement, sentences.contains(announcement.sentence) { self.announcement = nil }
    }
}

/// A sentence in the bottom line until the next key.
package struct Announcement: Hashable, Sendable {
    package var sentence: Sentence
    package var isWarning: Bool

    package init(_ sentence: Sentence, isWarning: Bool = false) {
        self.sentence = sentence
        self.isWarning = isWarning
    }
}
