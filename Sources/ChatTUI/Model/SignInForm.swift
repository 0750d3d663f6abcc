package import ChatClient
package import ChatProtocol
package import ChatText
import TerminalText

/// The first screen: who is it? Logging in and registering are one form with more or fewer fields; several accounts that
/// were used here make it a list to choose from.
package struct SignInForm: Hashable, Sendable {
    package enum Mode: Hashable, Sendable {
        case choose, logIn, register
    }

    /// What can have the focus, from top to bottom.
    package enum Stop: Hashable, Sendable {
        /// For people with a screen reader: it is the first line, and Enter on it starts the line client.
        case reader
        case account(Int)
        case anotherPerson
        case username, password, name, nationality
        case submit
        /// From logging in to registering, and back.
        case otherMode
    }

    package private(set) var mode: Mode
    package let accounts: [KnownAccount]
    package private(set) var stop: Stop
    /// Texts of the fields.
    package private(set) var fields: [Stop: Editor]
    /// What is wrong with a field, to be shown beside it.
    package private(set) var errors: [Stop: Sentence] = [:]
    /// What is wrong altogether, or what happened.
    package var message: Sentence?
    /// Waiting for the server's answer.
    package var isBusy = false

    private let nationality: String

    /// - Parameters:
    ///   - accounts: those that were used with this server here.
    ///   - username: filled in.
    ///   - nationality: filled in, from the locale.
    package init(accounts: [KnownAccount], username: String = "", nationality: String) {
        self.accounts = accounts
        self.nationality = nationality
        fields = [
            .username: Editor(username, isSingleLine: true), .password: Editor(isSingleLine: true),
            .name: Editor(isSingleLine: true), .nationality: Editor(nationality, isSingleLine: true),
        ]
        if !username.isEmpty {
            mode = .logIn
            stop = .password
        } else if !accounts.isEmpty {
            mode = .choose
            stop = .account(accounts.firstIndex { !$0.inUse } ?? 0)
        } else {
            mode = .register
            stop = .username
        }
    }

    // MARK: Moving

    package var stops: [Stop] {
        switch mode {
        case .choose: [.reader] + accounts.indices.map(Stop.account) + [.anotherPerson]
        case .logIn: [.reader, .username, .password, .submit, .otherMode]
        case .register: [.reader, .username, .password, .name, .nationality, .submit, .otherMode]
        }
    }

    package mutating func move(by steps: Int) {
        check(stop)
        let stops = stops
        let current = stops.firstIndex(of: stop) ?? 0
        stop = stops[((current + steps) % stops.count + stops.count) % stops.count]
    }

    package mutating func focus(_ stop: Stop) {
        check(self.stop)
        if stops.contains(stop) { self.stop = stop }
    }

    package mutating func change(to mode: Mode) {
        self.mode = mode
        errors = [:]
        message = nil
        stop = mode == .choose ? .anotherPerson : .username
        if mode != .choose, fields[.username]?.isEmpty == false { stop = .password }
    }

    // MARK: Editing

    /// The field with the focus is changed; nil if the focus is on something else.
    package mutating func edit(_ change: (inout Editor) -> Void) -> Bool {
        guard fields[stop] != nil, !isBusy else { return false }
        fields[stop]?.edit(change)
        errors[stop] = nil
        return true
    }

    package func text(_ stop: Stop) -> String { fields[stop]?.text ?? "" }

    // MARK: Submitting

    /// What the form asks for; nil if something must be corrected first, which is then marked.
    package mutating func submit() -> Intent? {
        message = nil
        return mode == .register ? submitRegistration() : submitLogIn()
    }

    private mutating func submitLogIn() -> Intent? {
        errors = [:]
        require(.username)
        require(.password)
        guard errors.isEmpty else { return focusFirstError() }
        return .logIn(username: text(.username), password: text(.password))
    }

    private mutating func submitRegistration() -> Intent? {
        errors = [:]
        require(.username)
        require(.password)
        require(.name)
        for stop in stops { check(stop) }
        guard errors.isEmpty, let username = try? Username(text(.username)), let name = try? DisplayName(text(.name)) else {
            return focusFirstError()
        }
        return .register(
            Register(username: username, password: text(.password), name: name, nationality: text(.nationality)))
    }

    /// Marks a field of a new account that holds what cannot be; an empty one is not wrong yet.
    private mutating func check(_ stop: Stop) {
        let text = text(stop)
        guard mode == .register, !text.isEmpty else { return }
        switch stop {
        case .username where Username.isReserved(text): errors[stop] = .usernameReserved
        case .username where (try? Username(text)) == nil: errors[stop] = .usernameMalformed
        case .password where text.utf8.count > Limits.password: errors[stop] = .passwordTooLong
        case .name where (try? DisplayName(text)) == nil, .nationality where (try? DisplayName(text)) == nil:
            errors[stop] = .displayNameMalformed
        default: break
        }
    }

    private mutating func require(_ stop: Stop) {
        if text(stop).isEmpty { errors[stop] = .fieldMissing }
    }

    private mutating func focusFirstError() -> Intent? {
        if let first = stops.first(where: { errors[$0] != nil }) { stop = first }
        return nil
    }

    /// Whether Enter in this field goes on to the next because that one is still empty.
    package var nextEmptyField: Stop? {
        guard let index = stops.firstIndex(of: stop), fields[stop]?.isEmpty == false else { return nil }
        let required: [Stop] = mode == .register ? [.username, .password, .name] : [.username, .password]
        return stops[(index + 1)...].first { required.contains($0) && text($0).isEmpty }
    }

    /// The server refused: the reason goes beside the field that it is about.
    package mutating func refuse(_ error: ProtocolError) {
        isBusy = false
        let reason = error.sentence(Sanitizer.line.clean)
        switch (error.code, mode) {
        case (.userExists, .register):
            errors[.username] = .usernameTaken
            stop = .username
        case (.invalidName, .register):
            errors[.username] = reason
            stop = .username
        case (.authFailed, .logIn):
            errors[.password] = .wrongPassword
            fields[.password]?.clear()
            stop = .password
        case (.sessionInvalid, _), (.authFailed, .choose):
            if mode == .choose { change(to: .logIn) }
            message = .sessionEnded
            stop = .password
        default:
            message = reason
        }
    }

    /// The account that was chosen needs its password after all.
    package mutating func askPassword(of username: String) {
        fields[.username] = Editor(username, isSingleLine: true)
        change(to: .logIn)
    }
}

extension Editor {
    /// So that a change can be handed over as a value.
    fileprivate mutating func edit(_ change: (inout Editor) -> Void) { change(&self) }
}
