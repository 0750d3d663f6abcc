import ChatProtocol

/// The files that lie in conversations, as the cache knows them.
extension Session {
    private static var sharedAtMost: Int { 50 }

    func listShared(_ active: ActiveAccount, _ conversation: ConversationName) {
        active.sharedAskedFor.insert(conversation)
        inCache(active) {
            try $0.shared(in: conversation, limit: Self.sharedAtMost)
        } then: { [weak self] result in
            if case .success(let entries) = result { self?.post(.shared(conversation, entries)) }
        }
    }

    /// Entries have come into the cache: who asked for the files of their conversations hears of those among them.
    func tellShared(_ active: ActiveAccount, _ entries: [Entry]) {
        guard !active.sharedAskedFor.isEmpty else { return }
        let touched = Set(entries.lazy.filter { SharedEntry($0) != nil }.map(\.conversation))
        for conversation in touched.intersection(active.sharedAskedFor) { listShared(active, conversation) }
    }
}
