import ChatClient
import ChatProtocol
import ChatTerminal

/// The shell around the state: the UI thread, asleep in one `poll` until the terminal, the mailbox or a deadline wakes it.
///
/// It takes all that is waiting, updates, performs what that asked for, and draws once. Idle it does nothing at all.
final class ScreenLoop {
    private let terminal: Terminal
    private let client: Client
    private let mailbox: Mailbox
    private let wake: WakePipe
    private let files: FileDesk
    private let themes: ThemeLibrary
    private let alertForm: AlertForm
    private var styles: StyleTable
    private var state: State
    private var shownTitle = ""
    private var ending: FullScreenEnding?

    /// What the network caused is drawn at most once in this time; what a key caused is drawn at once.
    private static let frame = Duration.milliseconds(16)
    /// The network's news come in twos and threes, of which the last completes what the first began to say: they are
    /// awaited for so long before the first of them is drawn.
    private static let gathering = Duration.milliseconds(4)
    private var lastDrawAt: ContinuousClock.Instant?
    /// When to draw what the network caused; nil if everything is drawn.
    private var drawIsDueAt: ContinuousClock.Instant?
    /// What the client is asked for at the end of a turn: its threads would work while the screen is waited for.
    private var intents: [Intent] = []

    init(
        terminal: Terminal, client: Client, mailbox: Mailbox, wake: WakePipe, files: FileDesk, themes: ThemeLibrary,
        styles: StyleTable, alertForm: AlertForm, state: State
    ) {
        self.terminal = terminal
        self.client = client
        self.mailbox = mailbox
        self.wake = wake
        self.files = files
        self.themes = themes
        self.styles = styles
        self.alertForm = alertForm
        self.state = state
    }

    /// Goes on until the person or a signal ends it. The terminal and the client are left to the caller.
    func run(resuming username: Username?) -> FullScreenEnding {
        if let username { perform(.resume(username)) }
        draw()
        performIntents()
        while true {
            if let ending { return ending }
            turn()
        }
    }

    private func turn() {
        let result = terminal.wait(alsoOn: [wake.descriptor], until: nextWakeUp)
        let now = SystemClock.now
        for event in result.events { take(event, now: now) }
        if result.readyDescriptors.contains(wake.descriptor) { wake.drain() }
        let news = mailbox.drain()
        for event in news { update(.client(event), now: now) }
        let findings = files.takeFindings()
        for finding in findings { update(.found(finding), now: now) }
        if result.events.isEmpty, news.isEmpty, findings.isEmpty { update(.deadline, now: now) }
        guard ending == nil else { return performIntents() }
        let due = drawIsDueAt ?? max(result.now + Self.gathering, lastDrawAt.map { $0 + Self.frame } ?? result.now)
        drawIsDueAt = due
        let isUrgent = !result.events.isEmpty
        if isUrgent || result.now >= due { draw() }
        performIntents()
        if isUrgent { state.layOutAhead() }
    }

    /// When to wake up though nothing happens; nil for never.
    private var nextWakeUp: ContinuousClock.Instant? {
        var wakeUps: [ContinuousClock.Instant] = []
        if let drawIsDueAt { wakeUps.append(drawIsDueAt) }
        if let deadline = state.nextDeadline {
            // At most a minute ahead, because the wall's clock may be set meanwhile.
            let rest = min(max(0, deadline.milliseconds - SystemClock.now.milliseconds), 60_000)
            wakeUps.append(.now + .milliseconds(rest))
        }
        return wakeUps.min()
    }

    private func draw() {
        drawIsDueAt = nil
        lastDrawAt = .now
        // A terminal that selects text by itself is left to do so while one pane is alone.
        terminal.mouseReports = state.usesMouse && !state.isZoomed
        terminal.draw(Screen.draw(state), styles: styles)
        update(.drawn, now: state.now)
        let title = state.windowTitle
        if title != shownTitle { terminal.setTitle(title) }
        shownTitle = title
    }

    // MARK: Events

    private func take(_ event: TerminalEvent, now: Timestamp) {
        switch event {
        case .input(let input): update(.input(input), now: now)
        case .resized(let size): update(.resized(size), now: now)
        case .suspendRequested: update(.suspendRequested, now: now)
        case .resumed:
            shownTitle = ""
            update(.resized(terminal.size), now: now)
        case .ended: update(.ended, now: now)
        }
    }

    private func update(_ cause: ScreenEvent.Cause, now: Timestamp) {
        for effect in state.update(ScreenEvent(cause, now: now)) { perform(effect) }
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .perform(let intent): intents.append(intent)
        case .resume(let username):
            // The one wait for a disk: it makes the first screen complete before the network has said a word.
            let snapshot = client.openCache(of: username)
            // First: what the snapshot makes the state ask for is asked on this account's behalf.
            intents.append(.resume(username))
            update(.opened(username, snapshot), now: SystemClock.now)
        case .look(let inquiry): files.ask(inquiry)
        case .quit: ending = .quit
        case .startLineClient: ending = .lineClient
        case .suspend:
            performIntents()
            terminal.suspend()
            shownTitle = ""
            update(.resized(terminal.size), now: SystemClock.now)
        case .copy(let text): terminal.copyToClipboard(text)
        case .redraw: terminal.forgetContents()
        case .listThemes: update(.themes(themes.names), now: SystemClock.now)
        case .wear(let name):
            let theme = themes.load(name)
            styles = theme.styles
            update(.wears(name, theme.problems), now: SystemClock.now)
        case .keepTheme(let name): keep { try Settings.keep("theme", name, in: client.paths.configuration) }
        case .loadNotifyLevels(let account):
            let levels = client.paths.notifyLevels(of: account.username, at: account.server)
            update(.notifyLevels(levels), now: SystemClock.now)
        case .keepNotifyLevels(let levels, let account):
            keep { try client.paths.keep(levels, of: account.username, at: account.server) }
        case .alert(let alert): tell(alert)
        }
    }

    private func performIntents() {
        for intent in intents { client.perform(intent) }
        intents.removeAll(keepingCapacity: true)
    }

    private func keep(_ work: () throws -> Void) {
        do { try work() } catch { update(.notKept("\(error)"), now: SystemClock.now) }
    }

    private func tell(_ alert: Alert) {
        guard alertForm != .nothing else { return }
        terminal.ringBell()
        if case .desktop(let form) = alertForm { terminal.notify(title: alert.title, body: alert.body, form: form) }
    }
}
