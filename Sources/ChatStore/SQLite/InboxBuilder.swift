import ChatProtocol
import GRDB

/// Gathers the unread direct messages, oldest first, until the reply is full. (Protocol: Messages, `inbox`)
struct InboxBuilder {
    let reader: User
    private typealias Unread = (sender: Username, message: InboxReply.Message)

    private var unread: [Unread] = []
    private var unreadBytes = 0
    /// How far the conversations were looked at that were not to their ends.
    private var passed: [ReadPosition] = []

    init(reader: User) { self.reader = reader }

    /// At most a reply's worth of one conversation; what all of them have too much is cut off at the end. What one has
    /// written oneself is passed over, up to a bound: a later inbox goes on there.
    mutating func add(_ conversation: ReadableConversation, after seq: Seq, _ db: Database) throws {
        guard case .direct(let sender) = conversation.name else { return }
        let reading = try EntryReading(conversation: conversation, reader: reader, db: db)
        var position = seq
        var taken = 0
        var takenBytes = 0
        var looked = 0
        while taken <= Limits.inboxEntries, takenBytes <= Limits.listBytes {
            guard looked < Limits.unreadDepth else {
                return passed.append(ReadPosition(conversation: conversation.name, seq: position))
            }
            let run = try reading.after(position, limit: Limits.historyPage)
            looked += run.entries.count
            for entry in run.entries {
                position = entry.seq
                guard entry.author != reader.username, let text = Self.text(entry) else { continue }
                taken += 1
                let message = InboxReply.Message(
                    from: entry.authorName, to: reader.name, text: text, seq: entry.seq, time: entry.time)
                unread.append((sender, message))
                takenBytes += message.bytes
                unreadBytes += message.bytes
            }
            if unreadBytes > Self.most { keepOldest() }
            if !run.more { return }
        }
    }

    /// Bytes that are gathered before what cannot be in the reply is let go.
    private static let most = 4 * Limits.listBytes

    /// Keeps what fits into the reply, and the one after it, which says that there is more.
    private mutating func keepOldest() {
        unread.sort(by: Self.isOlder)
        unread.removeSubrange(min(unread.count, fitting(unread) + 1)...)
        unreadBytes = unread.reduce(0) { $0 + $1.message.bytes }
    }

    private static func isOlder(_ one: Unread, _ other: Unread) -> Bool {
        (one.message.time, one.message.seq) < (other.message.time, other.message.seq)
    }

    /// How many of these, oldest first, fit into the reply; the first always does.
    private func fitting(_ sorted: [Unread]) -> Int {
        var bytes = 0
        let end = sorted.firstIndex { one in
            bytes += one.message.bytes
            return bytes > Limits.listBytes
        }
        return min(max(1, end ?? sorted.count), Limits.inboxEntries)
    }

    /// What the first client prints for an entry; files are in `file_list`, and here by their names.
    private static func text(_ entry: Entry) -> String? {
        switch entry.kind {
        case .message: entry.text
        case .file(let file): "[file] \(file.label)"
        case .member, .unknown: nil
        }
    }

    func finished() -> Inbox {
        let sorted = unread.sorted(by: Self.isOlder)
        let taken = min(fitting(sorted), sorted.count)
        var senders: [InboxReply.Sender] = []
        var places: [Username: Int] = [:]
        for (sender, message) in sorted[..<taken] {
            if let place = places[sender] {
                senders[place].messages.append(message)
            } else {
                places[sender] = senders.count
                senders.append(InboxReply.Sender(username: sender, messages: [message]))
            }
        }
        var positions = senders.compactMap { sender in
            sender.messages.last.map { ReadPosition(conversation: .direct(sender.username), seq: $0.seq) }
        }
        if taken == sorted.count { positions += passed }
        return Inbox(reply: InboxReply(senders: senders, more: taken < sorted.count || !passed.isEmpty), positions: positions)
    }
}

extension InboxReply.Message {
    /// About what it takes in the reply.
    fileprivate var bytes: Int { text.utf8.count + from.utf8.count + to.utf8.count + 80 }
}
