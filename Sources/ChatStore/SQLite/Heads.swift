import ChatProtocol
import Synchronization

/// Where a conversation's log ends: its newest entry. Zero and zero for a conversation without entries.
struct Head: Hashable, Sendable {
    var seq: Seq
    var entry: EntryID

    static let empty = Head(seq: .zero, entry: EntryID(0))
}

/// The ends of all logs that were written to since the heads in the database were last brought up to date, for any
/// thread. Only a durable commit changes it.
///
/// A reader takes a head first and its view of the database afterwards: then what the head points to is in the view.
final class Heads: Sendable {
    /// By the number of the conversation; the store gives them out without gaps.
    private let heads = Mutex<[Head]>([])

    /// Nil for a conversation whose head stands in the database.
    func head(of conversation: ConversationID) -> Head? {
        heads.withLock { heads in
            guard let place = Self.place(conversation), place < heads.count, heads[place] != .empty else { return nil }
            return heads[place]
        }
    }

    func apply(_ moved: some Sequence<(ConversationID, Head)>) {
        heads.withLock { heads in
            for (conversation, head) in moved {
                guard let place = Self.place(conversation) else { continue }
                if place >= heads.count {
                    heads.append(contentsOf: repeatElement(.empty, count: max(place + 1, heads.count * 2) - heads.count))
                }
                heads[place] = head
            }
        }
    }

    /// Heads after `cursor` whose entry is newer than `entry`, at most `limit`, looking at no more than `slots`.
    /// - Returns: them, and where to go on; nil at the end.
    func newer(
        than entry: EntryID, after cursor: Int, limit: Int, slots: Int
    ) -> (found: [(ConversationID, Head)], next: Int?) {
        heads.withLock { heads in
            var found: [(ConversationID, Head)] = []
            var place = cursor
            let end = place + min(max(0, heads.count - cursor), slots)
            while place < end, found.count < limit {
                if heads[place].entry.value > entry.value { found.append((ConversationID(Int64(place)), heads[place])) }
                place += 1
            }
            return (found, place < heads.count ? place : nil)
        }
    }

    private static func place(_ conversation: ConversationID) -> Int? {
        conversation.value >= 0 ? Int(exactly: conversation.value) : nil
    }
}
