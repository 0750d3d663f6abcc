import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// Coming in and going out.
extension State {
    /// What the cache held: the first screen, before the server has said who this is.
    mutating func take(_ snapshot: ClientSnapshot, of username: Username) {
        guard let account = snapshot.account else { return }
        show(account)
        for person in snapshot.people { directory.update(person) }
        directory.replaceConversations(snapshot.conversations)
        for state in snapshot.conversations { compose.restore(Sanitizer.body.clean(state.draft), of: state.conversation) }
        outbox = Dictionary(grouping: snapshot.outbox, by: \.conversation)
        inbox.open(from: directory)
        listsAreStale = true
        if snapshot.cacheInUse { noteNothingIsKept(.cacheInUse) }
    }

    /// What is unsent is in memory alone.
    mutating func noteNothingIsKept(_ reason: Sentence) {
        keepsUnsent = false
        announce(reason, isWarning: true)
    }

    /// Signed in.
    mutating func enter(_ account: Account) {
        show(account)
        emit(.perform(.listPeople))
        // Asked without a line it would be refused, as if the person had asked.
        roomsAreDue = connection != .online
        if !roomsAreDue { askForRooms() }
    }

    private mutating func show(_ account: Account) {
        var account = account
        account.name = Sanitizer.line.clean(account.name)
        let isAnother = self.account?.username != account.username
        self.account = account
        guard stage != .chat || isAnother else { return }
        stage = .chat
        if isAnother { forgetAccount() }
        self.account = account
        emit(.loadNotifyLevels(account))
        overlays = []
        focus = .compose
        greeting = .due
        listsAreStale = true
    }

    /// There is nobody to write to before somebody is chosen: a name can be typed at once. The list that comes first is
    /// the cache's; should the server know conversations after all, the focus goes back to where it belongs.
    mutating func greet() {
        switch greeting {
        case .due:
            greeting = .done
            let isNew = directory.conversations.isEmpty && conversation == nil && composeEditor.isEmpty
            guard isNew, focus == .compose else { return }
            focusPane(.contacts)
            greeting = .inContacts
        case .inContacts:
            guard !directory.conversations.isEmpty else { return }
            greeting = .done
            focusPane(.compose)
        case .done: break
        }
    }

    private mutating func forgetAccount() {
        directory = Directory()
        members = [:]
        outbox = [:]
        keepsUnsent = true
        contacts = ContactList()
        inbox = InboxList()
        conversation = nil
        compose = ComposeBook()
        pinnedTarget = nil
        transfers = TransferList()
        files = FilesList()
        transferInSight = nil
        notifyLevels = [:]
    }

    mutating func refuseSignIn(_ error: ProtocolError) {
        guard case .form(var form) = stage else {
            // The session that was gone on with has ended.
            backToForm(message: .sessionEnded)
            return
        }
        form.refuse(error)
        stage = .form(form)
    }

    mutating func signOut(_ reason: String) {
        let name = account?.username.text ?? ""
        let ended = ProtocolError(.sessionInvalid, reason).sentence(Sanitizer.line.clean)
        backToForm(message: reason.isEmpty ? .loggedOut(name) : ended)
    }

    private mutating func backToForm(message: Sentence) {
        saveDrafts()
        var form = SignInForm(
            accounts: [], username: account?.username.text ?? launch.username ?? "", nationality: launch.nationality)
        form.message = message
        account = nil
        forgetAccount()
        overlays = []
        isZoomed = false
        stage = .form(form)
    }
}
