import NIOCore

/// What a crowd writes, until `settle`.
extension Crowd {
    /// Each keeps a window of messages in flight: to its pair, or to so many conversations chosen at random.
    /// - Parameters:
    ///   - first: of the crowd, how many write; all if nil.
    ///   - run: a number of this run for nonces; nil for messages without.
    func write(window: Int, conversations: Int? = nil, first: Int? = nil, run: UInt32? = nil) async throws {
        let names = self.names
        let count = first ?? names.count
        let partners = conversations.map { max(1, $0 / names.count) }
        try await each { member, index in
            guard index < count else { return }
            // The same two never meet twice: each has the next ones on a circle.
            let targets =
                partners.map { (1...$0).map { names[(index + $0) % names.count] } } ?? [names[(index ^ 1) % names.count]]
            member.start(MessageLoad(targets: targets, command: "send destination=", window: window, run: run))
        }
    }

    /// Sends so many messages a second, whatever is answered meanwhile: each in turn a burst to its pair.
    func pace(_ perSecond: Int, burst: Int = 1, run: UInt32? = nil) async throws {
        try await write(window: 0, run: run)
        let members = self.members
        try await loop.submit { Pacer(members.map(\.value), perSecond: perSecond, burst: burst).start() }.get()
    }

    func forgetTally() async throws { try await each { member, _ in member.tally = LoadConnection.Tally() } }
}
