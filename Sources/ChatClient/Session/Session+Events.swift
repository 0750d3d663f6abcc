import ChatProtocol

/// What the server says unasked.
extension Session {
    /// Reading stops past this many batches that the disk has not taken.
    private static var storesAtOnce: Int { 16 }

    func take(_ event: Event) {
        guard let active else { return }
        if active.listsOnTheirWay > 0, !event.isAboutTheLine {
            active.held.append(event)
            return
        }
        switch event {
        case .message(let entry):
            let isFirst = active.book.isFirst(entry)
            active.arrived.append((entry, active.book.add(entry)))
            if isFirst, entry.author == active.account.username { learnTitles(active) }
        case .presence(let username, let name, let online):
            meet(active, Person(username: username, name: name, online: online))
        case .read(let conversation, let seq):
            if active.book.read(conversation, through: seq, isSent: true) { recount(active, conversation) }
        case .session(let reason): sessionEnded(active, reason: reason)
        case .reconnect(let after):
            announcedDelay = .milliseconds(after)
            post(.notice(.serverRestarting))
        case .closing, .unknown: break
        }
    }

    /// Stores what arrived in one transaction and then tells which conversations changed.
    func storeArrived(_ active: ActiveAccount) {
        guard !active.arrived.isEmpty else { return }
        let batch = active.arrived
        active.arrived = []
        let touched = Set(batch.map(\.entry.conversation))
        let standings = touched.compactMap { active.book[$0] }
        active.storesInProgress += 1
        if active.storesInProgress == Self.storesAtOnce { connection?.read(false) }
        let stored = LoopAnswer<Result<Void, any Error>>(on: loop) { [weak self] result in
            active.storesInProgress -= 1
            guard let self, self.active === active, phase != .over else { return }
            if active.storesInProgress == Self.storesAtOnce / 2 { connection?.read(true) }
            if case .failure(let error) = result { report(cacheFailure: error) }
            for conversation in touched { if let state = active.book[conversation]?.state { post(.changed(state)) } }
            tellShared(active, batch.map(\.entry))
        }
        active.cache.perform(
            { rows in
                try rows.save(batch.map(\.entry))
                for (entry, run) in batch { if let run { try rows.cover(run, of: entry.conversation) } }
                for standing in standings { try rows.save(standing.state, unsentRead: standing.unsentRead) }
            }, then: stored)
        confirm(active, batch.map(\.entry))
    }
}

extension Event {
    /// Whether it is about the connection or the session, not about what was said.
    fileprivate var isAboutTheLine: Bool {
        switch self {
        case .session, .reconnect, .closing: true
        case .message, .presence, .read, .unknown: false
        }
    }
}
