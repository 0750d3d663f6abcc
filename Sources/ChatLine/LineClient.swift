import ChatClient
import ChatProtocol
import ChatText
import Foundation
import TerminalText

/// The line client. It lives on the main thread and asks the network thread through intents, as every face does;
/// unlike the full screen it then waits for the answer.
package final class LineClient {
    let options: LineOptions
    let console: Console
    let client: Client
    private let mailbox: Mailbox
    private var waiting: [ClientEvent] = []

    /// Who is signed in.
    var account: Account?
    /// The room in which plain lines talk.
    var room: RoomName?
    /// A script meant to talk in a room and is not in it. What follows was written for that room: plain lines are neither
    /// said elsewhere nor read as commands, until a room is joined or this one left.
    var missesRoom = false
    var states: [ConversationName: ConversationState] = [:]
    /// What was said and not confirmed.
    var unsent: Set<OutboxItem.ID> = []
    /// Why the server would not take messages so far, or what they wait behind.
    private var refusals: [OutboxItem.ID: ProtocolError] = [:]
    var arrivals = Arrivals()
    private var lastTransfer = 0
    private var hasBeenOnline = false
    /// Why there is no connection; nil while there is one, and until the first attempt has failed.
    private var offline: ConnectionEnd?
    private var hasQuit = false
    private var status = ExitStatus.success

    /// Runs until the input ends or somebody quits. Blocks; meant for the main thread.
    /// - Returns: The exit status.
    package static func run(_ options: LineOptions) -> Int32 {
        // Writing to a pipe that nobody reads is an error to be handled, not an end.
        signal(SIGPIPE, SIG_IGN)
        do {
            let line = LineClient(options, wake: try WakePipe())
            return line.run().rawValue
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return ExitStatus.refused.rawValue
        }
    }

    private init(_ options: LineOptions, wake: WakePipe) {
        self.options = options
        console = Console(wake: wake)
        mailbox = Mailbox { wake.wake() }
        client = Client(server: options.server, mailbox: mailbox, paths: options.paths)
    }

    private func run() -> ExitStatus {
        if console.isTerminal { console.print(say(.lineWelcome(options.server.description))) }
        if let username = options.username { attempt { try signIn(as: username) } }
        while !hasQuit, !console.outputIsClosed, console.isTerminal || hasServer {
            switch console.readLine(prompt: room.map { "\($0)>" } ?? ">", arrived: settle) {
            case .line(let line): attempt { try take(line) }
            case .unreadable(let why): report(LineFailure(status: .misunderstood, words: say(why)))
            case .end: hasQuit = true
            }
        }
        attempt { try waitForUnsent() }
        client.shutDown()
        if console.outputIsClosed { worsen(to: .outputClosed) }
        return console.isTerminal && !console.outputIsClosed ? .success : status
    }

    /// Whether it is any use to go on.
    private var hasServer: Bool { status != .noServer && status != .unconfirmed }

    // MARK: Commands

    private var place: CommandTable.Place { room == nil && !missesRoom ? .prompt : .room }

    private func take(_ line: String) throws {
        settle()
        switch CommandTable.parse(line, in: place) {
        case .text(let text): try talk(text)
        case .command(let command): try perform(command)
        case .unknown(let verb):
            let verb = clean(verb)
            throw LineFailure(
                status: .misunderstood, words: say(place == .prompt ? .lineUnknown(verb) : .lineUnknownInRoom(verb)))
        case .lacking(_, let row):
            if row.verb == .join { miss() }
            throw LineFailure(status: .misunderstood, words: say(.lineLacking(usage(of: row))))
        case .invalid(let row, let error):
            if row.verb == .join { miss() }
            guard error.code != .badRequest else {
                throw LineFailure(status: .misunderstood, words: say(.commandUsage(usage(of: row))))
            }
            throw refusal(error, status: .misunderstood)
        }
    }

    private func perform(_ command: UserCommand) throws {
        switch command {
        case .register: try register()
        case .logIn(let username): try logIn(username)
        case .logOut: try logOut()
        case .chat(let conversation): try chat(conversation)
        case .inbox: try readInbox()
        case .join(let room): try join(room)
        case .leave(let room): try leave(room)
        case .rooms: try listRooms()
        case .who(let room): try listPeople(room)
        case .upload(let path): try upload(path)
        case .sendFile(let conversation, let path): try sendFile(to: conversation, path: path)
        case .getFile(let label): try getFile(label)
        case .listFiles: try listFiles()
        case .help: help()
        case .quit: hasQuit = true
        // Only the full screen has them.
        case .find, .theme, .notify, .log, .mouse, .reconnect, .readAll: break
        }
    }

    private func help() {
        let rows = CommandTable.rows(in: place)
        let width = rows.map { usage(of: $0).count }.max() ?? 0
        for row in rows {
            let usage = usage(of: row)
            let blanks = String(repeating: " ", count: width - usage.count + 2)
            console.print(usage + blanks + (Sentence.forID(row.helpKey).map(say) ?? ""))
        }
        if room != nil { console.print(say(.linePlainTalk)) }
    }

    private func usage(of row: CommandTable.Row) -> String {
        let verb = row.spelling[place] ?? ""
        return ([verb] + row.arguments.map { "[\(Sentence.forID($0.key).map(say) ?? $0.rawValue)]" }).joined(separator: " ")
    }

    /// Does something that may fail; a failure is told and remembered.
    private func attempt(_ work: () throws -> Void) {
        do {
            try work()
        } catch let failure as LineFailure {
            report(failure)
        } catch {
            report(LineFailure(status: .refused, words: clean(String(describing: error))))
        }
    }

    private func report(_ failure: LineFailure) {
        console.remark(failure.words)
        worsen(to: failure.status)
    }

    /// The gravest is what a script is told: without a server nothing else matters.
    private func worsen(to other: ExitStatus) {
        if other.rawValue > status.rawValue { status = other }
    }

    // MARK: Questions and answers

    /// Asks the person, unless it is known already.
    func ask(_ question: Sentence, isSecret: Bool = false) throws -> String {
        let prompt = say(question)
        let input =
            isSecret
            ? console.readSecret(prompt: prompt, arrived: settle) : console.readLine(prompt: prompt, arrived: settle)
        switch input {
        case .line(let text): return text
        case .unreadable(let why): throw LineFailure(status: .misunderstood, words: say(why))
        case .end: throw LineFailure(status: .misunderstood, words: say(.lineInputEnded))
        }
    }

    func nextTransfer() -> Transfer.ID {
        lastTransfer += 1
        return lastTransfer
    }

    /// - Throws: that nobody is signed in; or that there is no server, where nobody could.
    @discardableResult
    func requireAccount() throws -> Account {
        if let account { return account }
        try requireServer()
        throw LineFailure(status: .refused, words: say(.lineNotLoggedIn))
    }

    /// Answers of somebody who is signed in. A person who is not need not answer; a script's answers are taken from its
    /// input all the same, where they would be read as commands.
    func signedIn<Answers>(_ questions: () throws -> Answers) throws -> Answers {
        if console.isTerminal { try requireAccount() }
        let answers = try questions()
        try requireAccount()
        return answers
    }

    /// Somebody is signed in, and the server can be asked at once.
    func requireLine() throws {
        try requireAccount()
        try requireServer()
    }

    /// A script waits for a server that was there to come back; a person is told that it is away.
    private func requireServer() throws {
        try wait { [self] in isOnline || offline != nil && console.isTerminal }
        if let offline { throw noServer(offline) }
    }

    var isOnline: Bool { hasBeenOnline && offline == nil }

    private func noServer(_ reason: ConnectionEnd) -> LineFailure {
        LineFailure(status: .noServer, words: say(.lineNoServer(reason.sentence(clean))))
    }

    func say(_ sentence: Sentence) -> String { sentence[options.language] }

    /// As the first client has it, which scripts read; to a person in the person's language.
    func classic(_ sentence: Sentence) -> String { console.isTerminal ? say(sentence) : sentence[.english] }

    func clean(_ text: String) -> String { Sanitizer.line.clean(text) }

    func refusal(_ error: ProtocolError, status: ExitStatus = .refused) -> LineFailure {
        let sentence = Sentence.refusal(code: error.code.rawValue, detail: clean(error.detail), retryAfter: error.retryAfter)
        return LineFailure(status: status, words: say(sentence))
    }

    /// What these messages wait for, if the server said so.
    func refusal(of ids: some Collection<OutboxItem.ID>) -> ProtocolError? { ids.lazy.compactMap { self.refusals[$0] }.first }

    func refusal(_ reason: Refusal.Reason) -> LineFailure {
        switch reason {
        case .refused(let error): refusal(error)
        case .notConnected: LineFailure(status: .noServer, words: say(.notConnected))
        }
    }

    // MARK: Events

    /// Takes note of everything that has happened.
    func settle() {
        waiting += mailbox.drain()
        while !waiting.isEmpty {
            let event = waiting.removeFirst()
            observe(event)
            if case .signedOut(let reason) = event, !reason.isEmpty { report(sessionEnded(reason)) }
        }
    }

    func sessionEnded(_ reason: String) -> LineFailure {
        LineFailure(status: .refused, words: say(ProtocolError(.sessionInvalid, reason).sentence(clean)))
    }

    /// Waits for an event, taking note of what happens meanwhile. A person may wait for a server to come back; a script
    /// is told when there is none to begin with.
    /// - Parameter patience: seconds; as the options have it if nil.
    func wait<Value>(patience: Int? = nil, for pick: (ClientEvent) throws -> Value?) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(patience ?? options.patience)
        while true {
            while !waiting.isEmpty {
                let event = waiting.removeFirst()
                observe(event)
                if let value = try pick(event) { return value }
                if case .signedOut(let reason) = event, !reason.isEmpty {
                    throw sessionEnded(reason)
                }
            }
            if let offline, !console.isTerminal, !hasBeenOnline { throw noServer(offline) }
            waiting += mailbox.drain()
            guard waiting.isEmpty else { continue }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw LineFailure(status: .noServer, words: say(.lineNoAnswer)) }
            console.waitForArrival(atMost: left)
        }
    }

    /// Waits until something holds that events bring about.
    func wait(until condition: () -> Bool) throws {
        settle()
        guard !condition() else { return }
        try wait { _ -> Void? in condition() ? () : nil }
    }

    private func observe(_ event: ClientEvent) {
        switch event {
        case .connection(let state): observe(state)
        case .signedIn(let account):
            self.account = account
            states = [:]
            arrivals = Arrivals()
        case .signedOut(let reason):
            account = nil
            if room != nil, !reason.isEmpty { miss() }
            room = nil
        case .conversations(let all):
            states = Dictionary(all.map { ($0.conversation, $0) }) { _, new in new }
            if arrivals.areLive { for state in all { arrived(state) } }
        case .changed(let state):
            states[state.conversation] = state
            if arrivals.areLive { arrived(state) }
        case .catchingUp(false):
            if !arrivals.areLive { arrivals.begin(states.mapValues(\.lastSeq)) }
        case .page(let page): show(page)
        case .sent(_, let id, _):
            unsent.remove(id)
            refusals[id] = nil
        case .outbox(_, let items): observe(items)
        case .notice(let notice): observe(notice)
        case .registered, .signInFailed, .catchingUp, .people, .presence, .rooms, .members, .joined, .left, .files, .shared,
            .found, .transfer, .refused:
            break
        }
    }

    private func observe(_ state: ConnectionState) {
        switch state {
        case .connecting: break
        case .online:
            hasBeenOnline = true
            if offline != nil, console.isTerminal { console.print(say(.onlineAgain)) }
            offline = nil
        case .offline(let reason, _):
            if offline == nil, console.isTerminal { console.print(say(.offlineTryingNow(reason.sentence(clean)))) }
            offline = reason
        }
    }

    /// A message that was refused is told and given up: the person can type it again.
    private func observe(_ items: [OutboxItem]) {
        let held = items.lazy.compactMap(\.refusal).first
        for item in items {
            if let held, refusals[item.id] == nil, console.isTerminal {
                console.print(say(.heldMessage(say(held.sentence(clean)))))
            }
            refusals[item.id] = held
            guard case .failed(let error) = item.state, unsent.remove(item.id) != nil else { continue }
            report(refusal(error))
            client.perform(.discard(item.id))
        }
    }

    private func observe(_ notice: Notice) {
        switch notice {
        case .cacheFailed(let failure): console.remark(say(.cacheFailed(failure.sentence(clean))))
        case .newEpoch: if console.isTerminal { console.print(say(.newEpoch)) }
        case .serverRestarting: if console.isTerminal { console.print(say(.serverRestarting)) }
        // It keeps no drafts in any case.
        case .cacheInUse: break
        }
    }
}
