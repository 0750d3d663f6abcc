import ChatClient
import ChatProtocol
import ChatTerminal
import Foundation
import Testing

@testable import ChatTUI

@Suite("The form")
struct FormTests {
    private func account(_ name: String, session: Bool = true, inUse: Bool = false) -> KnownAccount {
        KnownAccount(
            server: .local, username: try! Username(name), name: name.capitalized, hasSession: session, inUse: inUse)
    }

    @Test("who was never here registers, with all fields on one form and the nationality filled in")
    func firstRun() {
        var stage = Stage(isSignedIn: false)
        #expect(stage.shows("Register"))
        #expect(stage.shows("Indonesia"))
        stage.type("alam")
        stage.press(Key(.tab))
        stage.type("rahasia")
        stage.press(Key(.tab))
        stage.type("Alam")
        stage.press(Key(.enter))
        #expect(stage.intents == ["register alam rahasia Alam Indonesia"])
        #expect(!stage.shows("rahasia"), "a password is never shown")
    }

    @Test("Enter goes on to the next empty field before it submits")
    func enterGoesOn() {
        var stage = Stage(isSignedIn: false)
        stage.submit("alam")
        stage.submit("rahasia")
        #expect(stage.intents.isEmpty)
        stage.submit("Alam")
        #expect(stage.intents == ["register alam rahasia Alam Indonesia"])
    }

    @Test("what is wrong stands beside its field, and the first of it has the focus")
    func errorsBesideFields() {
        var stage = Stage(isSignedIn: false)
        stage.type("nama salah")
        stage.press(Key(.tab))
        stage.type("x")
        stage.press(Key(.tab))
        stage.type("Alam")
        stage.press(Key(.enter))
        #expect(stage.intents.isEmpty)
        let line = stage.lines.first { $0.contains("User name") }
        #expect(line?.contains("letters, digits") == true, "\(stage.picture)")
        stage.press(.control("u"))
        stage.type("alam")
        #expect(!stage.shows("letters, digits"))
    }

    @Test("a name that nobody may have is said to be kept, not malformed")
    func reserved() {
        var stage = Stage(columns: 120, isSignedIn: false)
        stage.type("System")
        stage.press(Key(.tab))
        #expect(stage.shows("kept for the program"))
        #expect(!stage.shows("letters, digits"))
    }

    @Test("a taken name is said beside the name, a wrong password beside the password")
    func refusals() {
        var stage = Stage(isSignedIn: false)
        stage.submit("alam")
        stage.submit("rahasia")
        stage.submit("Alam")
        stage.hear(.signInFailed(ProtocolError(.userExists, "That name is taken.")))
        #expect(stage.lines.first { $0.contains("User name") }?.contains("taken") == true)

        stage = Stage(isSignedIn: false, username: "alam")
        stage.submit("salah")
        #expect(stage.intents == ["logIn alam salah"])
        stage.hear(.signInFailed(ProtocolError(.authFailed, "Wrong.")))
        #expect(stage.lines.first { $0.contains("Password") }?.contains("wrong") == true)
        stage.forget()
        stage.submit("benar")
        #expect(stage.intents == ["logIn alam benar"])
    }

    @Test("several accounts are a list to choose from, with another person at its end")
    func chooser() {
        let accounts = [account("alam", inUse: true), account("firman")]
        var stage = Stage(isSignedIn: false, accounts: accounts)
        #expect(stage.shows("Who are you?"))
        #expect(stage.shows("in use in another terminal"))
        stage.press(Key(.enter))
        let resumed = stage.effects.contains { if case .resume(let name) = $0 { name.text == "firman" } else { false } }
        #expect(resumed, "the free account is the one that is chosen at first")

        stage = Stage(isSignedIn: false, accounts: accounts)
        stage.press(Key(.down), Key(.enter))
        #expect(stage.shows("Create account"))
        stage.press(Key(.escape))
        #expect(stage.shows("Who are you?"))
    }

    @Test("one free account is gone on with; several, or one in use, are asked about")
    func resuming() {
        func launch(_ accounts: [KnownAccount], _ username: String? = nil) -> String? {
            var launch = Stage(isSignedIn: false).state.launch
            launch.accounts = accounts
            launch.username = username
            return launch.accountToResume?.username.text
        }
        #expect(launch([account("alam")]) == "alam")
        #expect(launch([account("alam", inUse: true)]) == nil)
        #expect(launch([account("alam"), account("firman")]) == nil)
        #expect(launch([account("alam"), account("firman")], "Firman") == "firman")
        #expect(launch([account("alam", session: false)]) == nil)
        #expect(launch([], "alam") == nil)
    }

    @Test("a session that has ended asks for the password of the same person")
    func endedSession() {
        var stage = Stage()
        stage.hear(.signInFailed(ProtocolError(.sessionInvalid, "Ended.")))
        #expect(stage.shows("The session has ended"))
        stage.submit("rahasia")
        #expect(stage.intents.last == "logIn alam rahasia")
    }

    @Test("the first line of the form starts the line client")
    func reader() {
        var stage = Stage(isSignedIn: false)
        stage.press(Key(.tab, .shift), Key(.enter))
        let starts = stage.effects.contains { if case .startLineClient = $0 { true } else { false } }
        #expect(starts)
    }

    @Test("^Q leaves the form, and ^C only clears a field")
    func leaving() {
        var stage = Stage(isSignedIn: false)
        stage.type("abc")
        stage.press(.control("c"))
        #expect(!stage.quits)
        #expect(!stage.shows("abc"))
        stage.press(.control("q"))
        #expect(stage.quits)
    }
}
