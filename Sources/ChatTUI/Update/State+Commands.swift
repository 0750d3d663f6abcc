import ChatClient
import ChatProtocol
import ChatText

/// What people type after a slash.
extension State {
    mutating func run(_ command: UserCommand) {
        switch command {
        case .chat(let name?):
            open(canonical(name))
            warnOfStranger(name)
        case .join(let room?): join(room)
        case .leave(let room): leaveRoom(room)
        case .rooms:
            emit(.perform(.listRooms))
            showContacts([.moreRooms, .rooms])
        case .who(let room): showMembers(of: room)
        case .upload: openFolderList()
        case .logOut: askToLogOut()
        case .find(let text): find(text ?? "")
        case .theme(let name): chooseTheme(name)
        case .notify(let level): setNotifyLevel(level)
        case .log: overlays.append(.log(LogView()))
        case .reconnect: reconnect()
        case .help: overlays.append(.help(HelpList()))
        case .quit: quit()
        case .mouse(let isOn): useMouse(isOn ?? !usesMouse)
        case .inbox:
            closeConversation()
            focusPane(.middle)
        case .readAll: readEverything()
        case .chat, .join, .register, .logIn, .sendFile, .getFile, .listFiles: break
        }
    }

    /// A name as its owner spells it.
    func canonical(_ name: ConversationName) -> ConversationName {
        switch name {
        case .direct(let username): .direct(directory.people[username]?.username ?? username)
        case .room(let room): .room(directory.rooms[room]?.room ?? room)
        }
    }

    /// A name that nobody bears is hardly meant, and what is written there would come back.
    private mutating func warnOfStranger(_ name: ConversationName) {
        guard case .direct(let username) = name, username != me, !directory.people.isEmpty,
            directory.people[username] == nil, directory.conversations[name] == nil
        else { return }
        if let room = try? RoomName(username.text), directory.rooms[room] != nil {
            announce(.isARoom(room.description), isWarning: true)
        } else {
            announce(.nobodyCalled(username.text), isWarning: true)
        }
    }

    private mutating func reconnect() {
        guard case .offline = connection else { return announce(connection == .online ? .isOnline : .connecting) }
        emit(.perform(.reconnectNow))
    }

    // MARK: Rooms

    /// Opens a room that one is in, joins one that there is, and asks before making one.
    mutating func join(_ room: RoomName) {
        if let known = directory.conversations[.room(room)], known.joined { return open(known.conversation) }
        if let known = directory.rooms[room] { return performJoin(known.room) }
        guard connection == .online else { return askToCreate(room) }
        // Somebody may have made it since the list was read.
        roomInQuestion = room
        emit(.perform(.listRooms))
    }

    /// The list has come, or will not come.
    mutating func settleRoomInQuestion() {
        guard let room = roomInQuestion else { return }
        roomInQuestion = nil
        if let known = directory.rooms[room] { performJoin(known.room) } else { askToCreate(room) }
    }

    private mutating func askToCreate(_ room: RoomName) {
        overlays.append(
            .question(
                Question(
                    title: .createRoomQuestion(room.description), text: .createRoomExplanation,
                    answers: [.init(.create, .join(room)), .init(.cancel, .nothing)])))
    }

    mutating func performJoin(_ room: RoomName) {
        roomToOpen = room
        emit(.perform(.join(room)))
    }

    private mutating func leaveRoom(_ room: RoomName?) {
        guard let room = room ?? openRoom else { return announce(.commandUsage("/leave #room"), isWarning: true) }
        emit(.perform(.leave(room)))
        if conversation?.name == .room(room) { closeConversation() }
    }

    private var openRoom: RoomName? {
        if case .room(let room) = conversation?.name { room } else { nil }
    }

    private mutating func showMembers(of room: RoomName?) {
        guard let room = room ?? openRoom else {
            // Everybody is in the contacts.
            emit(.perform(.listPeople))
            return showContacts([.direct, .people])
        }
        membersToShow = room
        emit(.perform(.listMembers(room)))
    }
}
