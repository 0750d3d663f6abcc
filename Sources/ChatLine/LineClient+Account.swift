import ChatClient
import ChatProtocol
import ChatText

/// Registering, logging in and out.
extension LineClient {
    func register() throws {
        let username = try ask(.askUsername)
        let password = try ask(.askPassword, isSecret: true)
        let name = try ask(.askName)
        let nationality = try ask(.askNationality)
        let registration: Register
        do throws(ProtocolError) {
            registration = Register(
                username: try Username(username), password: password, name: try DisplayName(name), nationality: nationality)
        } catch {
            throw refusal(error)
        }
        client.perform(.register(registration))
        try wait { event -> Void? in
            switch event {
            case .registered: ()
            case .signInFailed(let error): throw refusal(error)
            default: nil
            }
        }
        console.print(classic(.classicUserMade))
        try waitUntilLive()
    }

    func logIn(_ given: String?) throws {
        let username = try given ?? ask(.askUsername)
        let password = try ask(.askPassword, isSecret: true)
        client.perform(.logIn(username: username, password: password))
        greet(try waitUntilLive())
    }

    /// As was asked for when the program was started.
    func signIn(as name: String) throws {
        let username: Username
        do throws(ProtocolError) { username = try Username(name) } catch { throw refusal(error) }
        let known = options.paths.knownAccounts(of: options.server).first { $0.username == username }
        guard known?.hasSession == true else { return try logIn(name) }
        client.perform(.resume(username))
        greet(try waitUntilLive())
    }

    private func greet(_ account: Account) {
        console.print(classic(.classicLoggedIn(account.username.text)))
        let unread = states.values.filter { !$0.conversation.isRoom }.reduce(0) { $0 + $1.unread }
        if console.isTerminal, unread > 0 { console.print(say(.unreadCount(unread))) }
    }

    func logOut() throws {
        try requireAccount()
        client.perform(.logOut)
        try wait { event -> Void? in if case .signedOut = event { () } else { nil } }
        console.print(classic(.classicLoggedOut))
    }

    /// Until somebody is signed in and everything that happened meanwhile is known.
    @discardableResult
    private func waitUntilLive() throws -> Account {
        var signedIn: Account?
        return try wait { event -> Account? in
            switch event {
            case .signedIn(let account): signedIn = account
            case .signInFailed(let error): throw refusal(error)
            case .signedOut(let reason):
                if signedIn != nil { throw sessionEnded(reason) }
            case .catchingUp(false): return signedIn
            default: break
            }
            return nil
        }
    }
}
