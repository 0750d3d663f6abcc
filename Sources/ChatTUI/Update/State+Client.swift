import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// What the network thread says.
extension State {
    mutating func take(_ event: ClientEvent) {
        switch event {
        case .connection(let state):
            note(state, before: connection)
            if state != connection { retract(.connecting, state == .online ? .serverRestarting : .isOnline) }
            connection = state
            if state == .online { askAgain() }
        case .signedIn(let account): enter(account)
        case .signInFailed(let error): refuseSignIn(error)
        case .signedOut(let reason): signOut(reason)
        case .conversations(let states): replaceConversations(states)
        case .changed(let state): change(state)
        case .page(let page): take(page)
        case .found(let found): take(found)
        case .outbox(let conversation, let items): take(items, of: conversation)
        case .catchingUp(let isCatchingUp):
            catchingUp = isCatchingUp
            listsAreStale = true
        case .people(let people):
            directory.replacePeople(people)
            listsAreStale = true
        case .presence(let person):
            directory.update(person)
            listsAreStale = true
        case .rooms(let rooms):
            directory.replaceRooms(rooms)
            listsAreStale = true
            settleRoomInQuestion()
        case .members(let room, let people): take(members: people, of: room)
        case .joined(let room): joined(room)
        case .left(let room): left(room)
        case .transfer(let transfer): take(transfer)
        case .shared(let conversation, let entries): files.take(entries, of: conversation)
        case .refused(let refusal): take(refusal)
        case .notice(let notice): take(notice)
        // Signing in follows by itself; pages and the outbox say the rest; the other lists are not asked for.
        case .registered, .sent, .files: break
        }
    }

    // MARK: Conversations

    private mutating func replaceConversations(_ states: [ConversationState]) {
        directory.replaceConversations(states)
        for state in states { compose.restore(Sanitizer.body.clean(state.draft), of: state.conversation) }
        if conversation == nil, inbox.unread.isEmpty { inbox.open(from: directory) }
        listsAreStale = true
        greet()
    }

    private mutating func change(_ state: ConversationState) {
        let before = directory.conversations[state.conversation]
        directory.update(state)
        compose.restore(Sanitizer.body.clean(state.draft), of: state.conversation)
        if conversation?.name == state.conversation { conversation?.stalls = false }
        if state.lastSeq > before?.lastSeq ?? .zero { retract(.nothingUnread, .nothingBelow) }
        listsAreStale = true
        tell(of: state, before: before)
    }

    /// What was not answered before the line broke is asked for again.
    private mutating func askAgain() {
        conversation?.loadsBefore = false
        conversation?.loadsAfter = false
        conversation?.stalls = false
        inbox.askAgain()
        if roomsAreDue { askForRooms() }
        roomsAreDue = false
    }

    private mutating func take(_ items: [OutboxItem], of name: ConversationName) {
        noteFailures(items, before: outbox[name] ?? [], in: name)
        outbox[name] = items.isEmpty ? nil : items
        listsAreStale = true
        if conversation?.name == name { conversation?.timeline.take(outbox: items) }
    }

    private mutating func take(members people: [Person], of room: RoomName) {
        let clean = people.map { person in
            var person = person
            person.name = Sanitizer.line.clean(person.name)
            return person
        }
        members[room] = clean
        if membersToShow == room {
            membersToShow = nil
            overlays.append(.members(MemberList(room: room)))
        }
        for index in overlays.indices {
            if case .members(var list) = overlays[index], list.room == room {
                list.people = clean
                overlays[index] = .members(list)
            }
        }
    }

    /// Nobody says when a room is made: the list is asked for again where rooms are looked for.
    mutating func freshenRooms() {
        guard connection == .online, now.milliseconds - roomsAskedAt.milliseconds >= Self.roomsAreFreshMilliseconds else {
            return
        }
        askForRooms()
    }

    mutating func askForRooms() {
        roomsAskedAt = now
        emit(.perform(.listRooms))
    }

    private static let roomsAreFreshMilliseconds: Int64 = 10_000

    private mutating func joined(_ room: RoomName) {
        listsAreStale = true
        emit(.perform(.listRooms))
        guard roomToOpen == room else { return }
        roomToOpen = nil
        open(.room(room))
        announce(.joinedRoom(room.description))
    }

    private mutating func left(_ room: RoomName) {
        listsAreStale = true
        members[room] = nil
        emit(.perform(.listRooms))
        announce(.leftRoom(room.description))
    }

    // MARK: Refusals and notices

    private mutating func take(_ refusal: Refusal) {
        switch refusal.subject {
        case .history(let name):
            if conversation?.name == name {
                conversation?.loadsBefore = false
                conversation?.loadsAfter = false
            }
            // Nobody has written there yet: there is nothing to complain about.
            if directory.conversations[name] == nil, refusal.isOfNoSuchConversation { return }
        case .join(let room):
            if roomToOpen == room { roomToOpen = nil }
        case .list:
            settleRoomInQuestion()
            // The banner says so already, and the lists come with the line.
            if connection != .online { return }
        case .message, .leave: break
        }
        announce(refusal.reason.sentence(Sanitizer.line.clean), isWarning: true)
    }

    private mutating func take(_ notice: Notice) {
        switch notice {
        case .cacheInUse: noteNothingIsKept(.cacheInUse)
        case .cacheFailed(let failure): noteNothingIsKept(.cacheFailed(failure.sentence(Sanitizer.line.clean)))
        case .newEpoch:
            files.askAgain()
            tellAndNote(.newEpoch)
            if let name = conversation?.name { reopen(name) }
        case .serverRestarting: tellAndNote(.serverRestarting)
        }
    }
}

extension Refusal {
    fileprivate var isOfNoSuchConversation: Bool {
        if case .refused(let error) = reason { error.code == .noSuchConversation } else { false }
    }
}
