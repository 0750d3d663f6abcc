import ChatClient
import ChatProtocol
import ChatText

/// Rooms, and who is here.
extension LineClient {
    func join(_ given: RoomName?) throws {
        do {
            try enter(try signedIn { try given ?? askForRoom() })
        } catch {
            miss()
            throw error
        }
    }

    private func enter(_ name: RoomName) throws {
        try requireLine()
        client.perform(.join(name))
        let joined = try wait { event -> RoomName? in
            switch event {
            case .joined(let room): return room == name ? room : nil
            case .refused(let refused):
                guard refused.subject == .join(name) else { return nil }
                throw refusal(refused.reason)
            default: return nil
            }
        }
        room = joined
        missesRoom = false
        if let state = states[.room(joined)] { arrivals.skip(.room(joined), through: state.lastSeq) }
        console.print(classic(.classicJoined(joined.text)))
        console.remark(say(.lineInRoom(name.description)))
        if console.isTerminal { try showRecent(of: .room(joined)) }
    }

    /// A room was not joined: a script's lines that follow were written for it. A person reads that, and stays where they are.
    func miss() {
        guard !console.isTerminal else { return }
        room = nil
        missesRoom = true
    }

    /// - Throws: that the room which this is about was not joined.
    func requireNoMissedRoom() throws {
        if missesRoom { throw LineFailure(status: .refused, words: say(.lineRoomMissed)) }
    }

    /// What was said last, so that one knows what is talked about.
    private func showRecent(of conversation: ConversationName) throws {
        client.perform(.load(conversation, around: .before(.maximum), limit: 10))
        let page = try wait { event -> ConversationPage? in
            if case .page(let page) = event, page.conversation == conversation, page.anchor == .before(.maximum) {
                page
            } else {
                nil
            }
        }
        for entry in page.entries { show(entry) }
        if let end = page.entries.last?.seq { client.perform(.markRead(conversation, end)) }
    }

    func leave(_ given: RoomName?) throws {
        if missesRoom, given == nil {
            // There is nothing to leave but the lines that were for it.
            missesRoom = false
            return
        }
        let name = try signedIn { try given ?? room ?? askForRoom() }
        try waitForUnsent()
        try requireLine()
        client.perform(.leave(name))
        try wait { event -> Void? in
            switch event {
            case .left(name): return ()
            case .refused(let refused):
                guard refused.subject == .leave(name) else { return nil }
                throw refusal(refused.reason)
            default: return nil
            }
        }
        console.print(classic(.classicLeft(name.text)))
        if name == room { room = nil }
    }

    private func askForRoom() throws -> RoomName {
        let text = try ask(.askRoom)
        do throws(ProtocolError) { return try RoomName(text) } catch { throw refusal(error) }
    }

    func listRooms() throws {
        try requireLine()
        client.perform(.listRooms)
        let rooms = try waitForList { event in if case .rooms(let rooms) = event { rooms } else { nil } }
        for room in rooms {
            let words = [
                room.room.description, say(.members(Int(clamping: room.members))), room.joined ? say(.lineRoomJoined) : "",
                clean(room.topic),
            ]
            console.print(words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
    }

    /// Everybody; in a room, or with its name, its members.
    func listPeople(_ given: RoomName?) throws {
        if given == nil { try requireNoMissedRoom() }
        try requireLine()
        let people: [Person]
        if let name = given ?? room {
            client.perform(.listMembers(name))
            people = try waitForList { event in if case .members(name, let people) = event { people } else { nil } }
        } else {
            client.perform(.listPeople)
            people = try waitForList { event in if case .people(let people) = event { people } else { nil } }
        }
        for person in people {
            console.print("\(person.username)  \(clean(person.name))  \(say(person.online ? .online : .offline))")
        }
    }

    func waitForList<Rows>(_ pick: (ClientEvent) -> Rows?) throws -> Rows {
        try wait { event -> Rows? in
            if case .refused(let refused) = event, refused.subject == .list { throw refusal(refused.reason) }
            return pick(event)
        }
    }
}
