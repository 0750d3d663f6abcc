import ChatProtocol

/// Who is here, and which rooms there are.
extension Session {
    /// Pages of a list that are asked for at most: past that nobody reads it.
    private static var pages: Int { 5 }

    func listPeople(_ active: ActiveAccount) {
        guard isBound else {
            return post(.people(active.people.values.sorted { $0.username < $1.username }))
        }
        refreshPeople(active)
    }

    /// Everybody, as the server lists them now. Presence events tell what changes after.
    func refreshPeople(_ active: ActiveAccount) {
        collect([], pages: Self.pages) {
            .users(ListPage(next: $0))
        } read: { (reply: PeopleReply) in
            (reply.people, reply.next)
        } then: { [weak self] (people: [Person]) in
            guard let self, self.active === active else { return }
            active.people = Dictionary(people.map { ($0.username, $0) }) { _, new in new }
            inCache(active) { try $0.replacePeople(people) }
            post(.people(people))
        }
    }

    /// Somebody came or went, or is new here.
    func meet(_ active: ActiveAccount, _ person: Person) {
        let known = active.people.updateValue(person, forKey: person.username)
        if known?.name != person.name { inCache(active) { try $0.save(person) } }
        post(.presence(person))
    }

    func listRooms() {
        collect([], pages: Self.pages) {
            .rooms(ListPage(next: $0))
        } read: { (reply: RoomsReply) in
            (reply.rooms, reply.next)
        } then: { [weak self] in
            self?.post(.rooms($0))
        }
    }

    func listMembers(_ room: RoomName) {
        collect([], pages: Self.pages) {
            .roomMembers(room, ListPage(next: $0))
        } read: { (reply: PeopleReply) in
            (reply.people, reply.next)
        } then: { [weak self] in
            self?.post(.members(room, $0))
        }
    }

    func listFiles() {
        request(.fileList, subject: .list) { [weak self] (reply: FileListReply) in
            self?.post(.files(reply.files.sorted { ($0.time?.milliseconds ?? 0) > ($1.time?.milliseconds ?? 0) }))
        }
    }

    private func collect<Body: ReplyBody, Row>(
        _ rows: [Row], pages: Int, next: String? = nil, _ command: @escaping (String?) -> Command,
        read: @escaping (Body) -> ([Row], String?), then answer: @escaping ([Row]) -> Void
    ) {
        request(command(next), subject: .list) { [weak self] (reply: Body) in
            let (more, next) = read(reply)
            let rows = rows + more
            guard let next, pages > 1 else { return answer(rows) }
            self?.collect(rows, pages: pages - 1, next: next, command, read: read, then: answer)
        }
    }

    /// Asks for something whose refusal is to be told and nothing more.
    func request<Body: ReplyBody>(_ command: Command, subject: Refusal.Subject, then answer: @escaping (Body) -> Void) {
        guard isBound, let connection, let active else {
            return post(.refused(Refusal(subject: subject, .notConnected)))
        }
        connection.request(command) { [weak self] result in
            guard let self, self.active === active else { return }
            switch result.body(Body.self) {
            case .success(let body): answer(body)
            case .failure(.refused(let error)): post(.refused(Refusal(subject: subject, .refused(error))))
            case .failure(.connectionLost): post(.refused(Refusal(subject: subject, .notConnected)))
            }
        }
    }
}
