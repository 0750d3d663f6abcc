import ChatClient
import ChatProtocol
import ChatText

/// Keys in the form.
extension State {
    mutating func editForm(_ change: (inout Editor) -> Void) {
        guard case .form(var form) = stage else { return }
        _ = form.edit(change)
        stage = .form(form)
    }

    mutating func performInForm(_ action: Action) {
        guard case .form(var form) = stage else { return }
        switch action {
        case .nextField, .rowDownOrField: form.move(by: 1)
        case .previousField, .rowUpOrField: form.move(by: -1)
        case .accept:
            accept(&form)
        case .close:
            if form.mode != .choose, !form.accounts.isEmpty { form.change(to: .choose) } else { announce(.interruptHint) }
        case .interrupt:
            if !form.text(form.stop).isEmpty { _ = form.edit { $0.clear() } } else { announce(.interruptHint) }
        case .quit: leave()
        case .help: overlays.append(.help(HelpList()))
        case .redraw: emit(.redraw)
        case .suspend: emit(.suspend)
        default: _ = form.edit { _ = $0.perform(action) }
        }
        stage = .form(form)
    }

    private mutating func accept(_ form: inout SignInForm) {
        guard !form.isBusy else { return }
        switch form.stop {
        case .reader: emit(.startLineClient)
        case .account(let index): choose(form.accounts[index], in: &form)
        case .anotherPerson: form.change(to: .register)
        case .otherMode: form.change(to: form.mode == .logIn ? .register : .logIn)
        case .username, .password, .name, .nationality, .submit:
            if let next = form.nextEmptyField { return form.focus(next) }
            guard let intent = form.submit() else { return }
            form.isBusy = true
            emit(.perform(intent))
        }
    }

    private mutating func choose(_ account: KnownAccount, in form: inout SignInForm) {
        guard account.hasSession else { return form.askPassword(of: account.username.text) }
        form.isBusy = true
        emit(.resume(account.username))
    }
}
